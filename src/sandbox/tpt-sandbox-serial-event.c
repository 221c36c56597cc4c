/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-serial.h"

/* Calendly forgets the details of a conference half a year after it. */
#define CONFERENCE_DAYS 180

char *
tpt_sandbox_serial_event_uri (const TptSandboxEvent *event)
{
  return g_strconcat (TPT_SANDBOX_API "/scheduled_events/", event->uuid, NULL);
}

char *
tpt_sandbox_serial_invitee_uri (const TptSandboxInvitee *invitee)
{
  return g_strconcat (TPT_SANDBOX_API "/scheduled_events/", invitee->event->uuid,
                      "/invitees/", invitee->uuid, NULL);
}

JsonObject *
tpt_sandbox_serial_cancellation (const TptSandboxCancellation *cancellation)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "canceled_by", cancellation->by);
  json_object_set_string_member (object, "reason", cancellation->reason);
  json_object_set_string_member (object, "canceler_type", cancellation->type);
  tpt_sandbox_serial_set_time (object, "created_at", cancellation->at);

  return object;
}

/* The five services by the kind of an event type: the type that events call it by, where its
 * meetings live, and what its data look like. %u is the meeting's number. */
typedef struct
{
  const char *kind;
  const char *type;
  const char *url;
  const char *data;
} Conference;

static const Conference conferences[] = {
  { "google_conference", "google_conference", "https://meet.google.com/abc-%u-xyz", NULL },
  { "zoom_conference", "zoom", "https://us05web.zoom.us/j/%u",
    "{\"id\":%u,\"settings\":{},\"password\":\"s4ndb0x\"}" },
  { "gotomeeting_conference", "gotomeeting", "https://www.gotomeeting.com/join/%u",
    "{\"uniqueMeetingId\":%u,\"conferenceCallInfo\":\"US: +1 202-555-0147\"}" },
  { "microsoft_teams_conference", "microsoft_teams_conference",
    "https://teams.microsoft.com/l/meetup-join/%u",
    "{\"id\":\"%u\",\"audioConferencing\":{\"tollNumber\":\"+12025550147\"}}" },
  { "webex_conference", "webex_conference", "https://brightwater.webex.com/meet/%u",
    "{\"id\":\"%u\",\"telephony\":{\"callInNumbers\":[]},\"password\":\"s4ndb0x\"}" },
};

/* A Zoom meeting's number comes as a text as well as a number in real data. */
#define ZOOM_TEXT "{\"id\":\"%u\",\"settings\":{},\"password\":\"s4ndb0x\"}"

static const Conference *
find_conference (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (conferences); i++)
    {
      if (g_str_equal (conferences[i].kind, kind))
        return &conferences[i];
    }

  return NULL;
}

static char *
fill (const char *pattern,
      guint       number)
{
  g_auto (GStrv) parts = g_strsplit (pattern, "%u", 2);
  g_autofree char *digits = g_strdup_printf ("%u", number);

  return g_strjoinv (digits, parts);
}

/* The join address stands there while the conference is "pushed": not before the service has
 * answered, which the switch "conference_processing" delays for good, and not half a year later. */
static void
set_conference (TptSandboxContext     *context,
                JsonObject            *object,
                const TptSandboxEvent *event,
                const Conference      *conference)
{
  guint number = g_str_hash (event->uuid);
  gboolean forgotten = event->end + CONFERENCE_DAYS * TPT_SANDBOX_DAY < TPT_SANDBOX_NOW (context);
  gboolean processing = tpt_sandbox_faults_get_switch (context->faults, "conference_processing");
  const char *pattern = conference->data;
  g_autofree char *url = fill (conference->url, number);

  json_object_set_string_member (object, "type", conference->type);
  if (forgotten || processing)
    {
      json_object_set_string_member (object, "status", forgotten ? NULL : "processing");
      json_object_set_null_member (object, "join_url");
      if (pattern != NULL)
        json_object_set_null_member (object, "data");
      return;
    }

  json_object_set_string_member (object, "status", "pushed");
  json_object_set_string_member (object, "join_url", url);
  if (pattern != NULL)
    {
      gboolean as_text = g_str_equal (conference->type, "zoom") && number % 2 == 1;
      g_autofree char *text = fill (as_text ? ZOOM_TEXT : pattern, number);

      json_object_set_member (object, "data", json_from_string (text, NULL));
    }
}

/* Where @event takes place, NULL when nobody said. "type" here, where event types say "kind", in
 * words of its own. */
JsonObject *
tpt_sandbox_serial_location (TptSandboxContext *context,
                             gconstpointer      data)
{
  const TptSandboxEvent *event = data;
  const Conference *conference;
  JsonObject *object;

  if (event->location_kind == NULL)
    return NULL;

  object = json_object_new ();
  conference = find_conference (event->location_kind);
  if (conference != NULL)
    {
      set_conference (context, object, event, conference);
      return object;
    }

  json_object_set_string_member (object, "type", event->location_kind);
  json_object_set_string_member (object, "location", event->location);
  if (g_str_equal (event->location_kind, "inbound_call"))
    json_object_set_string_member (object, "additional_info", "PIN 4711");

  return object;
}

/* The switch "bare_hosts" leaves out what may be absent (OpenAPI, Event.event_memberships). */
static void
set_members (TptSandboxContext     *context,
             JsonObject            *object,
             const TptSandboxEvent *event)
{
  gboolean bare = tpt_sandbox_faults_get_switch (context->faults, "bare_hosts");
  JsonArray *members = json_array_new ();
  JsonArray *guests = json_array_new ();
  g_auto (GStrv) emails = g_strsplit (event->guests != NULL ? event->guests : "", ",", -1);

  for (guint i = 0; i < event->n_hosts; i++)
    {
      JsonObject *member = json_object_new ();

      tpt_sandbox_serial_set_uri (member, "user", "users", event->hosts[i]->uuid);
      if (!bare)
        {
          json_object_set_string_member (member, "user_email", event->hosts[i]->email);
          json_object_set_string_member (member, "user_name", event->hosts[i]->name);
        }
      json_array_add_object_element (members, member);
    }
  for (char **email = emails; *email != NULL; email++)
    {
      JsonObject *guest;

      if (**email == '\0')
        continue;
      guest = json_object_new ();
      json_object_set_string_member (guest, "email", *email);
      tpt_sandbox_serial_set_time (guest, "created_at", event->created_at);
      tpt_sandbox_serial_set_time (guest, "updated_at", event->created_at);
      json_array_add_object_element (guests, guest);
    }
  json_object_set_array_member (object, "event_memberships", members);
  json_object_set_array_member (object, "event_guests", guests);
}

static void
set_counter (JsonObject            *object,
             const TptSandboxEvent *event)
{
  JsonObject *counter = json_object_new ();
  guint active = 0;

  for (guint i = 0; i < event->invitees->len; i++)
    {
      TptSandboxInvitee *invitee = event->invitees->pdata[i];

      active += invitee->cancellation.at == 0;
    }
  json_object_set_int_member (counter, "total", event->invitees->len);
  json_object_set_int_member (counter, "active", active);
  json_object_set_int_member (counter, "limit", event->event_type->limit);
  json_object_set_object_member (object, "invitees_counter", counter);
}

JsonObject *
tpt_sandbox_serial_event (TptSandboxContext *context,
                          gconstpointer      data)
{
  const TptSandboxEvent *event = data;
  JsonObject *object = json_object_new ();
  JsonObject *location = tpt_sandbox_serial_location (context, event);
  JsonObject *calendar = json_object_new ();

  tpt_sandbox_serial_set_uri (object, "uri", "scheduled_events", event->uuid);
  json_object_set_string_member (object, "name", event->name);
  json_object_set_null_member (object, "meeting_notes_plain");
  json_object_set_string_member (object, "status",
                                 event->cancellation.at != 0 ? "canceled" : "active");
  tpt_sandbox_serial_set_time (object, "start_time", event->start);
  tpt_sandbox_serial_set_time (object, "end_time", event->end);
  tpt_sandbox_serial_set_uri (object, "event_type", "event_types", event->event_type->uuid);
  if (location != NULL)
    json_object_set_object_member (object, "location", location);
  else
    json_object_set_null_member (object, "location");
  set_counter (object, event);
  tpt_sandbox_serial_set_time (object, "created_at", event->created_at);
  tpt_sandbox_serial_set_time (object, "updated_at", event->updated_at);
  set_members (context, object, event);
  json_object_set_string_member (calendar, "kind", "google");
  json_object_set_string_member (calendar, "external_id", event->uuid);
  json_object_set_object_member (object, "calendar_event", calendar);
  if (event->cancellation.at != 0)
    json_object_set_object_member (object, "cancellation",
                                   tpt_sandbox_serial_cancellation (&event->cancellation));

  return object;
}

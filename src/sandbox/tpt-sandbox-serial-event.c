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

static JsonObject *
make_zoom_data (guint number)
{
  JsonObject *data = json_object_new ();
  g_autofree char *id = g_strdup_printf ("8%010u", number);
  g_autofree char *password = g_strdup_printf ("%06x", number & 0xffffff);

  /* Both forms are seen in real data. */
  if (number % 2 == 0)
    json_object_set_int_member (data, "id", g_ascii_strtoll (id, NULL, 10));
  else
    json_object_set_string_member (data, "id", id);
  json_object_set_object_member (data, "settings", json_object_new ());
  json_object_set_string_member (data, "password", password);

  return data;
}

static void
set_conference (JsonObject            *object,
                const TptSandboxEvent *event,
                const char            *kind,
                gboolean               forgotten)
{
  guint number = g_str_hash (event->uuid);
  gboolean google = g_str_equal (kind, "google_conference");
  g_autofree char *url = NULL;

  if (google)
    url = g_strdup_printf ("https://meet.google.com/abc-%04x-xyz", number & 0xffff);
  else if (g_str_equal (kind, "zoom_conference"))
    url = g_strdup_printf ("https://us05web.zoom.us/j/8%010u", number);
  else
    url = g_strdup_printf ("https://conference.example/%.5s/%u", kind, number);

  json_object_set_string_member (object, "status", forgotten ? NULL : "pushed");
  json_object_set_string_member (object, "join_url", forgotten ? NULL : url);
  if (google)
    return;
  if (forgotten)
    json_object_set_null_member (object, "data");
  else
    json_object_set_object_member (object, "data", make_zoom_data (number));
}

/* Where @event takes place, NULL when nobody said. "type" here, where event types say "kind", in
 * words of its own. */
JsonObject *
tpt_sandbox_serial_location (TptSandboxContext *context,
                             gconstpointer      data)
{
  const TptSandboxEvent *event = data;
  const char *kind = event->location_kind;
  gboolean forgotten = event->end + CONFERENCE_DAYS * TPT_SANDBOX_DAY < TPT_SANDBOX_NOW (context);
  JsonObject *object;

  if (kind == NULL)
    return NULL;

  object = json_object_new ();
  if (g_str_equal (kind, "zoom_conference"))
    json_object_set_string_member (object, "type", "zoom");
  else if (g_str_equal (kind, "gotomeeting_conference"))
    json_object_set_string_member (object, "type", "gotomeeting");
  else
    json_object_set_string_member (object, "type", kind);

  if (g_str_has_suffix (kind, "_conference"))
    set_conference (object, event, kind, forgotten);
  else
    json_object_set_string_member (object, "location", event->location);
  if (g_str_equal (kind, "inbound_call"))
    json_object_set_string_member (object, "additional_info", "PIN 4711");

  return object;
}

static void
set_members (JsonObject            *object,
             const TptSandboxEvent *event)
{
  JsonArray *members = json_array_new ();
  JsonArray *guests = json_array_new ();
  g_auto (GStrv) emails = g_strsplit (event->guests != NULL ? event->guests : "", ",", -1);

  for (guint i = 0; i < event->n_hosts; i++)
    {
      JsonObject *member = json_object_new ();

      tpt_sandbox_serial_set_uri (member, "user", "users", event->hosts[i]->uuid);
      json_object_set_string_member (member, "user_email", event->hosts[i]->email);
      json_object_set_string_member (member, "user_name", event->hosts[i]->name);
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
  json_object_set_null_member (object, "meeting_notes_html");
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
  set_members (object, event);
  json_object_set_string_member (calendar, "kind", "google");
  json_object_set_string_member (calendar, "external_id", event->uuid);
  json_object_set_object_member (object, "calendar_event", calendar);
  if (event->cancellation.at != 0)
    json_object_set_object_member (object, "cancellation",
                                   tpt_sandbox_serial_cancellation (&event->cancellation));

  return object;
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-booking.h"
#include "tpt-sandbox-history.h"
#include "tpt-sandbox-serial.h"
#include "tpt-sandbox-slots.h"
#include "tpt-sandbox-state.h"

/* How far ahead "book" and "reschedule" look for a free time when none is given. */
#define LOOK_AHEAD (60 * TPT_SANDBOX_DAY)

static void
refuse (TptSandboxRequest *request,
        guint              status,
        const char        *message)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "error", message);
  tpt_sandbox_reply_json (request, status, object);
}

static void
get_customers (TptSandboxRequest *request)
{
  g_autofree char *csv = tpt_sandbox_customers_csv (request->context->world);

  tpt_sandbox_reply_text (request, 200, "text/csv; charset=utf-8", csv);
}

static void
get_requests (TptSandboxRequest *request)
{
  JsonObject *object = json_object_new ();

  json_object_set_array_member (object, "requests", json_array_ref (request->context->requests));
  tpt_sandbox_reply_json (request, 200, object);
}

static void
delete_requests (TptSandboxRequest *request)
{
  g_clear_pointer (&request->context->requests, json_array_unref);
  request->context->requests = json_array_new ();
  tpt_sandbox_reply_nothing (request);
}

static void
get_faults (TptSandboxRequest *request)
{
  tpt_sandbox_reply_json (request, 200, tpt_sandbox_faults_get (request->context->faults));
}

static void
put_faults (TptSandboxRequest *request)
{
  g_autoptr (JsonObject) body = tpt_sandbox_request_get_json (request);

  if (body == NULL)
    return;
  tpt_sandbox_faults_set (request->context->faults, body);
  get_faults (request);
}

/* {"advance_seconds":N}: tokens expire and meetings pass at once. */
static void
post_clock (TptSandboxRequest *request)
{
  g_autoptr (JsonObject) body = tpt_sandbox_request_get_json (request);
  JsonObject *answer;
  gint64 seconds;

  if (body == NULL)
    return;
  seconds = json_object_get_int_member_with_default (body, "advance_seconds", 0);
  if (seconds < 0)
    {
      refuse (request, 400, "the clock never goes back");
      return;
    }
  tpt_sandbox_clock_advance (request->context->clock, seconds * TPT_SANDBOX_SECOND);
  answer = json_object_new ();
  tpt_sandbox_serial_set_time (answer, "now", TPT_SANDBOX_NOW (request->context));
  tpt_sandbox_reply_json (request, 200, answer);
}

static const char *
get_string (JsonObject *body,
            const char *name)
{
  return json_object_get_string_member_with_default (body, name, NULL);
}

/* The time that "start" names, any time at all, or the next free one. 0: refused, and the answer
 * says why. */
static gint64
choose_start (TptSandboxRequest   *request,
              JsonObject          *body,
              TptSandboxEventType *event_type,
              guint                duration)
{
  TptSandboxContext *context = request->context;
  gint64 now = TPT_SANDBOX_NOW (context);
  gint64 start = 0;
  g_autoptr (GArray) starts = NULL;

  if (json_object_has_member (body, "start"))
    {
      if (!tpt_sandbox_time_parse (get_string (body, "start"), &start))
        refuse (request, 400, "start is no RFC 3339 time");
      return start;
    }
  starts = tpt_sandbox_slots_find (context, event_type, duration, now, now + LOOK_AHEAD, 1);
  if (starts->len == 0)
    refuse (request, 409, "no free time in the next 60 days");
  else
    start = g_array_index (starts, gint64, 0);

  return start;
}

/* "https://…/d/code/slug?query" → the link; "code" alone does as well. */
static TptSandboxLink *
find_link (TptSandboxRequest *request,
           const char        *text)
{
  TptSandboxWorld *world = request->context->world;
  const char *path = text != NULL ? strstr (text, "/d/") : NULL;
  g_auto (GStrv) parts = g_strsplit_set (path != NULL ? path + 3 : text != NULL ? text : "",
                                         "/?", 2);

  return tpt_sandbox_world_find (world, world->links, parts[0]);
}

/* "event_type" is a URI or a slug. */
static TptSandboxEventType *
find_event_type (TptSandboxRequest *request,
                 const char        *text)
{
  TptSandboxWorld *world = request->context->world;

  for (guint i = 0; text != NULL && i < world->event_types->len; i++)
    {
      TptSandboxEventType *event_type = world->event_types->pdata[i];

      if (g_str_equal (event_type->slug, text) || g_str_has_suffix (text, event_type->uuid))
        return event_type;
    }

  return NULL;
}

static void
reply_invitee (TptSandboxRequest *request,
               TptSandboxInvitee *invitee)
{
  JsonObject *answer = json_object_new ();

  json_object_set_object_member (answer, "event",
                                 tpt_sandbox_serial_event (request->context, invitee->event));
  json_object_set_object_member (answer, "invitee",
                                 tpt_sandbox_serial_invitee (request->context, invitee));
  tpt_sandbox_reply_json (request, 200, answer);
}

static void
set_quiet (TptSandboxRequest *request,
           JsonObject        *body)
{
  request->context->quiet = json_object_get_boolean_member_with_default (body, "quiet", FALSE);
}

static void
post_book (TptSandboxRequest *request)
{
  g_autoptr (JsonObject) body = tpt_sandbox_request_get_json (request);
  TptSandboxOrder order = { 0 };
  TptSandboxInvitee *invitee;

  if (body == NULL)
    return;
  order.link = find_link (request, get_string (body, "link"));
  order.event_type = order.link != NULL ? order.link->event_type
                                        : find_event_type (request,
                                                           get_string (body, "event_type"));
  order.name = get_string (body, "name");
  order.email = get_string (body, "email");
  if (order.event_type == NULL || order.name == NULL || order.email == NULL)
    {
      refuse (request, 400, "needs link or event_type, name and email");
      return;
    }
  if (order.link != NULL && order.link->used_by != NULL)
    {
      refuse (request, 409, "the link was used");
      return;
    }
  order.start = choose_start (request, body, order.event_type, order.event_type->duration);
  if (order.start == 0)
    return;

  order.timezone = json_object_get_string_member_with_default (body, "timezone", "Europe/Berlin");
  order.guests = get_string (body, "guests");
  for (guint i = 0; i < TPT_SANDBOX_UTM; i++)
    order.utm[i] = get_string (body, tpt_sandbox_utm_keys[i]);
  set_quiet (request, body);
  invitee = tpt_sandbox_booking_book (request->context, &order);
  request->context->quiet = FALSE;
  reply_invitee (request, invitee);
}

/* "invitee" is a URI or a uuid. */
static TptSandboxInvitee *
find_invitee (TptSandboxRequest *request,
              JsonObject        *body)
{
  TptSandboxWorld *world = request->context->world;
  const char *text = get_string (body, "invitee");
  const char *slash = text != NULL ? strrchr (text, '/') : NULL;
  TptSandboxInvitee *invitee = tpt_sandbox_world_find (world, world->invitees,
                                                       slash != NULL ? slash + 1 : text);
  TptSandboxEvent *event;

  text = get_string (body, "event");
  slash = text != NULL ? strrchr (text, '/') : NULL;
  event = tpt_sandbox_world_find (world, world->events, slash != NULL ? slash + 1 : text);
  if (invitee == NULL && event != NULL && event->invitees->len > 0)
    invitee = event->invitees->pdata[0];
  if (invitee == NULL)
    refuse (request, 404, "no such invitee");

  return invitee;
}

static void
post_cancel (TptSandboxRequest *request)
{
  g_autoptr (JsonObject) body = tpt_sandbox_request_get_json (request);
  TptSandboxInvitee *invitee = body != NULL ? find_invitee (request, body) : NULL;
  gboolean by_host;

  if (invitee == NULL)
    return;
  by_host = g_strcmp0 (get_string (body, "by"), "host") == 0;
  if (invitee->cancellation.at != 0 || (by_host && invitee->event->cancellation.at != 0))
    {
      refuse (request, 409, "canceled already");
      return;
    }

  set_quiet (request, body);
  if (by_host)
    tpt_sandbox_booking_cancel_event (request->context, invitee->event,
                                      invitee->event->hosts[0]->name, get_string (body, "reason"));
  else
    tpt_sandbox_booking_cancel_invitee (request->context, invitee, get_string (body, "reason"));
  request->context->quiet = FALSE;
  reply_invitee (request, invitee);
}

static void
post_reschedule (TptSandboxRequest *request)
{
  g_autoptr (JsonObject) body = tpt_sandbox_request_get_json (request);
  TptSandboxInvitee *invitee = body != NULL ? find_invitee (request, body) : NULL;
  gint64 start;

  if (invitee == NULL)
    return;
  if (invitee->cancellation.at != 0)
    {
      refuse (request, 409, "canceled already");
      return;
    }
  start = choose_start (request, body, invitee->event->event_type,
                        invitee->event->event_type->duration);
  if (start == 0)
    return;

  set_quiet (request, body);
  invitee = tpt_sandbox_booking_reschedule (request->context, invitee, start,
                                            get_string (body, "reason"));
  request->context->quiet = FALSE;
  reply_invitee (request, invitee);
}

static void
post_no_show (TptSandboxRequest *request)
{
  g_autoptr (JsonObject) body = tpt_sandbox_request_get_json (request);
  TptSandboxInvitee *invitee = body != NULL ? find_invitee (request, body) : NULL;
  gboolean undo;

  if (invitee == NULL)
    return;
  undo = json_object_get_boolean_member_with_default (body, "undo", FALSE);
  if (undo != (invitee->no_show != NULL))
    {
      refuse (request, 409, undo ? "not marked" : "marked already");
      return;
    }

  set_quiet (request, body);
  if (undo)
    tpt_sandbox_booking_undo_no_show (request->context, invitee);
  else
    tpt_sandbox_booking_no_show (request->context, invitee);
  request->context->quiet = FALSE;
  reply_invitee (request, invitee);
}

/* What tests and demonstrations do behind Calendly's back. Nothing of this exists there. */
const TptSandboxRoute tpt_sandbox_control_routes[] = {
  { "GET", "/_sandbox/state", NULL, tpt_sandbox_state_get },
  { "GET", "/_sandbox/customers.csv", NULL, get_customers },
  { "GET", "/_sandbox/requests", NULL, get_requests },
  { "DELETE", "/_sandbox/requests", NULL, delete_requests },
  { "GET", "/_sandbox/faults", NULL, get_faults },
  { "PUT", "/_sandbox/faults", NULL, put_faults },
  { "POST", "/_sandbox/clock", NULL, post_clock },
  { "POST", "/_sandbox/book", NULL, post_book },
  { "POST", "/_sandbox/cancel", NULL, post_cancel },
  { "POST", "/_sandbox/reschedule", NULL, post_reschedule },
  { "POST", "/_sandbox/no-show", NULL, post_no_show },
  { NULL, NULL, NULL, NULL },
};

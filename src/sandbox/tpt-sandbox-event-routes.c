/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-booking.h"
#include "tpt-sandbox-owner.h"
#include "tpt-sandbox-serial.h"

#define ORGANIZATION_MISSING "Please also specify organization when requesting events for a user " \
                             "within your organization."

typedef struct
{
  TptSandboxUser *user;
  TptSandboxOrganization *organization;
  const char *email;
  const char *status;
  gint64 from;
  gint64 to;
} Filter;

static gboolean
hosts (const TptSandboxEvent *event,
       const TptSandboxUser  *user)
{
  for (guint i = 0; i < event->n_hosts; i++)
    {
      if (event->hosts[i] == user)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_invitee (const TptSandboxEvent *event,
             const char            *email)
{
  for (guint i = 0; i < event->invitees->len; i++)
    {
      TptSandboxInvitee *invitee = event->invitees->pdata[i];

      if (g_ascii_strcasecmp (invitee->email, email) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
fits (gconstpointer data,
      gconstpointer record)
{
  const Filter *filter = data;
  const TptSandboxEvent *event = record;
  gboolean active = event->cancellation.at == 0;

  return event->hosts[0]->organization == filter->organization
         && (filter->user == NULL || hosts (event, filter->user))
         && (filter->status == NULL || g_str_equal (filter->status, active ? "active" : "canceled"))
         && (filter->email == NULL || has_invitee (event, filter->email));
}

static gboolean
read_filter (TptSandboxRequest *request,
             Filter            *filter)
{
  const char *sort = tpt_sandbox_request_get_query (request, "sort");

  filter->organization = request->user->organization;
  filter->email = tpt_sandbox_request_get_query (request, "invitee_email");
  filter->status = tpt_sandbox_request_get_query (request, "status");
  filter->to = G_MAXINT64;

  if (!tpt_sandbox_request_get_time (request, "min_start_time", &filter->from)
      || !tpt_sandbox_request_get_time (request, "max_start_time", &filter->to))
    return FALSE;
  if (sort != NULL && !g_str_equal (sort, "start_time:asc")
      && !g_str_equal (sort, "start_time:desc"))
    {
      tpt_sandbox_reply_invalid (request, "sort", "must be start_time:asc or start_time:desc");
      return FALSE;
    }
  if (filter->status != NULL && !g_str_equal (filter->status, "active")
      && !g_str_equal (filter->status, "canceled"))
    {
      tpt_sandbox_reply_invalid (request, "status", "must be active or canceled");
      return FALSE;
    }
  if (!tpt_sandbox_owner_read (request, &filter->user))
    return FALSE;
  if (filter->user != NULL && filter->user != request->user
      && tpt_sandbox_request_get_query (request, "organization") == NULL)
    {
      tpt_sandbox_reply_denied (request, ORGANIZATION_MISSING);
      return FALSE;
    }

  return TRUE;
}

static void
get_events (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  Filter filter = { 0 };
  TptSandboxList list = { .fits = fits, .filter = &filter };

  if (!read_filter (request, &filter))
    return;

  list.records = tpt_sandbox_world_get_events (world);
  list.begin = tpt_sandbox_world_first_event (world, filter.from);
  list.end = filter.to < G_MAXINT64 ? tpt_sandbox_world_first_event (world, filter.to + 1)
                                    : list.records->len;
  list.end = MAX (list.end, list.begin);
  list.descending = g_strcmp0 (tpt_sandbox_request_get_query (request, "sort"),
                               "start_time:desc") == 0;
  tpt_sandbox_reply_list (request, &list, tpt_sandbox_serial_event);
}

/* The event of the path when the user may see it; else the answer is there. */
static TptSandboxEvent *
find_event (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  TptSandboxEvent *event = tpt_sandbox_world_find (world, world->events, request->args[0]);

  if (event == NULL)
    {
      tpt_sandbox_reply_missing (request);
      return NULL;
    }
  if (!hosts (event, request->user)
      && (!tpt_sandbox_request_is_admin (request)
          || event->hosts[0]->organization != request->user->organization))
    {
      tpt_sandbox_reply_denied (request, "You are not allowed to view this event");
      return NULL;
    }

  return event;
}

static void
get_event (TptSandboxRequest *request)
{
  TptSandboxEvent *event = find_event (request);

  if (event != NULL)
    tpt_sandbox_reply_resource (request, 200, tpt_sandbox_serial_event (request->context, event));
}

static void
get_invitees (TptSandboxRequest *request)
{
  TptSandboxEvent *event = find_event (request);
  const char *status = tpt_sandbox_request_get_query (request, "status");
  const char *email = tpt_sandbox_request_get_query (request, "email");
  const char *sort = tpt_sandbox_request_get_query (request, "sort");
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  if (event == NULL)
    return;

  for (guint i = 0; i < event->invitees->len; i++)
    {
      TptSandboxInvitee *invitee = event->invitees->pdata[i];
      const char *is = invitee->cancellation.at == 0 ? "active" : "canceled";

      if ((status == NULL || g_str_equal (status, is))
          && (email == NULL || g_ascii_strcasecmp (email, invitee->email) == 0))
        g_ptr_array_insert (found, g_strcmp0 (sort, "created_at:desc") == 0 ? 0 : -1, invitee);
    }
  tpt_sandbox_reply_page (request, found, tpt_sandbox_serial_invitee);
}

static void
get_invitee (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  TptSandboxEvent *event = find_event (request);
  TptSandboxInvitee *invitee;

  if (event == NULL)
    return;
  invitee = tpt_sandbox_world_find (world, world->invitees, request->args[1]);
  if (invitee == NULL || invitee->event != event)
    tpt_sandbox_reply_missing (request);
  else
    tpt_sandbox_reply_resource (request, 200,
                                tpt_sandbox_serial_invitee (request->context, invitee));
}

/* Cancels the whole event. All three refusals are 403, as OpenAPI's DeleteScheduledEventError
 * has them. */
static void
post_cancellation (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  TptSandboxEvent *event = tpt_sandbox_world_find (world, world->events, request->args[0]);
  GBytes *body = soup_message_body_flatten (
    soup_server_message_get_request_body (request->message));
  gboolean empty = g_bytes_get_size (body) == 0;
  g_autoptr (JsonObject) json = NULL;
  const char *reason;

  g_bytes_unref (body);
  json = empty ? json_object_new () : tpt_sandbox_request_get_json (request);
  if (json == NULL)
    return;
  reason = json_object_get_string_member_with_default (json, "reason", NULL);

  if (event == NULL)
    tpt_sandbox_reply_missing (request);
  else if (!hosts (event, request->user)
           && (!tpt_sandbox_request_is_admin (request)
               || event->hosts[0]->organization != request->user->organization))
    tpt_sandbox_reply_denied (request, "You are not allowed to cancel this event");
  else if (reason != NULL && g_utf8_strlen (reason, -1) > 10000)
    tpt_sandbox_reply_invalid (request, "reason", "is too long (maximum is 10000 characters)");
  else if (event->cancellation.at != 0)
    tpt_sandbox_reply_denied (request, "Event is already canceled");
  else if (event->start < TPT_SANDBOX_NOW (request->context))
    tpt_sandbox_reply_denied (request, "Event in the past");
  else
    {
      tpt_sandbox_booking_cancel_event (request->context, event, request->user->name, reason);
      tpt_sandbox_reply_resource (request, 201,
                                  tpt_sandbox_serial_cancellation (&event->cancellation));
    }
}

const TptSandboxRoute tpt_sandbox_event_routes[] = {
  { "GET", "/scheduled_events", "scheduled_events:read", get_events },
  { "GET", "/scheduled_events/{}", "scheduled_events:read", get_event },
  { "GET", "/scheduled_events/{}/invitees", "scheduled_events:read", get_invitees },
  { "GET", "/scheduled_events/{}/invitees/{}", "scheduled_events:read", get_invitee },
  { "POST", "/scheduled_events/{}/cancellation", "scheduled_events:write", post_cancellation },
  { NULL, NULL, NULL, NULL },
};

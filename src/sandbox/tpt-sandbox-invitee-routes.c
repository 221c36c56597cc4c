/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-booking.h"
#include "tpt-sandbox-order.h"
#include "tpt-sandbox-serial.h"

static gboolean
may_touch (TptSandboxRequest *request,
           TptSandboxInvitee *invitee)
{
  TptSandboxEvent *event = invitee->event;

  for (guint i = 0; i < event->n_hosts; i++)
    {
      if (event->hosts[i] == request->user)
        return TRUE;
    }

  return tpt_sandbox_request_is_admin (request)
         && event->hosts[0]->organization == request->user->organization;
}

static void
post_no_show (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  g_autoptr (JsonObject) body = tpt_sandbox_request_get_json (request);
  const char *uri;
  TptSandboxInvitee *invitee;

  if (body == NULL)
    return;
  uri = json_object_get_string_member_with_default (body, "invitee", NULL);
  invitee = tpt_sandbox_world_find_uri (world, world->invitees, "scheduled_events", uri);
  if (uri == NULL)
    tpt_sandbox_reply_invalid (request, "invitee", "is missing");
  else if (invitee == NULL)
    tpt_sandbox_reply_missing (request);
  else if (!may_touch (request, invitee))
    tpt_sandbox_reply_denied (request, "You do not have permission");
  else if (invitee->event->start > TPT_SANDBOX_NOW (request->context))
    tpt_sandbox_reply_invalid (request, "base", "Event is not started yet");
  else
    {
      if (invitee->no_show == NULL)
        tpt_sandbox_booking_no_show (request->context, invitee);
      tpt_sandbox_reply_resource (request, 201,
                                  tpt_sandbox_serial_no_show (request->context, invitee));
    }
}

static TptSandboxInvitee *
find_no_show (TptSandboxRequest *request)
{
  TptSandboxInvitee *invitee = g_hash_table_lookup (request->context->world->no_shows,
                                                    request->args[0]);

  if (invitee == NULL)
    tpt_sandbox_reply_missing (request);
  else if (!may_touch (request, invitee))
    tpt_sandbox_reply_denied (request, "You do not have permission");
  else
    return invitee;

  return NULL;
}

static void
get_no_show (TptSandboxRequest *request)
{
  TptSandboxInvitee *invitee = find_no_show (request);

  if (invitee != NULL)
    tpt_sandbox_reply_resource (request, 200,
                                tpt_sandbox_serial_no_show (request->context, invitee));
}

static void
delete_no_show (TptSandboxRequest *request)
{
  TptSandboxInvitee *invitee = find_no_show (request);

  if (invitee == NULL)
    return;
  tpt_sandbox_booking_undo_no_show (request->context, invitee);
  tpt_sandbox_reply_nothing (request);
}

static void
post_invitee (TptSandboxRequest *request)
{
  g_autoptr (JsonObject) body = tpt_sandbox_request_get_json (request);
  g_auto (TptSandboxOrder) order = { 0 };
  g_autofree char *guests = NULL;
  TptSandboxInvitee *invitee;

  if (body == NULL || !tpt_sandbox_order_read (request, body, &order, &guests))
    return;

  order.guests = guests;
  invitee = tpt_sandbox_booking_book (request->context, &order);
  tpt_sandbox_reply_resource (request, 201,
                              tpt_sandbox_serial_invitee (request->context, invitee));
}

const TptSandboxRoute tpt_sandbox_invitee_routes[] = {
  { "POST", "/invitees", "scheduled_events:write", post_invitee },
  { "POST", "/invitee_no_shows", "scheduled_events:write", post_no_show },
  { "GET", "/invitee_no_shows/{}", "scheduled_events:read", get_no_show },
  { "DELETE", "/invitee_no_shows/{}", "scheduled_events:write", delete_no_show },
  { NULL, NULL, NULL, NULL },
};

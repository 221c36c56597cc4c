/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "tpt-relay-message.h"
#include "tpt-relay-routes.h"

/* Last-Event-ID wins: a client that reconnects by itself repeats the address of its first
 * request. */
static gboolean
find_cursor (TptRelayRequest  *request,
             TptRelayCursor   *cursor,
             gboolean         *has_cursor)
{
  g_autoptr (GHashTable) parameters = NULL;
  const char *text = tpt_relay_head_get (request->head, "last-event-id");

  if (text == NULL && request->head->query != NULL)
    {
      parameters = g_uri_parse_params (request->head->query, -1, "&", G_URI_PARAMS_NONE, NULL);
      if (parameters == NULL)
        return FALSE;
      text = g_hash_table_lookup (parameters, "after");
    }
  *has_cursor = text != NULL;

  return text == NULL || tpt_relay_cursor_parse (text, cursor, NULL);
}

static TptRelaySubscriberKind
kind_of (TptRelayRequest *request)
{
  const char *accept = tpt_relay_head_get (request->head, "accept");

  if (accept != NULL && strstr (accept, "application/json") != NULL &&
      strstr (accept, "text/event-stream") == NULL)
    return TPT_RELAY_SUBSCRIBER_PAGE;

  return TPT_RELAY_SUBSCRIBER_STREAM;
}

/* GET /v1/events: the socket moves to the fan-out thread. */
void
tpt_relay_events_route (TptRelayContext *context,
                        TptRelayRequest *request)
{
  TptRelayDevice *device = request->device;
  TptRelaySubscriberKind kind;
  TptRelayCursor cursor;
  gboolean has_cursor = FALSE;
  GSocket *socket;

  if (!find_cursor (request, &cursor, &has_cursor))
    {
      tpt_relay_request_problem (request, 400, "bad_cursor", "A cursor has the form EPOCH:SEQ.");
      return;
    }
  kind = kind_of (request);
  socket = tpt_relay_request_steal (request);
  if (socket != NULL)
    tpt_relay_fanout_add (context->fanout,
                          tpt_relay_subscriber_new (socket, device, kind,
                                                    has_cursor ? &cursor : NULL));
}

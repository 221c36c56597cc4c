/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-cancellation-client.h"

#include "tpt-api-resource.h"
#include "tpt-resource-uri.h"

static JsonNode *
make_body (const char *reason)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  if (reason != NULL)
    json_object_set_string_member (object, "reason", reason);
  json_node_take_object (node, object);

  return node;
}

/**
 * tpt_cancellation_client_create_async:
 * @event: URI of a scheduled event
 * @reason: (nullable): for the invitees; up to 10,000 characters
 *
 * `POST /scheduled_events/{uuid}/cancellation`: for all its invitees. Scope
 * `scheduled_events:write`.
 */
void
tpt_cancellation_client_create_async (TptApiClient        *client,
                                      const char          *event,
                                      const char          *reason,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  TptApiRequest request = { .method = "POST" };
  g_autofree char *event_path
      = tpt_resource_uri_get_path (event, "scheduled_events", &request.error);
  g_autofree char *path
      = event_path != NULL ? g_strconcat (event_path, "/cancellation", NULL) : NULL;
  g_autoptr (JsonNode) body = make_body (reason);

  request.path = path;
  request.body = body;
  tpt_api_resource_async (client, &request, tpt_cancellation_client_create_async, cancellable,
                          callback, user_data);
}

/**
 * tpt_cancellation_client_create_finish:
 *
 * TRUE when the event is canceled, also when it was before; FALSE with an error, among them
 * %TPT_API_ERROR_PERMISSION for what is past or somebody else's
 */
gboolean
tpt_cancellation_client_create_finish (TptApiClient  *client,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  return tpt_api_resource_finish_boolean (client, result, error);
}

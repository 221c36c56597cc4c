/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-no-show-client.h"

#include "tpt-api-resource.h"
#include "tpt-fields.h"
#include "tpt-resource-uri.h"

static gpointer
parse_uri (const TptJsonValue  *resource,
           GError             **error)
{
  g_autoptr (GError) local = NULL;
  TptFields fields = { resource, "no_show", &local };
  char *uri = tpt_fields_text (&fields, "uri", TPT_FIELD_NEEDED);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return uri;
}

static JsonNode *
make_body (const char *invitee)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "invitee", invitee);
  json_node_take_object (node, object);

  return node;
}

/**
 * tpt_no_show_client_create_async:
 * @invitee: URI
 *
 * `POST /invitee_no_shows`: says that the invitee did not come. Scope `scheduled_events:write`.
 */
void
tpt_no_show_client_create_async (TptApiClient        *client,
                                 const char          *invitee,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (JsonNode) body = make_body (invitee);
  const TptApiRequest request = {
    .method = "POST",
    .path = "/invitee_no_shows",
    .body = body,
    .parse = parse_uri,
    .free = g_free,
  };

  tpt_api_resource_async (client, &request, tpt_no_show_client_create_async, cancellable,
                          callback, user_data);
}

/**
 * tpt_no_show_client_create_finish:
 *
 * (returns: transfer full, nullable) URI of the mark; %TPT_API_ERROR_INVALID where the meeting
 * has not begun
 */
char *
tpt_no_show_client_create_finish (TptApiClient  *client,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return tpt_api_resource_finish (client, result, error);
}

/**
 * tpt_no_show_client_delete_async:
 * @uri: of the mark
 *
 * `DELETE /invitee_no_shows/{uuid}`. Scope `scheduled_events:write`.
 */
void
tpt_no_show_client_delete_async (TptApiClient        *client,
                                 const char          *uri,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  TptApiRequest request = { .method = "DELETE" };
  g_autofree char *path = tpt_resource_uri_get_path (uri, "invitee_no_shows", &request.error);

  request.path = path;
  tpt_api_resource_async (client, &request, tpt_no_show_client_delete_async, cancellable,
                          callback, user_data);
}

/** tpt_no_show_client_delete_finish: TRUE when the mark is gone, also when it was gone before */
gboolean
tpt_no_show_client_delete_finish (TptApiClient  *client,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return tpt_api_resource_finish_boolean (client, result, error);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-scheduling-link-client.h"

#include "tpt-api-resource.h"
#include "tpt-fields.h"

static gpointer
parse_booking_url (const TptJsonValue  *resource,
                   GError             **error)
{
  g_autoptr (GError) local = NULL;
  TptFields fields = { resource, "scheduling_link", &local };
  char *url = tpt_fields_text (&fields, "booking_url", TPT_FIELD_NEEDED);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return url;
}

static JsonNode *
make_body (const char *event_type)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "max_event_count", 1);
  json_object_set_string_member (object, "owner", event_type);
  json_object_set_string_member (object, "owner_type", "EventType");
  json_node_take_object (node, object);

  return node;
}

/**
 * tpt_scheduling_link_client_create_async:
 * @event_type: URI
 *
 * `POST /scheduling_links`: a link that one booking uses up. Scope `scheduling_links:write`.
 */
void
tpt_scheduling_link_client_create_async (TptApiClient        *client,
                                         const char          *event_type,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  g_autoptr (JsonNode) body = make_body (event_type);
  const TptApiRequest request = {
    .method = "POST",
    .path = "/scheduling_links",
    .body = body,
    .parse = parse_booking_url,
    .free = g_free,
  };

  tpt_api_resource_async (client, &request, tpt_scheduling_link_client_create_async, cancellable,
                          callback, user_data);
}

/**
 * tpt_scheduling_link_client_create_finish:
 *
 * (returns: transfer full, nullable) the link's address, without prefill
 */
char *
tpt_scheduling_link_client_create_finish (TptApiClient  *client,
                                          GAsyncResult  *result,
                                          GError       **error)
{
  return tpt_api_resource_finish (client, result, error);
}

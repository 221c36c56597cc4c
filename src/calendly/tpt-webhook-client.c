/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-webhook-client.h"

#include "tpt-api-pager.h"
#include "tpt-api-query.h"
#include "tpt-api-resource.h"
#include "tpt-resource-uri.h"
#include "tpt-webhook-subscription-parse.h"

static JsonNode *
make_body (const TptWebhookRequest *wanted)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *events = json_array_new ();

  for (guint i = 0; wanted->events[i] != NULL; i++)
    json_array_add_string_element (events, wanted->events[i]);
  json_object_set_string_member (object, "url", wanted->url);
  json_object_set_array_member (object, "events", events);
  json_object_set_string_member (object, "organization", wanted->organization);
  json_object_set_string_member (object, "scope", wanted->user != NULL ? "user" : "organization");
  if (wanted->user != NULL)
    json_object_set_string_member (object, "user", wanted->user);
  if (wanted->signing_key != NULL)
    json_object_set_string_member (object, "signing_key", wanted->signing_key);
  json_node_take_object (node, object);

  return node;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  TptPage *page = tpt_api_pager_all_finish (TPT_API_PAGER (source), result, &error);

  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify) tpt_page_free);
  else
    g_task_return_error (task, error);
}

/**
 * tpt_webhook_client_create_async:
 *
 * `POST /webhook_subscriptions`. Scope `webhooks:write`
 */
void
tpt_webhook_client_create_async (TptApiClient            *client,
                                 const TptWebhookRequest *wanted,
                                 GCancellable            *cancellable,
                                 GAsyncReadyCallback      callback,
                                 gpointer                 user_data)
{
  g_autoptr (JsonNode) body = make_body (wanted);
  const TptApiRequest request = {
    .method = "POST",
    .path = "/webhook_subscriptions",
    .body = body,
    .parse = (TptResourceParseFunc) tpt_webhook_subscription_parse,
    .free = g_object_unref,
  };

  tpt_api_resource_async (client, &request, tpt_webhook_client_create_async,
                          cancellable, callback, user_data);
}

/**
 * tpt_webhook_client_create_finish:
 *
 * Returns: (transfer full) (nullable): the subscription; %NULL with an error,
 *   %TPT_API_ERROR_CONFLICT when the address is
 *   subscribed already, %TPT_API_ERROR_PLAN when the plan has no webhooks
 */
TptWebhookSubscription *
tpt_webhook_client_create_finish (TptApiClient  *client,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return tpt_api_resource_finish (client, result, error);
}

/** tpt_webhook_client_get_async: `GET /webhook_subscriptions/{uuid}` */
void
tpt_webhook_client_get_async (TptApiClient        *client,
                              const char          *uri,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  TptApiRequest request = {
    .parse = (TptResourceParseFunc) tpt_webhook_subscription_parse,
    .free = g_object_unref,
  };
  g_autofree char *path = tpt_resource_uri_get_path (uri, "webhook_subscriptions", &request.error);

  request.path = path;
  tpt_api_resource_async (client, &request, tpt_webhook_client_get_async, cancellable,
                          callback, user_data);
}

TptWebhookSubscription *
tpt_webhook_client_get_finish (TptApiClient  *client,
                               GAsyncResult  *result,
                               GError       **error)
{
  return tpt_api_resource_finish (client, result, error);
}

/**
 * tpt_webhook_client_list_async:
 * @organization: URI
 * @user: (nullable): URI; with it the subscriptions of scope "user", else those of scope
 *   "organization"
 *
 * `GET /webhook_subscriptions`, all pages.
 */
void
tpt_webhook_client_list_async (TptApiClient        *client,
                               const char          *organization,
                               const char          *user,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autofree char *query = tpt_api_query_new ("organization", organization,
                                              "scope", user != NULL ? "user" : "organization",
                                              "user", user,
                                              "count", "100",
                                              NULL);
  g_autoptr (TptApiPager) pager = tpt_api_pager_new (
      client, "/webhook_subscriptions", query, (TptRecordParseFunc) tpt_webhook_subscription_parse);
  GTask *task = g_task_new (client, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_webhook_client_list_async);
  tpt_api_pager_all_async (pager, cancellable, listed_cb, task);
}

/**
 * tpt_webhook_client_list_finish:
 *
 * (returns: transfer full, nullable) a page of TptWebhookSubscription
 */
TptPage *
tpt_webhook_client_list_finish (TptApiClient  *client,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tpt_webhook_client_delete_async:
 *
 * `DELETE /webhook_subscriptions/{uuid}`. Scope `webhooks:write`
 */
void
tpt_webhook_client_delete_async (TptApiClient        *client,
                                 const char          *uri,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  TptApiRequest request = { .method = "DELETE" };
  g_autofree char *path = tpt_resource_uri_get_path (uri, "webhook_subscriptions", &request.error);

  request.path = path;
  tpt_api_resource_async (client, &request, tpt_webhook_client_delete_async,
                          cancellable, callback, user_data);
}

/**
 * tpt_webhook_client_delete_finish:
 *
 * TRUE when it is gone, also when it was gone before
 */
gboolean
tpt_webhook_client_delete_finish (TptApiClient  *client,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return tpt_api_resource_finish_boolean (client, result, error);
}

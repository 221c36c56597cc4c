/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-event-type-client.h"

#include "tpt-api-pager.h"
#include "tpt-api-query.h"
#include "tpt-api-resource.h"
#include "tpt-event-type-parse.h"
#include "tpt-resource-uri.h"

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
 * tpt_event_type_client_list_async:
 * @user: URI of a user; the answer has the team types in which the user takes part, too
 *
 * `GET /event_types?user=…`, all pages, those that are switched off included. Scope
 * `event_types:read`.
 */
void
tpt_event_type_client_list_async (TptApiClient        *client,
                                  const char          *user,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autofree char *query = tpt_api_query_new ("user", user, "count", "100", NULL);
  g_autoptr (TptApiPager) pager = tpt_api_pager_new (client, "/event_types", query,
                                                     (TptRecordParseFunc) tpt_event_type_parse);
  GTask *task = g_task_new (client, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_event_type_client_list_async);
  tpt_api_pager_all_async (pager, cancellable, listed_cb, task);
}

/** tpt_event_type_client_list_finish: (returns: transfer full, nullable) a page of TptEventType */
TptPage *
tpt_event_type_client_list_finish (TptApiClient  *client,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tpt_event_type_client_get_async:
 *
 * `GET /event_types/{uuid}`; one that was deleted is still there, and says so. Scope
 * `event_types:read`.
 */
void
tpt_event_type_client_get_async (TptApiClient        *client,
                                 const char          *uri,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  TptApiRequest request
      = { .parse = (TptResourceParseFunc) tpt_event_type_parse, .free = g_object_unref };
  g_autofree char *path = tpt_resource_uri_get_path (uri, "event_types", &request.error);

  request.path = path;
  tpt_api_resource_async (client, &request, tpt_event_type_client_get_async, cancellable,
                          callback, user_data);
}

/** tpt_event_type_client_get_finish: (returns: transfer full, nullable) the event type */
TptEventType *
tpt_event_type_client_get_finish (TptApiClient  *client,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return tpt_api_resource_finish (client, result, error);
}

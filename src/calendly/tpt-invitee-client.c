/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-invitee-client.h"

#include "tpt-api-pager.h"
#include "tpt-api-resource.h"
#include "tpt-invitee-parse.h"
#include "tpt-record-label.h"
#include "tpt-resource-uri.h"

/* Whoever says to be in another event than the one that was asked for has no place in it, and none
 * in the other either: nobody has said that there is one. */
static void
refuse_strangers (TptPage    *page,
                  const char *event)
{
  for (guint i = page->items->len; i > 0; i--)
    {
      TptInvitee *invitee = g_ptr_array_index (page->items, i - 1);
      g_autofree char *label = NULL;

      if (g_str_equal (invitee->event, event))
        continue;
      label = tpt_record_label_make (invitee->name, invitee->email);
      tpt_page_set_aside (page, i - 1, invitee->uri, "invitee.event: another event", label);
    }
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  TptPage *page = tpt_api_pager_all_finish (TPT_API_PAGER (source), result, &error);

  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  refuse_strangers (page, g_task_get_task_data (task));
  g_task_return_pointer (task, page, (GDestroyNotify) tpt_page_free);
}

/**
 * tpt_invitee_client_list_async:
 * @event: URI of a scheduled event
 *
 * `GET /scheduled_events/{uuid}/invitees`, all pages, first to book first, canceled ones
 * included. Scope
 * `scheduled_events:read`. Those that are said to be in another event are set aside.
 */
void
tpt_invitee_client_list_async (TptApiClient        *client,
                               const char          *event,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  GError *error = NULL;
  g_autofree char *event_path = tpt_resource_uri_get_path (event, "scheduled_events", &error);
  g_autofree char *path = NULL;
  g_autoptr (TptApiPager) pager = NULL;

  g_task_set_source_tag (task, tpt_invitee_client_list_async);
  g_task_set_task_data (task, g_strdup (event), g_free);
  if (event_path == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  path = g_strconcat (event_path, "/invitees", NULL);
  pager = tpt_api_pager_new (client, path, "sort=created_at:asc&count=100",
                             (TptRecordParseFunc) tpt_invitee_parse);
  tpt_api_pager_all_async (pager, cancellable, listed_cb, task);
}

/** tpt_invitee_client_list_finish: (returns: transfer full, nullable) a page of TptInvitee */
TptPage *
tpt_invitee_client_list_finish (TptApiClient  *client,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/** tpt_invitee_client_get_async: `GET /scheduled_events/{uuid}/invitees/{uuid}` */
void
tpt_invitee_client_get_async (TptApiClient        *client,
                              const char          *uri,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  TptApiRequest request
      = { .parse = (TptResourceParseFunc) tpt_invitee_parse, .free = g_object_unref };
  g_autofree char *path = tpt_resource_uri_get_path (uri, "invitees", &request.error);

  request.path = path;
  tpt_api_resource_async (client, &request, tpt_invitee_client_get_async, cancellable, callback,
                          user_data);
}

/** tpt_invitee_client_get_finish: (returns: transfer full, nullable) the invitee */
TptInvitee *
tpt_invitee_client_get_finish (TptApiClient  *client,
                               GAsyncResult  *result,
                               GError       **error)
{
  return tpt_api_resource_finish (client, result, error);
}

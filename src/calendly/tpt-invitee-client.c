/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-invitee-client.h"

#include "tpt-api-error.h"
#include "tpt-api-pager.h"
#include "tpt-api-resource.h"
#include "tpt-invitee-parse.h"
#include "tpt-record-label.h"
#include "tpt-resource-uri.h"

/* Whether @uri is that of @event, which was asked about: it may be written in more than one way. */
static gboolean
check_event (const char  *uri,
             const char  *event,
             GError     **error)
{
  g_autofree char *wanted = tpt_resource_uri_get_path (event, "scheduled_events", NULL);
  g_autofree char *found = tpt_resource_uri_get_path (uri, "scheduled_events", error);

  if (found == NULL)
    return FALSE;
  if (g_strcmp0 (found, wanted) == 0)
    return TRUE;
  g_set_error_literal (error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL,
                       "invitee.event: another event");

  return FALSE;
}

/* What belongs to another event must not keep the others out. The other way to write the event's
 * address becomes the one that was asked for. */
static void
set_strangers_aside (TptPage    *page,
                     const char *event)
{
  for (guint i = page->items->len; i > 0; i--)
    {
      TptInvitee *invitee = g_ptr_array_index (page->items, i - 1);
      g_autoptr (GError) error = NULL;
      g_autofree char *label = NULL;

      if (g_str_equal (invitee->event, event))
        continue;
      if (check_event (invitee->event, event, &error))
        {
          g_free (invitee->event);
          invitee->event = g_strdup (event);
          continue;
        }
      label = tpt_record_label_make (invitee->name, invitee->email);
      tpt_page_set_aside (page, i - 1, invitee->uri, error->message, label);
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
  set_strangers_aside (page, g_task_get_task_data (task));
  g_task_return_pointer (task, page, (GDestroyNotify) tpt_page_free);
}

/**
 * tpt_invitee_client_list_async:
 * @event: URI of a scheduled event
 *
 * `GET /scheduled_events/{uuid}/invitees`, all pages, first to book first, canceled ones
 * included; one of another event is no invitee of this one and set aside. Scope
 * `scheduled_events:read`.
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

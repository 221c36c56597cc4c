/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-fetch.h"

#include "tpt-apply.h"
#include "tpt-invitee-client.h"
#include "tpt-scheduled-event-client.h"

typedef struct
{
  char *invitee;
  TptTime seen_at;
  TptMeeting *meeting;
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_free (fetch->invitee);
  g_clear_object (&fetch->meeting);
  g_free (fetch);
}

static void
invitee_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;
  TptInvitee *invitee = tpt_invitee_client_get_finish (TPT_API_CLIENT (source), result, &error);

  if (invitee == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_ptr_array_add (fetch->meeting->invitees, invitee);
  tpt_apply_stamp (fetch->meeting, TPT_SOURCE_WEBHOOK, fetch->seen_at);
  g_task_return_pointer (task, g_steal_pointer (&fetch->meeting), g_object_unref);
}

static void
event_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;

  fetch->meeting = tpt_scheduled_event_client_get_finish (TPT_API_CLIENT (source), result, &error);
  if (fetch->meeting == NULL)
    g_task_return_error (task, error);
  else
    tpt_invitee_client_get_async (TPT_API_CLIENT (source), fetch->invitee,
                                  g_task_get_cancellable (task), invitee_cb, g_object_ref (task));
}

/**
 * tpt_listener_fetch_async:
 * @invitee: URI
 * @event: URI
 * @seen_at: tpt_apply_look () of this moment
 *
 * Errors are of %TPT_API_ERROR.
 */
void
tpt_listener_fetch_async (TptApiClient        *client,
                          const char          *invitee,
                          const char          *event,
                          TptTime              seen_at,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->invitee = g_strdup (invitee);
  fetch->seen_at = seen_at;
  g_task_set_source_tag (task, tpt_listener_fetch_async);
  g_task_set_task_data (task, fetch, (GDestroyNotify) fetch_free);
  tpt_scheduled_event_client_get_async (client, event, cancellable, event_cb, task);
}

/* Returns: (transfer full): stamped, with the one invitee */
TptMeeting *
tpt_listener_fetch_finish (GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

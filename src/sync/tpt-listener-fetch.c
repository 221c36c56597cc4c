/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-fetch.h"

#include "tpt-apply.h"
#include "tpt-invitee-client.h"
#include "tpt-scheduled-event-client.h"

typedef struct
{
  TptInvitee *told;        /* the booking as the webhook tells it */
  TptMeeting *meeting;
  TptInvitee *invitee;     /* the booking as the service knows it now */
  TptTime seen_at;
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_object_unref (fetch->told);
  g_clear_object (&fetch->meeting);
  g_clear_object (&fetch->invitee);
  g_free (fetch);
}

static void
finish (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  g_ptr_array_set_size (fetch->meeting->invitees, 0);
  g_ptr_array_add (fetch->meeting->invitees, g_steal_pointer (&fetch->invitee));
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
    finish (task);
}

static void
invitee_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;

  fetch->invitee = tpt_invitee_client_get_finish (TPT_API_CLIENT (source), result, &error);
  if (fetch->invitee == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (fetch->meeting != NULL && fetch->invitee->updated_at == fetch->told->updated_at)
    {
      finish (task);
      return;
    }

  g_clear_object (&fetch->meeting);
  tpt_scheduled_event_client_get_async (TPT_API_CLIENT (source), fetch->told->event,
                                        g_task_get_cancellable (task), event_cb,
                                        g_object_ref (task));
}

/**
 * tpt_listener_fetch_async:
 * @told: the booking as the webhook tells it
 * @meeting: (nullable): its event as the webhook tells it, unless somebody has it already
 * @seen_at: tpt_apply_look () of this moment
 *
 * One request where nothing has happened to the booking since: @meeting is then as good as the
 * service's own. Else two.
 *
 * Errors are of %TPT_API_ERROR.
 */
void
tpt_listener_fetch_async (TptApiClient        *client,
                          TptInvitee          *told,
                          TptMeeting          *meeting,
                          TptTime              seen_at,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->told = g_object_ref (told);
  g_set_object (&fetch->meeting, meeting);
  fetch->seen_at = seen_at;
  g_task_set_source_tag (task, tpt_listener_fetch_async);
  g_task_set_task_data (task, fetch, (GDestroyNotify) fetch_free);
  tpt_invitee_client_get_async (client, told->uri, cancellable, invitee_cb, task);
}

/* Returns: (transfer full): stamped, with the one invitee */
TptMeeting *
tpt_listener_fetch_finish (GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

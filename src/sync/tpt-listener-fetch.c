/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-fetch.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-apply.h"
#include "tpt-invitee-client.h"
#include "tpt-scheduled-event-client.h"

typedef struct
{
  TptInvitee *told;        /* the booking as the webhook tells it */
  TptMeeting *meeting;
  TptInvitee *invitee;     /* the booking as the service knows it now */
  TptTime seen_at;
  GCancellable *inner;     /* of the requests */
  GCancellable *outer;     /* of whoever asks, or NULL */
  gulong outer_id;
  guint timer;
  gboolean is_overdue;
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_clear_handle_id (&fetch->timer, g_source_remove);
  g_cancellable_disconnect (fetch->outer, fetch->outer_id);
  g_clear_object (&fetch->outer);
  g_object_unref (fetch->inner);
  g_object_unref (fetch->told);
  g_clear_object (&fetch->meeting);
  g_clear_object (&fetch->invitee);
  g_free (fetch);
}

static void
canceled_cb (GCancellable *outer,
             gpointer      inner)
{
  g_cancellable_cancel (inner);
}

static gboolean
overdue_cb (gpointer user_data)
{
  Fetch *fetch = user_data;

  fetch->timer = 0;
  fetch->is_overdue = TRUE;
  g_cancellable_cancel (fetch->inner);

  return G_SOURCE_REMOVE;
}

/* Takes @error. */
static void
fail (GTask  *task,
      GError *error)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (fetch->is_overdue && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&error);
      error = g_error_new_literal (TPT_API_ERROR, TPT_API_ERROR_UNAVAILABLE,
                                   _("Calendly did not answer in time"));
    }
  g_task_return_error (task, error);
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
    fail (task, error);
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
      fail (task, error);
      return;
    }
  if (fetch->meeting != NULL && fetch->invitee->updated_at == fetch->told->updated_at)
    {
      finish (task);
      return;
    }

  g_clear_object (&fetch->meeting);
  tpt_scheduled_event_client_get_async (TPT_API_CLIENT (source), fetch->told->event,
                                        fetch->inner, event_cb, g_object_ref (task));
}

/**
 * tpt_listener_fetch_async:
 * @told: the booking as the webhook tells it
 * @meeting: (nullable): its event as the webhook tells it, unless somebody has it already
 * @seen_at: tpt_apply_look () of this moment
 *
 * One request where nothing has happened to the booking since: @meeting is then as good as the
 * service's own. Else two. Other news wait meanwhile, so it waits less long than a sync does.
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
  fetch->inner = g_cancellable_new ();
  g_set_object (&fetch->outer, cancellable);
  if (cancellable != NULL)
    fetch->outer_id =
      g_cancellable_connect (cancellable, G_CALLBACK (canceled_cb), fetch->inner, NULL);
  fetch->timer = g_timeout_add (TPT_LISTENER_FETCH_MS, overdue_cb, fetch);
  g_task_set_source_tag (task, tpt_listener_fetch_async);
  g_task_set_task_data (task, fetch, (GDestroyNotify) fetch_free);
  tpt_invitee_client_get_async (client, told->uri, fetch->inner, invitee_cb, task);
}

/* Returns: (transfer full): stamped, with the one invitee */
TptMeeting *
tpt_listener_fetch_finish (GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-trial.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-relay-listener-private.h"

/* An event arrives within a second; slow networks are allowed for. */
#define PATIENCE_SECONDS 20

typedef struct
{
  TptListenerInbox *inbox;
  gint64 begun;            /* monotonic */
  TptTime took;
  gulong arrival;
  gulong cancellation;
  guint timeout;
  gboolean is_sent;
  gboolean has_arrived;
  gboolean is_over;
} Trial;

static void
trial_free (Trial *trial)
{
  g_object_unref (trial->inbox);
  g_free (trial);
}

/* Ends it with @error, which is taken, or well. */
static void
end (GTask  *task,
     GError *error)
{
  Trial *trial = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  trial->is_over = TRUE;
  g_clear_handle_id (&trial->timeout, g_source_remove);
  g_clear_signal_handler (&trial->arrival, trial->inbox);
  if (trial->cancellation != 0)
    g_clear_signal_handler (&trial->cancellation, cancellable);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
end_if_done (GTask *task)
{
  Trial *trial = g_task_get_task_data (task);

  if (!trial->is_over && trial->is_sent && trial->has_arrived)
    end (task, NULL);
}

/* It may come before the relay's answer does. */
static void
arrived_cb (GTask *task)
{
  Trial *trial = g_task_get_task_data (task);

  trial->has_arrived = TRUE;
  trial->took = g_get_monotonic_time () - trial->begun;
  end_if_done (task);
}

static gboolean
not_arrived_cb (gpointer user_data)
{
  GTask *task = user_data;
  Trial *trial = g_task_get_task_data (task);

  trial->timeout = 0;
  end (task, g_error_new_literal (
               TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED,
               _ ("The relay took the test event, but it did not come back.")));

  return G_SOURCE_REMOVE;
}

static void
canceled_cb (GTask *task)
{
  end (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Canceled")));
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Trial *trial = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean is_sent =
    tpt_relay_listener_test_finish (TPT_RELAY_LISTENER (source), result, &error);

  if (trial->is_over)
    return;
  if (!is_sent)
    {
      end (task, g_steal_pointer (&error));
      return;
    }

  trial->is_sent = TRUE;
  trial->timeout = g_timeout_add_seconds (PATIENCE_SECONDS, not_arrived_cb, task);
  end_if_done (task);
}

static GError *
new_not_live (TptRelayListener *listener)
{
  const char *message = tpt_relay_listener_get_message (listener);

  if (tpt_relay_listener_get_state (listener) == TPT_RELAY_REFUSED)
    message = _ ("The relay does not know this computer any more. Enrol again.");
  else if (tpt_relay_listener_get_url (listener) == NULL)
    message = _ ("No relay is set.");

  return g_error_new_literal (
    TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED,
    message != NULL ? message : _ ("The stream of the relay is not open at the moment."));
}

/**
 * tpt_relay_trial_run_async:
 *
 * The listener's stream has to be open. Errors are of %TPT_CONNECTION_ERROR and say in a sentence
 * what is wrong, or %G_IO_ERROR_CANCELLED.
 */
void
tpt_relay_trial_run_async (TptRelayListener    *listener,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (listener, cancellable, callback, user_data);
  Trial *trial = g_new0 (Trial, 1);

  trial->inbox = g_object_ref (listener->inbox);
  trial->begun = g_get_monotonic_time ();
  g_task_set_source_tag (task, tpt_relay_trial_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, trial, (GDestroyNotify) trial_free);
  if (tpt_relay_listener_get_state (listener) != TPT_RELAY_LIVE)
    {
      end (task, new_not_live (listener));
      return;
    }

  trial->arrival =
    g_signal_connect_swapped (trial->inbox, "tested", G_CALLBACK (arrived_cb), task);
  if (cancellable != NULL && !g_cancellable_is_cancelled (cancellable))
    trial->cancellation =
      g_signal_connect_swapped (cancellable, "cancelled", G_CALLBACK (canceled_cb), task);
  tpt_relay_listener_test_async (listener, cancellable, sent_cb, g_object_ref (task));
}

/* @took: (out) (optional): from here and back, with the commit */
gboolean
tpt_relay_trial_run_finish (TptRelayListener  *listener,
                            GAsyncResult      *result,
                            TptTime           *took,
                            GError           **error)
{
  Trial *trial;

  g_return_val_if_fail (g_task_is_valid (result, listener), FALSE);

  trial = g_task_get_task_data (G_TASK (result));
  if (took != NULL)
    *took = trial->took;

  return g_task_propagate_boolean (G_TASK (result), error);
}

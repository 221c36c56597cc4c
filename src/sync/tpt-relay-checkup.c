/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-checkup.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-connection-error.h"
#include "tpt-relay-listener-private.h"
#include "tpt-relay-trial.h"

/* A stream opens within a second; slow networks are allowed for. */
#define PATIENCE_SECONDS 20

struct _TptRelayCheckup
{
  GObject parent_instance;

  /* owned */
  TptRelayListener *listener;
  GTask *task;             /* of the run */
  char *message;           /* why a check failed */

  TptRelayCheckState states[TPT_RELAY_CHECKS];
  gulong handler;          /* on the listener, while something of it is awaited */
  guint timeout;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptRelayCheckup, tpt_relay_checkup, G_TYPE_OBJECT)

static void
set_state (TptRelayCheckup    *self,
           TptRelayCheck       check,
           TptRelayCheckState  state)
{
  self->states[check] = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
await_nothing (TptRelayCheckup *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_signal_handler (&self->handler, self->listener);
}

/* The checks after @check stay open. */
static void
fail (TptRelayCheckup *self,
      TptRelayCheck    check,
      const GError    *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  await_nothing (self);
  g_free (self->message);
  self->message = g_strdup (error->message);
  set_state (self, check, TPT_RELAY_CHECK_BAD);
  g_task_return_error (task, tpt_connection_error_map (error));
}

static void
fail_with (TptRelayCheckup *self,
           TptRelayCheck    check,
           const char      *message)
{
  g_autoptr (GError) error = NULL;

  error = g_error_new_literal (TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED, message);
  fail (self, check, error);
}

static void
tried_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptRelayCheckup) self = user_data;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  if (!tpt_relay_trial_run_finish (TPT_RELAY_LISTENER (source), result, NULL, &error))
    {
      fail (self, TPT_RELAY_CHECK_ARRIVED, error);
      return;
    }

  task = g_steal_pointer (&self->task);
  set_state (self, TPT_RELAY_CHECK_ARRIVED, TPT_RELAY_CHECK_GOOD);
  g_task_return_boolean (task, TRUE);
}

static void
send_event (TptRelayCheckup *self)
{
  set_state (self, TPT_RELAY_CHECK_ARRIVED, TPT_RELAY_CHECK_RUNNING);
  tpt_relay_trial_run_async (self->listener, g_task_get_cancellable (self->task), tried_cb,
                             g_object_ref (self));
}

static void
webhook_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TptRelayCheckup) self = user_data;
  g_autoptr (GError) error = NULL;

  if (tpt_listener_webhook_check_finish (TPT_LISTENER_WEBHOOK (source), result, &error))
    {
      set_state (self, TPT_RELAY_CHECK_PERMITTED, TPT_RELAY_CHECK_GOOD);
      set_state (self, TPT_RELAY_CHECK_SUBSCRIBED, TPT_RELAY_CHECK_GOOD);
      send_event (self);
    }
  else if (g_error_matches (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_NOT_PERMITTED))
    fail (self, TPT_RELAY_CHECK_PERMITTED, error);
  else
    {
      set_state (self, TPT_RELAY_CHECK_PERMITTED, TPT_RELAY_CHECK_OPEN);
      fail (self, TPT_RELAY_CHECK_SUBSCRIBED, error);
    }
}

static void
check_webhook (TptRelayCheckup *self)
{
  TptListenerWebhook *webhook = self->listener->webhook;

  set_state (self, TPT_RELAY_CHECK_PERMITTED, TPT_RELAY_CHECK_RUNNING);
  tpt_listener_webhook_check_async (webhook, self->listener->secret,
                                    g_task_get_cancellable (self->task), webhook_cb,
                                    g_object_ref (self));
}

/* Whether the stream is open, or will not be. */
static void
look_at_stream (TptRelayCheckup *self)
{
  switch (tpt_relay_listener_get_state (self->listener))
    {
    case TPT_RELAY_LIVE:
      await_nothing (self);
      set_state (self, TPT_RELAY_CHECK_ENROLLED, TPT_RELAY_CHECK_GOOD);
      check_webhook (self);
      break;
    case TPT_RELAY_REFUSED:
    case TPT_RELAY_NONE:
      fail_with (self, TPT_RELAY_CHECK_ENROLLED, _ ("The relay does not know this computer."));
      break;
    case TPT_RELAY_CONNECTING:
    case TPT_RELAY_RECONNECTING:
    case TPT_RELAY_WAITING:
    default:
      break;
    }
}

static gboolean
not_open_cb (gpointer user_data)
{
  TptRelayCheckup *self = user_data;
  const char *message = tpt_relay_listener_get_message (self->listener);

  self->timeout = 0;
  fail_with (self, TPT_RELAY_CHECK_ENROLLED,
             message != NULL ? message : _ ("The relay does not open its stream of events."));

  return G_SOURCE_REMOVE;
}

static void
reached_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TptRelayCheckup) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!tpt_listener_client_call_finish (TPT_LISTENER_CLIENT (source), result, &error))
    {
      fail (self, TPT_RELAY_CHECK_REACHABLE, error);
      return;
    }

  set_state (self, TPT_RELAY_CHECK_REACHABLE, TPT_RELAY_CHECK_GOOD);
  set_state (self, TPT_RELAY_CHECK_ENROLLED, TPT_RELAY_CHECK_RUNNING);
  self->timeout = g_timeout_add_seconds (PATIENCE_SECONDS, not_open_cb, self);
  self->handler = g_signal_connect_swapped (self->listener, "notify::state",
                                            G_CALLBACK (look_at_stream), self);
  look_at_stream (self);
}

static void
tpt_relay_checkup_finalize (GObject *object)
{
  TptRelayCheckup *self = TPT_RELAY_CHECKUP (object);

  await_nothing (self);
  g_object_unref (self->listener);
  g_free (self->message);

  G_OBJECT_CLASS (tpt_relay_checkup_parent_class)->finalize (object);
}

static void
tpt_relay_checkup_class_init (TptRelayCheckupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_relay_checkup_finalize;

  signals[CHANGED] = g_signal_new ("changed", TPT_TYPE_RELAY_CHECKUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
tpt_relay_checkup_init (TptRelayCheckup *self)
{
}

TptRelayCheckup *
tpt_relay_checkup_new (TptRelayListener *listener)
{
  TptRelayCheckup *self = g_object_new (TPT_TYPE_RELAY_CHECKUP, NULL);

  self->listener = g_object_ref (listener);

  return self;
}

/**
 * tpt_relay_checkup_run_async:
 *
 * The listener has to be started: a test event arrives over its stream. Errors are of
 * %TPT_CONNECTION_ERROR and those of the check that failed.
 */
void
tpt_relay_checkup_run_async (TptRelayCheckup     *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  const TptListenerSecret *secret = self->listener->secret;

  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, tpt_relay_checkup_run_async);
  g_clear_pointer (&self->message, g_free);
  for (guint i = 0; i < TPT_RELAY_CHECKS; i++)
    self->states[i] = TPT_RELAY_CHECK_OPEN;

  set_state (self, TPT_RELAY_CHECK_REACHABLE, TPT_RELAY_CHECK_RUNNING);
  if (secret == NULL)
    {
      g_autoptr (GError) error = tpt_listener_error_new_not_enrolled ();

      fail (self, TPT_RELAY_CHECK_REACHABLE, error);
      return;
    }
  tpt_listener_client_call_async (self->listener->client, "GET",
                                  secret->url, "/healthz", NULL, NULL, cancellable, reached_cb,
                                  g_object_ref (self));
}

gboolean
tpt_relay_checkup_run_finish (TptRelayCheckup  *self,
                              GAsyncResult     *result,
                              GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

TptRelayCheckState
tpt_relay_checkup_get_state (TptRelayCheckup *self,
                             TptRelayCheck    check)
{
  g_return_val_if_fail (check < TPT_RELAY_CHECKS, TPT_RELAY_CHECK_OPEN);

  return self->states[check];
}

/* Returns: (nullable): a sentence: why the check that is bad is bad */
const char *
tpt_relay_checkup_get_message (TptRelayCheckup *self)
{
  return self->message;
}

/* In the language of the user. */
const char *
tpt_relay_check_get_title (TptRelayCheck check)
{
  static const char *const titles[TPT_RELAY_CHECKS] = {
    N_ ("The relay can be reached"),
    N_ ("This computer is enrolled"),
    N_ ("Plan and permissions allow webhooks"),
    N_ ("The webhook subscription is active and ours"),
    N_ ("A test event arrives"),
  };

  g_return_val_if_fail (check < TPT_RELAY_CHECKS, NULL);

  return _ (titles[check]);
}

/* What to do where @check is bad, in the language of the user. */
const char *
tpt_relay_check_get_advice (TptRelayCheck check)
{
  static const char *const advice[TPT_RELAY_CHECKS] = {
    N_ ("Check the address and your network, or ask your administrator whether the relay runs."),
    N_ ("Enrol this computer with a new code from your administrator."),
    N_ ("Webhooks take a paid Calendly plan and the permission to manage them. Sign in again to "
        "grant it. Meanwhile Touchpoint asks Calendly every 45 seconds."),
    N_ ("Try again in a few minutes. Meanwhile Touchpoint asks Calendly by itself."),
    N_ ("Ask your administrator to look at the relay and the proxy before it: its stream of events "
        "must not be held back."),
  };

  g_return_val_if_fail (check < TPT_RELAY_CHECKS, NULL);

  return _ (advice[check]);
}

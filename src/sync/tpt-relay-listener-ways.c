/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-listener-private.h"

#include "tpt-connection-error.h"
#include "tpt-listener-enrol.h"
#include "tpt-listener-goodbye.h"
#include "tpt-listener-memory.h"
#include "tpt-secret.h"
#include "tpt-text.h"

/* A relay that was away when somebody signed in is asked again; a code is good for a day. */
#define RETRY_SECONDS 60

typedef struct
{
  TptListenerSecret *secret;
} Remembering;

typedef struct
{
  TptListenerHeard heard;
  TptListenerHeard *told;  /* of the caller, or NULL */
  GError *error;           /* why nothing was forgotten */
} Forgetting;

static void
forgetting_free (Forgetting *forgetting)
{
  g_clear_error (&forgetting->error);
  g_free (forgetting);
}

static void
remembering_free (Remembering *remembering)
{
  tpt_listener_secret_free (remembering->secret);
  g_free (remembering);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptRelayListener *self = g_task_get_source_object (task);
  g_autoptr (TptListenerMemory) memory = NULL;
  GError *error = NULL;

  memory = tpt_listener_memory_load_finish (result, &error);
  if (memory == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  self->last_event_at = memory->last_event_at;
  tpt_listener_webhook_remember (self->webhook, memory->webhook_uri);
  tpt_relay_listener_set (self, g_steal_pointer (&memory->secret), memory->cursor);
  g_task_return_boolean (task, TRUE);
}

static gboolean
retry_cb (gpointer user_data)
{
  TptRelayListener *self = user_data;

  self->retry = 0;
  if (tpt_relay_listener_is_connected (self))
    tpt_relay_listener_settle_async (self, NULL, NULL, NULL);

  return G_SOURCE_REMOVE;
}

/* What waits goes on waiting, and says why. */
static void
note_failure (TptRelayListener *self,
              const GError     *error)
{
  if (self->waiting == NULL)
    return;

  g_message ("The relay does not enrol this computer yet: %s", error->message);
  g_free (self->waiting_message);
  self->waiting_message = g_strdup (error->message);
  g_object_notify (G_OBJECT (self), "state");
  if (self->is_started && self->retry == 0
      && g_error_matches (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OFFLINE))
    self->retry = g_timeout_add_seconds (RETRY_SECONDS, retry_cb, self);
}

static void
enrolled_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptRelayListener *self = g_task_get_source_object (task);
  TptListenerSecret *secret;
  GError *error = NULL;

  self->is_settling = FALSE;
  secret = tpt_listener_enrol_finish (result, &error);
  if (secret == NULL)
    {
      note_failure (self, error);
      g_task_return_error (task, error);
      return;
    }

  /* Another relay's places mean nothing to this one. */
  tpt_relay_listener_set (self, secret, NULL);
  if (!tpt_relay_listener_is_connected (self) || self->enrolling != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* A command ends with its call, and the subscription has to be there by then. */
  self->enrolling = g_steal_pointer (&task);
  if (!self->is_started)
    tpt_listener_webhook_start (self->webhook, secret);
}

static void
remembered_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TptRelayListener *self = g_task_get_source_object (task);
  Remembering *remembering = g_task_get_task_data (task);

  if (!tpt_token_store_save_finish (TPT_TOKEN_STORE (source), result, &error))
    {
      g_task_return_error (task, tpt_connection_error_map (error));
      return;
    }
  tpt_relay_listener_set (self, g_steal_pointer (&remembering->secret), NULL);
  g_task_return_boolean (task, TRUE);
}

/* Who is not signed in cannot be enrolled, and may need the relay for just that: it is used with
 * the code until then. */
static void
remember (GTask      *task,
          const char *url,
          const char *code)
{
  TptRelayListener *self = g_task_get_source_object (task);
  Remembering *remembering = g_new0 (Remembering, 1);
  TptListenerSecret *secret = tpt_listener_secret_new ();
  g_autoptr (GError) error = NULL;
  char *text;

  remembering->secret = secret;
  g_task_set_task_data (task, remembering, (GDestroyNotify) remembering_free);
  secret->url = tpt_listener_client_check_url (url, &error);
  if (secret->url == NULL)
    {
      g_task_return_error (task, tpt_connection_error_map (error));
      g_object_unref (task);
      return;
    }

  secret->code = tpt_text_trim (code);
  text = tpt_listener_secret_to_text (secret);
  tpt_token_store_save_async (self->secrets, TPT_SECRET_RELAY, text, NULL, remembered_cb, task);
  tpt_secret_free (text);
}

static void
tested_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (tpt_listener_enrol_test_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
stayed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Forgetting *forgetting = g_task_get_task_data (task);

  g_task_return_error (task, g_steal_pointer (&forgetting->error));
}

/* Nothing was forgotten. Who listens has begun to look after the subscription anew with that. */
static void
stay (GTask *task)
{
  TptRelayListener *self = g_task_get_source_object (task);
  Forgetting *forgetting = g_task_get_task_data (task);

  tpt_relay_listener_arrange (self);
  if (forgetting->heard.service && !self->is_started)
    tpt_relay_listener_restore_async (self, stayed_cb, g_object_ref (task));
  else
    g_task_return_error (task, g_steal_pointer (&forgetting->error));
}

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptRelayListener *self = g_task_get_source_object (task);
  Forgetting *forgetting = g_task_get_task_data (task);

  if (!tpt_listener_goodbye_finish (result, &forgetting->error))
    {
      stay (task);
      return;
    }

  if (forgetting->told != NULL)
    *forgetting->told = forgetting->heard;
  tpt_listener_webhook_remember (self->webhook, NULL);
  self->last_event_at = TPT_TIME_NONE;
  tpt_relay_listener_set (self, NULL, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  /* Whoever listens tries again; a command can do no more. */
  tpt_listener_webhook_check_finish (TPT_LISTENER_WEBHOOK (source), result, NULL);
  g_task_return_boolean (task, TRUE);
}

/**
 * tpt_relay_listener_restore_async:
 *
 * Makes the subscription again that was deleted for somebody who does not leave after all: whoever
 * stays has to be told of bookings as before, and so have the other machines of the account. It is
 * finished when its callback is called.
 */
void
tpt_relay_listener_restore_async (TptRelayListener    *self,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, tpt_relay_listener_restore_async);
  if (self->secret != NULL)
    {
      tpt_listener_webhook_restore_async (self->webhook, self->secret, NULL, restored_cb, task);
      return;
    }

  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* Reads from keyring and store whether a relay is set. Errors are of %TPT_CONNECTION_ERROR. */
void
tpt_relay_listener_load_async (TptRelayListener    *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_relay_listener_load_async);
  tpt_listener_memory_load_async (self->store, self->secrets, cancellable, loaded_cb, task);
}

gboolean
tpt_relay_listener_load_finish (TptRelayListener  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tpt_relay_listener_enrol_async:
 *
 * As tpt_listener_enrol_async (); the first relay is left for the new one. Where nobody is signed
 * in, address and code are kept, and enrolling follows the sign-in.
 */
void
tpt_relay_listener_enrol_async (TptRelayListener    *self,
                                const char          *url,
                                const char          *code,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_relay_listener_enrol_async);
  g_task_set_check_cancellable (task, FALSE);
  if (tpt_relay_listener_is_connected (self))
    tpt_listener_enrol_async (self->client, self->connection, self->secrets, url, code,
                              cancellable, enrolled_cb, task);
  else
    remember (task, url, code);
}

gboolean
tpt_relay_listener_enrol_finish (TptRelayListener  *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Enrols what waits for a sign-in, now that there was one; where nothing does, nothing happens. */
void
tpt_relay_listener_settle_async (TptRelayListener    *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_relay_listener_settle_async);
  g_task_set_check_cancellable (task, FALSE);
  if (self->waiting == NULL || self->is_settling)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }

  self->is_settling = TRUE;
  tpt_listener_enrol_async (self->client, self->connection, self->secrets, self->waiting->url,
                            self->waiting->code, cancellable, enrolled_cb, task);
}

gboolean
tpt_relay_listener_settle_finish (TptRelayListener  *self,
                                  GAsyncResult      *result,
                                  GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Has the relay send a test event; tpt_relay_trial_run_async () waits for it as well. */
void
tpt_relay_listener_test_async (TptRelayListener    *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_relay_listener_test_async);
  tpt_listener_enrol_test_async (self->client, self->secret, cancellable, tested_cb, task);
}

gboolean
tpt_relay_listener_test_finish (TptRelayListener  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Ends the enrolment; at relay and service as far as the network lets it. @heard may be NULL. */
void
tpt_relay_listener_forget_async (TptRelayListener    *self,
                                 TptListenerHeard    *heard,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Forgetting *forgetting = g_new0 (Forgetting, 1);

  forgetting->told = heard;
  g_task_set_source_tag (task, tpt_relay_listener_forget_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, forgetting, (GDestroyNotify) forgetting_free);
  tpt_relay_listener_hang_up (self);
  /* Of what still waits the relay knows nothing. */
  forgetting->heard.relay = self->waiting != NULL;
  tpt_listener_goodbye_async (self->client, self->api, self->store, self->secrets,
                              tpt_connection_get_account (self->connection), self->secret,
                              tpt_listener_webhook_get_uri (self->webhook), &forgetting->heard,
                              cancellable, forgotten_cb, task);
}

gboolean
tpt_relay_listener_forget_finish (TptRelayListener  *self,
                                  GAsyncResult      *result,
                                  GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

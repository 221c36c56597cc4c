/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-enrol.h"

#include "tpt-connection-error.h"
#include "tpt-secret.h"
#include "tpt-text.h"
#include "tpt-token-source.h"

typedef struct
{
  TptListenerClient *client;
  TptTokenStore *secrets;
  TptListenerSecret *secret;
  char *code;
  gboolean is_personal;
  gboolean is_everyones;
} Enrolment;

static void
enrolment_free (Enrolment *enrolment)
{
  g_object_unref (enrolment->client);
  g_object_unref (enrolment->secrets);
  g_clear_pointer (&enrolment->secret, tpt_listener_secret_free);
  tpt_secret_free (enrolment->code);
  g_free (enrolment);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Enrolment *enrolment = g_task_get_task_data (task);

  if (tpt_token_store_save_finish (TPT_TOKEN_STORE (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&enrolment->secret),
                           (GDestroyNotify) tpt_listener_secret_free);
  else
    g_task_return_error (task, tpt_connection_error_map (error));
}

static void
enrolled_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptRelayEnrolment) answer = NULL;
  Enrolment *enrolment = g_task_get_task_data (task);
  char *text;

  answer = tpt_listener_client_enrol_finish (TPT_LISTENER_CLIENT (source), result, &error);
  if (answer == NULL)
    {
      g_task_return_error (task, tpt_connection_error_map (error));
      return;
    }

  enrolment->secret->device = g_strdup (answer->device);
  enrolment->secret->token = g_strdup (answer->token);
  enrolment->secret->webhook_url = g_strdup (answer->webhook_url);
  enrolment->secret->signing_key = g_strdup (answer->signing_key);
  text = tpt_listener_secret_to_text (enrolment->secret);
  /* The code is used up: from here on it is not called off. */
  tpt_token_store_save_async (enrolment->secrets, TPT_SECRET_RELAY, text, NULL, saved_cb,
                              g_object_ref (task));
  tpt_secret_free (text);
}

static void
token_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *public_key = NULL;
  Enrolment *enrolment = g_task_get_task_data (task);
  TptListenerSecret *secret = enrolment->secret;
  TptRelayEnrolmentRequest request = { .enrolment_code = enrolment->code };
  char *token = tpt_token_source_get_token_finish (TPT_TOKEN_SOURCE (source), result, &error);

  if (token == NULL)
    {
      g_task_return_error (task, tpt_connection_error_map (error));
      return;
    }

  tpt_relay_box_make_keys (secret->public_key, secret->secret_key);
  public_key = tpt_relay_box_encode (secret->public_key, sizeof secret->public_key);
  request.calendly_token = token;
  request.public_key = public_key;
  request.name = (char *) g_get_host_name ();
  request.organization_feed = secret->organization_feed = enrolment->is_everyones;
  request.subscription = (char *) (enrolment->is_personal ? "personal" : "app");
  tpt_listener_client_enrol_async (enrolment->client, secret->url, &request,
                                   g_task_get_cancellable (task), enrolled_cb,
                                   g_object_ref (task));
  tpt_secret_free (token);
}

static void
tested_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (tpt_listener_client_call_finish (TPT_LISTENER_CLIENT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, tpt_connection_error_map (error));
}

/**
 * tpt_listener_enrol_async:
 * @url: as a person typed it
 * @code: the one-time code that the relay's operator gave out
 *
 * Errors are of %TPT_CONNECTION_ERROR.
 */
void
tpt_listener_enrol_async (TptListenerClient   *client,
                          TptConnection       *connection,
                          TptTokenStore       *secrets,
                          const char          *url,
                          const char          *code,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Enrolment *enrolment = g_new0 (Enrolment, 1);
  g_autoptr (GError) error = NULL;

  enrolment->client = g_object_ref (client);
  enrolment->secrets = g_object_ref (secrets);
  enrolment->secret = tpt_listener_secret_new ();
  enrolment->secret->url = tpt_listener_client_check_url (url, &error);
  enrolment->code = tpt_text_trim (code);
  enrolment->is_personal = tpt_connection_is_personal (connection);
  enrolment->is_everyones = tpt_organization_view_get_state (tpt_connection_get_view (connection))
                            == TPT_VIEW_EVERYONE;
  g_task_set_source_tag (task, tpt_listener_enrol_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, enrolment, (GDestroyNotify) enrolment_free);
  if (error != NULL || !tpt_connection_check (connection, &error))
    {
      g_task_return_error (task, tpt_connection_error_map (error));
      g_object_unref (task);
      return;
    }
  tpt_token_source_get_token_async (TPT_TOKEN_SOURCE (connection), NULL, cancellable, token_cb,
                                    task);
}

/* Returns: (transfer full): what is in the keyring now */
TptListenerSecret *
tpt_listener_enrol_finish (GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tpt_listener_enrol_test_async:
 * @secret: (nullable): of the enrolment to try
 *
 * Has the relay send a test event through journal and stream. Errors are of %TPT_CONNECTION_ERROR.
 */
void
tpt_listener_enrol_test_async (TptListenerClient       *client,
                               const TptListenerSecret *secret,
                               GCancellable            *cancellable,
                               GAsyncReadyCallback      callback,
                               gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, user_data);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, tpt_listener_enrol_test_async);
  if (secret == NULL)
    {
      error = tpt_listener_error_new_not_enrolled ();
      g_task_return_error (task, tpt_connection_error_map (error));
      return;
    }

  path = g_strdup_printf ("/v1/devices/%s/test", secret->device);
  tpt_listener_client_call_async (client, "POST", secret->url, path, secret->token, "{}",
                                  cancellable, tested_cb, g_object_ref (task));
}

gboolean
tpt_listener_enrol_test_finish (GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

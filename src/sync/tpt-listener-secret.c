/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-secret.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tpt-listener-error.h"
#include "tpt-secret.h"

#define GROUP "relay"

TptListenerSecret *
tpt_listener_secret_new (void)
{
  return g_new0 (TptListenerSecret, 1);
}

/* Overwrites what is secret before it is given back. */
void
tpt_listener_secret_free (TptListenerSecret *self)
{
  if (self == NULL)
    return;

  g_free (self->url);
  g_free (self->device);
  g_free (self->webhook_url);
  tpt_secret_free (self->code);
  tpt_secret_free (self->token);
  tpt_secret_free (self->signing_key);
  explicit_bzero (self->secret_key, sizeof self->secret_key);
  g_free (self);
}

static gboolean
is_whole (TptListenerSecret *self,
          const char        *public_key,
          const char        *secret_key)
{
  if (self->url != NULL && self->code != NULL)
    return TRUE;

  return self->url != NULL && self->device != NULL && self->token != NULL
         && self->webhook_url != NULL && public_key != NULL && secret_key != NULL
         && tpt_relay_box_decode_fixed (public_key, self->public_key, sizeof self->public_key)
         && tpt_relay_box_decode_fixed (secret_key, self->secret_key, sizeof self->secret_key);
}

/* Returns: (transfer full): for the keyring; to be freed with tpt_secret_free () */
char *
tpt_listener_secret_to_text (TptListenerSecret *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *public_key = tpt_relay_box_encode (self->public_key, sizeof self->public_key);
  g_autofree char *secret_key = tpt_relay_box_encode (self->secret_key, sizeof self->secret_key);

  g_key_file_set_string (file, GROUP, "url", self->url);
  if (self->code != NULL)
    {
      g_key_file_set_string (file, GROUP, "code", self->code);
      return g_key_file_to_data (file, NULL, NULL);
    }
  g_key_file_set_string (file, GROUP, "device", self->device);
  g_key_file_set_string (file, GROUP, "token", self->token);
  g_key_file_set_string (file, GROUP, "webhook-url", self->webhook_url);
  if (self->signing_key != NULL)
    g_key_file_set_string (file, GROUP, "signing-key", self->signing_key);
  g_key_file_set_boolean (file, GROUP, "organization-feed", self->organization_feed);
  g_key_file_set_string (file, GROUP, "public-key", public_key);
  g_key_file_set_string (file, GROUP, "secret-key", secret_key);
  explicit_bzero (secret_key, strlen (secret_key));

  return g_key_file_to_data (file, NULL, NULL);
}

/**
 * tpt_listener_secret_from_text:
 * @text: what tpt_listener_secret_to_text () wrote
 *
 * Returns: (transfer full): %NULL with %TPT_LISTENER_ERROR_NOT_ENROLLED where it is not whole
 */
TptListenerSecret *
tpt_listener_secret_from_text (const char  *text,
                               GError     **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (TptListenerSecret) self = tpt_listener_secret_new ();
  g_autofree char *public_key = NULL;
  g_autofree char *secret_key = NULL;

  if (g_key_file_load_from_data (file, text, (gsize) -1, G_KEY_FILE_NONE, NULL))
    {
      self->url = g_key_file_get_string (file, GROUP, "url", NULL);
      self->code = g_key_file_get_string (file, GROUP, "code", NULL);
      self->device = g_key_file_get_string (file, GROUP, "device", NULL);
      self->token = g_key_file_get_string (file, GROUP, "token", NULL);
      self->webhook_url = g_key_file_get_string (file, GROUP, "webhook-url", NULL);
      self->signing_key = g_key_file_get_string (file, GROUP, "signing-key", NULL);
      self->organization_feed = g_key_file_get_boolean (file, GROUP, "organization-feed", NULL);
      public_key = g_key_file_get_string (file, GROUP, "public-key", NULL);
      secret_key = g_key_file_get_string (file, GROUP, "secret-key", NULL);
    }

  if (!is_whole (self, public_key, secret_key))
    {
      g_set_error_literal (error, TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_NOT_ENROLLED,
                           _ ("The keyring’s entry for the relay is damaged. Enrol again."));
      return NULL;
    }
  if (secret_key != NULL)
    explicit_bzero (secret_key, strlen (secret_key));

  return g_steal_pointer (&self);
}

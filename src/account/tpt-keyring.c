/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-keyring.h"

#include "tpt-config.h"
#include "tpt-keyring-item.h"
#include "tpt-portal-keyring.h"
#include "tpt-service-keyring.h"

#include <glib/gi18n-lib.h>

/* How long a person may look for the password. */
#define PATIENCE_MS (30 * 1000)

typedef struct
{
  char *application_id;
  guint patience_ms;
} TptKeyringPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TptKeyring, tpt_keyring, G_TYPE_OBJECT)

static void
tpt_keyring_finalize (GObject *object)
{
  TptKeyringPrivate *priv = tpt_keyring_get_instance_private (TPT_KEYRING (object));

  g_free (priv->application_id);

  G_OBJECT_CLASS (tpt_keyring_parent_class)->finalize (object);
}

static void
tpt_keyring_class_init (TptKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_keyring_finalize;
}

static void
tpt_keyring_init (TptKeyring *self)
{
  TptKeyringPrivate *priv = tpt_keyring_get_instance_private (self);

  priv->patience_ms = PATIENCE_MS;
}

/**
 * tpt_keyring_new:
 * @application_id: whose items they are, so that a development build does not touch the others
 *
 * Returns: (transfer full): that of the session; inside Flatpak, that of the portal
 */
TptTokenStore *
tpt_keyring_new (const char *application_id)
{
  return tpt_keyring_new_of_type (tpt_portal_keyring_is_needed () ? TPT_TYPE_PORTAL_KEYRING
                                                                  : TPT_TYPE_SERVICE_KEYRING,
                                  application_id);
}

/** tpt_keyring_set_patience: how long the service and whoever it asks for a password may take */
void
tpt_keyring_set_patience (TptKeyring *self,
                          guint       milliseconds)
{
  TptKeyringPrivate *priv = tpt_keyring_get_instance_private (self);

  g_return_if_fail (TPT_IS_KEYRING (self));

  priv->patience_ms = milliseconds;
}

TptTokenStore *
tpt_keyring_new_of_type (GType       type,
                         const char *application_id)
{
  TptKeyring *self = g_object_new (type, NULL);
  TptKeyringPrivate *priv = tpt_keyring_get_instance_private (self);

  priv->application_id = g_strdup (application_id);

  return TPT_TOKEN_STORE (self);
}

/* Returns: (transfer full): for one call of libsecret's, with the patience of this keyring */
TptKeyringCall *
tpt_keyring_begin_call (TptKeyring   *self,
                        GCancellable *cancellable)
{
  TptKeyringPrivate *priv = tpt_keyring_get_instance_private (self);

  return tpt_keyring_call_new (priv->patience_ms, cancellable);
}

/* Returns: (transfer full): by which the item of that kind is found */
GHashTable *
tpt_keyring_make_attributes (TptKeyring    *self,
                             TptSecretKind  kind)
{
  TptKeyringPrivate *priv = tpt_keyring_get_instance_private (self);

  return tpt_keyring_item_make_attributes (priv->application_id, kind);
}

/**
 * tpt_keyring_fail:
 * @code: _LOCKED, _NO_KEYRING or _REFUSED
 * @reason: (transfer full) (nullable): what libsecret said
 *
 * Returns: %FALSE, so that it can be what a function returns
 */
gboolean
tpt_keyring_fail (TptAccountError   code,
                  GError           *reason,
                  GError          **error)
{
  g_autoptr (GError) owned = reason;

  if (owned != NULL)
    g_dbus_error_strip_remote_error (owned);
  if (code == TPT_ACCOUNT_ERROR_LOCKED)
    g_set_error_literal (error, TPT_ACCOUNT_ERROR, (int) code,
                         _ ("The keyring is locked, and was not unlocked"));
  else if (code == TPT_ACCOUNT_ERROR_NO_KEYRING)
    g_set_error (error, TPT_ACCOUNT_ERROR, (int) code,
                 _ ("There is no keyring in this session: %s"), owned->message);
  else
    g_set_error (error, TPT_ACCOUNT_ERROR, (int) code, _ ("The keyring refuses: %s"),
                 owned->message);

  return FALSE;
}

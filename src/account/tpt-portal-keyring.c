/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-portal-keyring.h"

#include "tpt-account-error.h"
#include "tpt-config.h"
#include "tpt-keyring-call.h"
#include "tpt-keyring-item.h"
#include "tpt-process-lock.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* How long a person may look for the password. */
#define PATIENCE_MS (30 * 1000)

struct _TptPortalKeyring
{
  GObject parent_instance;

  char *application_id;
  guint patience_ms;
};

static void tpt_portal_keyring_iface_init (TptTokenStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TptPortalKeyring, tpt_portal_keyring, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_TOKEN_STORE,
                                                      tpt_portal_keyring_iface_init))

/* libsecret's one copy of the file is shared by all threads. */
static GMutex file_lock;

/* Turns what libsecret says into what can be done about it. Takes @local, which is %NULL where
 * libsecret gives no reason. */
static gboolean
fail (GError        *local,
      GCancellable  *cancellable,
      GError       **error)
{
  if (local == NULL)
    local = g_error_new_literal (TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED,
                                 _("The keyring is locked, and was not unlocked"));
  if (local->domain == TPT_ACCOUNT_ERROR || g_cancellable_is_cancelled (cancellable))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  g_dbus_error_strip_remote_error (local);
  /* The portal's answers 1 and 2: the password window was closed, or could not be shown. */
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_FAILED))
    g_set_error_literal (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED,
                         _("The keyring is locked, and was not unlocked"));
  else if (local->domain == G_DBUS_ERROR || local->domain == G_SPAWN_ERROR
           || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_NO_KEYRING,
                 _("There is no keyring in this session: %s"), local->message);
  else
    g_set_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_REFUSED, _("The keyring refuses: %s"),
                 local->message);
  g_error_free (local);

  return FALSE;
}

/* libsecret reads the file once and never looks again. Another process may have changed it, and to
 * go on with an old token that can be used once would end the sign-in. */
static void
read_anew (void)
{
  secret_service_disconnect ();
}

/* Writing puts the whole file in place of the old one: only one process at a time may. Returns -1
 * with an error. */
static int
take_file (GCancellable  *cancellable,
           GError       **error)
{
  const char *data = g_get_user_data_dir ();
  g_autofree char *path = g_build_filename (data, "touchpoint-keyring.lock", NULL);

  if (g_mkdir_with_parents (data, 0700) == 0)
    return tpt_process_lock_take (path, cancellable, error);
  g_set_error (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_REFUSED, _("The keyring refuses: %s"),
               g_strerror (errno));

  return -1;
}

static gboolean
portal_keyring_lookup (TptTokenStore  *store,
                       TptSecretKind   kind,
                       char          **secret,
                       GCancellable   *cancellable,
                       GError        **error)
{
  TptPortalKeyring *self = TPT_PORTAL_KEYRING (store);
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&file_lock);
  g_autoptr (GHashTable) attributes
      = tpt_keyring_item_make_attributes (self->application_id, kind);
  g_autoptr (TptKeyringCall) call = tpt_keyring_call_new (self->patience_ms, cancellable);
  g_autoptr (GAsyncResult) result = NULL;
  GError *local = NULL;
  char *password;

  read_anew ();
  secret_password_lookupv (tpt_keyring_item_get_schema (), attributes, NULL, tpt_keyring_call_cb,
                           call);
  result = tpt_keyring_call_wait (call, error);
  if (result == NULL)
    return FALSE;
  password = secret_password_lookup_finish (result, &local);
  if (local != NULL)
    return fail (local, cancellable, error);
  *secret = g_strdup (password);
  secret_password_free (password);

  return TRUE;
}

static gboolean
store_item (TptPortalKeyring  *self,
            TptSecretKind      kind,
            const char        *secret,
            GCancellable      *cancellable,
            GError           **error)
{
  g_autoptr (GHashTable) attributes
      = tpt_keyring_item_make_attributes (self->application_id, kind);
  g_autoptr (TptKeyringCall) call = tpt_keyring_call_new (self->patience_ms, cancellable);
  g_autoptr (GAsyncResult) result = NULL;
  GError *local = NULL;

  read_anew ();
  secret_password_storev (tpt_keyring_item_get_schema (), attributes, SECRET_COLLECTION_DEFAULT,
                          tpt_keyring_item_get_label (kind), secret, NULL, tpt_keyring_call_cb,
                          call);
  result = tpt_keyring_call_wait (call, error);
  if (result == NULL)
    return FALSE;

  return secret_password_store_finish (result, &local) ? TRUE : fail (local, cancellable, error);
}

static gboolean
portal_keyring_save (TptTokenStore  *store,
                     TptSecretKind   kind,
                     const char     *secret,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&file_lock);
  int lock = take_file (cancellable, error);
  gboolean done;

  if (lock < 0)
    return FALSE;
  done = store_item (TPT_PORTAL_KEYRING (store), kind, secret, cancellable, error);
  tpt_process_lock_release (lock);

  return done;
}

static gboolean
clear_items (TptPortalKeyring  *self,
             TptSecretKind      kind,
             GCancellable      *cancellable,
             GError           **error)
{
  g_autoptr (GHashTable) attributes
      = tpt_keyring_item_make_attributes (self->application_id, kind);
  g_autoptr (TptKeyringCall) call = tpt_keyring_call_new (self->patience_ms, cancellable);
  g_autoptr (GAsyncResult) result = NULL;
  GError *local = NULL;

  read_anew ();
  secret_password_clearv (tpt_keyring_item_get_schema (), attributes, NULL, tpt_keyring_call_cb,
                          call);
  result = tpt_keyring_call_wait (call, error);
  if (result == NULL)
    return FALSE;
  /* FALSE without an error: there was nothing to clear. */
  if (secret_password_clear_finish (result, &local) || local == NULL)
    return TRUE;

  return fail (local, cancellable, error);
}

static gboolean
portal_keyring_clear (TptTokenStore  *store,
                      TptSecretKind   kind,
                      GCancellable   *cancellable,
                      GError        **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&file_lock);
  int lock = take_file (cancellable, error);
  gboolean done;

  if (lock < 0)
    return FALSE;
  done = clear_items (TPT_PORTAL_KEYRING (store), kind, cancellable, error);
  tpt_process_lock_release (lock);

  return done;
}

static void
tpt_portal_keyring_finalize (GObject *object)
{
  TptPortalKeyring *self = TPT_PORTAL_KEYRING (object);

  g_free (self->application_id);

  G_OBJECT_CLASS (tpt_portal_keyring_parent_class)->finalize (object);
}

static void
tpt_portal_keyring_iface_init (TptTokenStoreInterface *iface)
{
  iface->lookup = portal_keyring_lookup;
  iface->save = portal_keyring_save;
  iface->clear = portal_keyring_clear;
}

static void
tpt_portal_keyring_class_init (TptPortalKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_portal_keyring_finalize;
}

static void
tpt_portal_keyring_init (TptPortalKeyring *self)
{
  self->patience_ms = PATIENCE_MS;
}

/* Whether this process runs inside Flatpak. */
gboolean
tpt_portal_keyring_is_needed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/**
 * tpt_portal_keyring_new:
 * @application_id: whose items they are
 *
 * libsecret itself finds out where it runs, and asks the portal only inside Flatpak.
 */
TptTokenStore *
tpt_portal_keyring_new (const char *application_id)
{
  TptPortalKeyring *self = g_object_new (TPT_TYPE_PORTAL_KEYRING, NULL);

  self->application_id = g_strdup (application_id);

  return TPT_TOKEN_STORE (self);
}

/** tpt_portal_keyring_set_patience: how long the portal and whoever it asks may take */
void
tpt_portal_keyring_set_patience (TptPortalKeyring *self,
                                 guint             milliseconds)
{
  g_return_if_fail (TPT_IS_PORTAL_KEYRING (self));

  self->patience_ms = milliseconds;
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-portal-keyring.h"

#include "tpt-config.h"
#include "tpt-keyring-item.h"
#include "tpt-process-lock.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

struct _TptPortalKeyring
{
  TptKeyring parent_instance;
};

static void tpt_portal_keyring_iface_init (TptTokenStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TptPortalKeyring, tpt_portal_keyring, TPT_TYPE_KEYRING,
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
  TptAccountError code = TPT_ACCOUNT_ERROR_REFUSED;

  if (local != NULL
      && (local->domain == TPT_ACCOUNT_ERROR || g_cancellable_is_cancelled (cancellable)))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  /* The portal's answers 1 and 2: the password window was closed, or could not be shown. */
  if (local == NULL || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_FAILED))
    code = TPT_ACCOUNT_ERROR_LOCKED;
  else if (local->domain == G_DBUS_ERROR || local->domain == G_SPAWN_ERROR
           || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    code = TPT_ACCOUNT_ERROR_NO_KEYRING;

  return tpt_keyring_fail (code, local, error);
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
  TptKeyring *self = TPT_KEYRING (store);
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&file_lock);
  g_autoptr (GHashTable) attributes = tpt_keyring_make_attributes (self, kind);
  g_autoptr (TptKeyringCall) call = tpt_keyring_begin_call (self, cancellable);
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
store_item (TptKeyring     *self,
            TptSecretKind   kind,
            const char     *secret,
            GCancellable   *cancellable,
            GError        **error)
{
  g_autoptr (GHashTable) attributes = tpt_keyring_make_attributes (self, kind);
  g_autoptr (TptKeyringCall) call = tpt_keyring_begin_call (self, cancellable);
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
  done = store_item (TPT_KEYRING (store), kind, secret, cancellable, error);
  tpt_process_lock_release (lock);

  return done;
}

static gboolean
clear_items (TptKeyring     *self,
             TptSecretKind   kind,
             GCancellable   *cancellable,
             GError        **error)
{
  g_autoptr (GHashTable) attributes = tpt_keyring_make_attributes (self, kind);
  g_autoptr (TptKeyringCall) call = tpt_keyring_begin_call (self, cancellable);
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
  done = clear_items (TPT_KEYRING (store), kind, cancellable, error);
  tpt_process_lock_release (lock);

  return done;
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
}

static void
tpt_portal_keyring_init (TptPortalKeyring *self)
{
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
  return tpt_keyring_new_of_type (TPT_TYPE_PORTAL_KEYRING, application_id);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-service-keyring.h"

#include "tpt-config.h"
#include "tpt-keyring-item.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

struct _TptServiceKeyring
{
  TptKeyring parent_instance;
};

/* What is asked for: @found for a look-up, @secret for a save. */
typedef struct
{
  TptSecretKind kind;
  char **found;
  const char *secret;
} Request;

typedef gboolean (*Operation) (TptKeyring     *self,
                               const Request  *request,
                               GCancellable   *cancellable,
                               GError        **error);

static void tpt_service_keyring_iface_init (TptTokenStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TptServiceKeyring, tpt_service_keyring, TPT_TYPE_KEYRING,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_TOKEN_STORE,
                                                      tpt_service_keyring_iface_init))

/* libsecret's one connection to the service is shared by all threads, and so is a prompt. */
static GMutex service_lock;

static gboolean
is_absence (const GError *error)
{
  static const GDBusError codes[] = {
    G_DBUS_ERROR_SERVICE_UNKNOWN, G_DBUS_ERROR_NAME_HAS_NO_OWNER, G_DBUS_ERROR_NO_SERVER,
    G_DBUS_ERROR_DISCONNECTED, G_DBUS_ERROR_NO_REPLY, G_DBUS_ERROR_SPAWN_EXEC_FAILED,
    G_DBUS_ERROR_SPAWN_CHILD_EXITED, G_DBUS_ERROR_SPAWN_CHILD_SIGNALED, G_DBUS_ERROR_SPAWN_FAILED,
    G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND, G_DBUS_ERROR_SPAWN_FILE_INVALID, G_DBUS_ERROR_TIMED_OUT,
    G_DBUS_ERROR_TIMEOUT,
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (g_error_matches (error, G_DBUS_ERROR, (int) codes[i]))
        return TRUE;
    }

  return (error->domain == G_IO_ERROR && error->code != G_IO_ERROR_DBUS_ERROR)
         || error->domain == G_SPAWN_ERROR;
}

/* Turns what libsecret says into what can be done about it. Takes @local, which is %NULL where a
 * prompt was dismissed: libsecret reports that as failure without a reason. */
static gboolean
fail (GError  *local,
      GError **error)
{
  gboolean locked
      = local == NULL || g_error_matches (local, SECRET_ERROR, SECRET_ERROR_IS_LOCKED);
  TptAccountError code = TPT_ACCOUNT_ERROR_REFUSED;

  if (local != NULL
      && (local->domain == TPT_ACCOUNT_ERROR
          || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (locked)
    code = TPT_ACCOUNT_ERROR_LOCKED;
  else if (is_absence (local))
    code = TPT_ACCOUNT_ERROR_NO_KEYRING;
  /* A service that comes back later is another one; the session with the old is worth nothing. */
  if (!locked)
    secret_service_disconnect ();

  return tpt_keyring_fail (code, local, error);
}

static SecretService *
get_service (TptKeyring    *self,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (TptKeyringCall) call = tpt_keyring_begin_call (self, cancellable);
  g_autoptr (GAsyncResult) result = NULL;

  secret_service_get (SECRET_SERVICE_OPEN_SESSION, NULL,
                      tpt_keyring_call_cb, call);
  result = tpt_keyring_call_wait (call, error);

  return result != NULL ? secret_service_get_finish (result, error) : NULL;
}

/* The newest item of that kind, locked or not. FALSE with an error; TRUE with NULL where there is
 * none. Of what is in a keyring that nobody has opened since the service began, GNOME Keyring tells
 * another schema than ours: the attributes have to do. */
static gboolean
find (TptKeyring     *self,
      SecretService  *service,
      TptSecretKind   kind,
      SecretItem    **found,
      GCancellable   *cancellable,
      GError        **error)
{
  g_autoptr (GHashTable) attributes = tpt_keyring_make_attributes (self, kind);
  g_autoptr (TptKeyringCall) call = tpt_keyring_begin_call (self, cancellable);
  g_autoptr (GAsyncResult) result = NULL;
  GError *local = NULL;
  GList *items;

  *found = NULL;
  secret_service_search (service, NULL, attributes, SECRET_SEARCH_ALL, NULL, tpt_keyring_call_cb,
                         call);
  result = tpt_keyring_call_wait (call, error);
  if (result == NULL)
    return FALSE;
  items = secret_service_search_finish (service, result, &local);
  for (GList *item = items; item != NULL; item = item->next)
    {
      if (*found == NULL
          || secret_item_get_modified (item->data) > secret_item_get_modified (*found))
        g_set_object (found, item->data);
    }
  g_list_free_full (items, g_object_unref);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);

  return FALSE;
}

static gboolean
unlock (TptKeyring     *self,
        SecretService  *service,
        SecretItem     *item,
        GCancellable   *cancellable,
        GError        **error)
{
  g_autoptr (TptKeyringCall) call = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local = NULL;
  GList objects = { item, NULL, NULL };

  if (!secret_item_get_locked (item))
    return TRUE;
  call = tpt_keyring_begin_call (self, cancellable);
  secret_service_unlock (service, &objects, NULL,
                         tpt_keyring_call_cb, call);
  result = tpt_keyring_call_wait (call, error);
  if (result == NULL)
    return FALSE;
  if (secret_service_unlock_finish (service, result, NULL, &local) > 0)
    return TRUE;
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error_literal (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED,
                         _("The keyring is locked, and was not unlocked"));

  return FALSE;
}

static char *
load (TptKeyring    *self,
      SecretItem    *item,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (TptKeyringCall) call = tpt_keyring_begin_call (self, cancellable);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SecretValue) value = NULL;

  secret_item_load_secret (item, NULL, tpt_keyring_call_cb,
                           call);
  result = tpt_keyring_call_wait (call, error);
  if (result == NULL || !secret_item_load_secret_finish (item, result, error))
    return NULL;
  value = secret_item_get_secret (item);
  if (value != NULL && secret_value_get_text (value) != NULL)
    return g_strdup (secret_value_get_text (value));
  g_set_error_literal (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_BROKEN,
                       _("The keyring’s item of Touchpoint holds no text"));

  return NULL;
}

static gboolean
run_lookup (TptKeyring     *self,
            const Request  *request,
            GCancellable   *cancellable,
            GError        **error)
{
  g_autoptr (SecretService) service = get_service (self, cancellable, error);
  g_autoptr (SecretItem) item = NULL;

  if (service == NULL || !find (self, service, request->kind, &item, cancellable, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  if (!unlock (self, service, item, cancellable, error))
    return FALSE;
  *request->found = load (self, item, cancellable, error);

  return *request->found != NULL;
}

static gboolean
run_save (TptKeyring     *self,
          const Request  *request,
          GCancellable   *cancellable,
          GError        **error)
{
  g_autoptr (SecretService) service = get_service (self, cancellable, error);
  g_autoptr (GHashTable) attributes = tpt_keyring_make_attributes (self, request->kind);
  g_autoptr (SecretValue) value = secret_value_new (request->secret, -1, "text/plain");
  g_autoptr (TptKeyringCall) call = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (service == NULL)
    return FALSE;
  call = tpt_keyring_begin_call (self, cancellable);
  secret_service_store (service, tpt_keyring_item_get_schema (), attributes,
                        SECRET_COLLECTION_DEFAULT, tpt_keyring_item_get_label (request->kind),
                        value, NULL, tpt_keyring_call_cb, call);
  result = tpt_keyring_call_wait (call, error);

  return result != NULL && secret_service_store_finish (service, result, error);
}

static gboolean
delete_item (TptKeyring    *self,
             SecretItem    *item,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (TptKeyringCall) call = tpt_keyring_begin_call (self, cancellable);
  g_autoptr (GAsyncResult) result = NULL;

  secret_item_delete (item, NULL, tpt_keyring_call_cb, call);
  result = tpt_keyring_call_wait (call, error);

  return result != NULL && secret_item_delete_finish (item, result, error);
}

/* More than one can be there where somebody else has put them. Some services ask before they
 * delete, and libsecret calls it a success when that is declined: the item is then found again. */
static gboolean
run_clear (TptKeyring     *self,
           const Request  *request,
           GCancellable   *cancellable,
           GError        **error)
{
  g_autoptr (SecretService) service = get_service (self, cancellable, error);
  g_autofree char *deleted = NULL;

  while (service != NULL)
    {
      g_autoptr (SecretItem) item = NULL;
      const char *path;

      if (!find (self, service, request->kind, &item, cancellable, error))
        return FALSE;
      if (item == NULL)
        return TRUE;
      path = g_dbus_proxy_get_object_path (G_DBUS_PROXY (item));
      if (g_strcmp0 (path, deleted) == 0)
        {
          g_set_error_literal (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_REFUSED,
                               _("The keyring has kept what it was asked to delete"));
          return FALSE;
        }
      g_free (deleted);
      deleted = g_strdup (path);
      if (!unlock (self, service, item, cancellable, error)
          || !delete_item (self, item, cancellable, error))
        return FALSE;
    }

  return FALSE;
}

/* The service may have been started anew since it was asked last, and then has another address and
 * knows nothing of the session with the old one. libsecret does not always hand on which error it
 * was. */
static gboolean
may_be_stale (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_DBUS_ERROR)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
         || g_error_matches (error, SECRET_ERROR, SECRET_ERROR_PROTOCOL)
         || g_error_matches (error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT);
}

static gboolean
perform (TptKeyring     *self,
         Operation       operation,
         const Request  *request,
         GCancellable   *cancellable,
         GError        **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&service_lock);
  GError *local = NULL;

  if (operation (self, request, cancellable, &local))
    return TRUE;
  if (!may_be_stale (local))
    return fail (local, error);
  g_clear_error (&local);
  secret_service_disconnect ();

  return operation (self, request, cancellable, &local) ? TRUE : fail (local, error);
}

static gboolean
service_keyring_lookup (TptTokenStore  *store,
                        TptSecretKind   kind,
                        char          **secret,
                        GCancellable   *cancellable,
                        GError        **error)
{
  const Request request = { .kind = kind, .found = secret };

  return perform (TPT_KEYRING (store), run_lookup, &request, cancellable, error);
}

static gboolean
service_keyring_save (TptTokenStore  *store,
                      TptSecretKind   kind,
                      const char     *secret,
                      GCancellable   *cancellable,
                      GError        **error)
{
  const Request request = { .kind = kind, .secret = secret };

  return perform (TPT_KEYRING (store), run_save, &request, cancellable, error);
}

static gboolean
service_keyring_clear (TptTokenStore  *store,
                       TptSecretKind   kind,
                       GCancellable   *cancellable,
                       GError        **error)
{
  const Request request = { .kind = kind };

  return perform (TPT_KEYRING (store), run_clear, &request, cancellable, error);
}

static gboolean
service_keyring_is_locked (TptTokenStore *store,
                           TptSecretKind  kind,
                           GCancellable  *cancellable)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&service_lock);
  TptKeyring *self = TPT_KEYRING (store);
  g_autoptr (SecretService) service = get_service (self, cancellable, NULL);
  g_autoptr (SecretItem) item = NULL;

  return service != NULL && find (self, service, kind, &item, cancellable, NULL) && item != NULL
         && secret_item_get_locked (item);
}

static void
tpt_service_keyring_iface_init (TptTokenStoreInterface *iface)
{
  iface->lookup = service_keyring_lookup;
  iface->save = service_keyring_save;
  iface->clear = service_keyring_clear;
  iface->is_locked = service_keyring_is_locked;
}

static void
tpt_service_keyring_class_init (TptServiceKeyringClass *klass)
{
}

static void
tpt_service_keyring_init (TptServiceKeyring *self)
{
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-memory-token-store.h"

#include "tpt-account-error.h"
#include "tpt-secret.h"

struct _TptMemoryTokenStore
{
  GObject parent_instance;

  GMutex lock;
  GHashTable *secrets;     /* TptSecretKind → char * */
  GError *failure;
  gboolean only_saves;     /* fail */
  guint refusals;          /* calls that have failed */
};

static void tpt_memory_token_store_iface_init (TptTokenStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TptMemoryTokenStore, tpt_memory_token_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_TOKEN_STORE,
                                                      tpt_memory_token_store_iface_init))

static gboolean
check (TptMemoryTokenStore  *self,
       gboolean              is_save,
       GError              **error)
{
  if (self->failure == NULL || (self->only_saves && !is_save))
    return TRUE;
  self->refusals++;
  if (error != NULL)
    *error = g_error_copy (self->failure);

  return FALSE;
}

static gboolean
memory_lookup (TptTokenStore  *store,
               TptSecretKind   kind,
               char          **secret,
               GCancellable   *cancellable,
               GError        **error)
{
  TptMemoryTokenStore *self = TPT_MEMORY_TOKEN_STORE (store);
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (!check (self, FALSE, error))
    return FALSE;
  *secret = g_strdup (g_hash_table_lookup (self->secrets, GINT_TO_POINTER (kind)));

  return TRUE;
}

static gboolean
memory_save (TptTokenStore  *store,
             TptSecretKind   kind,
             const char     *secret,
             GCancellable   *cancellable,
             GError        **error)
{
  TptMemoryTokenStore *self = TPT_MEMORY_TOKEN_STORE (store);
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (!check (self, TRUE, error))
    return FALSE;
  g_hash_table_replace (self->secrets, GINT_TO_POINTER (kind), g_strdup (secret));

  return TRUE;
}

static gboolean
memory_clear (TptTokenStore  *store,
              TptSecretKind   kind,
              GCancellable   *cancellable,
              GError        **error)
{
  TptMemoryTokenStore *self = TPT_MEMORY_TOKEN_STORE (store);
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (!check (self, FALSE, error))
    return FALSE;
  g_hash_table_remove (self->secrets, GINT_TO_POINTER (kind));

  return TRUE;
}

static gboolean
memory_is_locked (TptTokenStore *store,
                  TptSecretKind  kind,
                  GCancellable  *cancellable)
{
  TptMemoryTokenStore *self = TPT_MEMORY_TOKEN_STORE (store);
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  return g_error_matches (self->failure, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED);
}

static void
tpt_memory_token_store_finalize (GObject *object)
{
  TptMemoryTokenStore *self = TPT_MEMORY_TOKEN_STORE (object);

  g_clear_pointer (&self->secrets, g_hash_table_unref);
  g_clear_error (&self->failure);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (tpt_memory_token_store_parent_class)->finalize (object);
}

static void
tpt_memory_token_store_iface_init (TptTokenStoreInterface *iface)
{
  iface->lookup = memory_lookup;
  iface->save = memory_save;
  iface->clear = memory_clear;
  iface->is_locked = memory_is_locked;
}

static void
tpt_memory_token_store_class_init (TptMemoryTokenStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_memory_token_store_finalize;
}

static void
tpt_memory_token_store_init (TptMemoryTokenStore *self)
{
  g_mutex_init (&self->lock);
  self->secrets = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) tpt_secret_free);
}

TptTokenStore *
tpt_memory_token_store_new (void)
{
  return g_object_new (TPT_TYPE_MEMORY_TOKEN_STORE, NULL);
}

/**
 * tpt_memory_token_store_set_failure:
 * @error: (nullable): what every call fails with from now on, as a keyring does that was locked
 *   meanwhile
 * @only_saves: only calls that write fail, as where its disk is full
 */
void
tpt_memory_token_store_set_failure (TptMemoryTokenStore *self,
                                    const GError        *error,
                                    gboolean             only_saves)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;

  g_return_if_fail (TPT_IS_MEMORY_TOKEN_STORE (self));

  locker = g_mutex_locker_new (&self->lock);
  g_clear_error (&self->failure);
  self->failure = error != NULL ? g_error_copy (error) : NULL;
  self->only_saves = only_saves;
}

/** tpt_memory_token_store_get_refusals: how many calls have failed, each with somebody asked */
guint
tpt_memory_token_store_get_refusals (TptMemoryTokenStore *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;

  g_return_val_if_fail (TPT_IS_MEMORY_TOKEN_STORE (self), 0);

  locker = g_mutex_locker_new (&self->lock);

  return self->refusals;
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-token-store.h"

#include "tpt-secret.h"

G_DEFINE_INTERFACE (TptTokenStore, tpt_token_store, G_TYPE_OBJECT)

typedef struct
{
  TptSecretKind kind;
  char *secret;            /* to be saved, or found */
} Job;

static void
job_free (Job *job)
{
  tpt_secret_free (job->secret);
  g_free (job);
}

static GTask *
job_new (TptTokenStore       *self,
         TptSecretKind        kind,
         const char          *secret,
         GCancellable        *cancellable,
         GAsyncReadyCallback  callback,
         gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->secret = g_strdup (secret);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);

  return task;
}

static void
return_outcome (GTask    *task,
                gboolean  done,
                GError   *error)
{
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
lookup_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  gboolean done = tpt_token_store_lookup (source, job->kind, &job->secret, cancellable, &error);

  return_outcome (task, done, error);
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  gboolean done = tpt_token_store_save (source, job->kind, job->secret, cancellable, &error);

  return_outcome (task, done, error);
}

static void
clear_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  gboolean done = tpt_token_store_clear (source, job->kind, cancellable, &error);

  return_outcome (task, done, error);
}

static void
tpt_token_store_default_init (TptTokenStoreInterface *iface)
{
}

/** tpt_secret_kind_to_string: the word by which an item of that kind is found */
const char *
tpt_secret_kind_to_string (TptSecretKind kind)
{
  switch (kind)
    {
    case TPT_SECRET_TOKENS:
      return "tokens";
    case TPT_SECRET_DATABASE_KEY:
      return "database-key";
    case TPT_SECRET_RELAY:
      return "relay";
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * tpt_token_store_lookup:
 * @secret: (out) (transfer full) (nullable): the secret, for tpt_secret_free(); %NULL where none
 *   is stored
 *
 * Returns: %FALSE with an error when it cannot be known whether there is one
 */
gboolean
tpt_token_store_lookup (TptTokenStore  *self,
                        TptSecretKind   kind,
                        char          **secret,
                        GCancellable   *cancellable,
                        GError        **error)
{
  g_return_val_if_fail (TPT_IS_TOKEN_STORE (self), FALSE);
  g_return_val_if_fail (secret != NULL, FALSE);

  *secret = NULL;

  return TPT_TOKEN_STORE_GET_IFACE (self)->lookup (self, kind, secret, cancellable, error);
}

/**
 * tpt_token_store_save:
 *
 * Replaces what is stored; once it returns TRUE the secret outlives this process
 */
gboolean
tpt_token_store_save (TptTokenStore  *self,
                      TptSecretKind   kind,
                      const char     *secret,
                      GCancellable   *cancellable,
                      GError        **error)
{
  g_return_val_if_fail (TPT_IS_TOKEN_STORE (self), FALSE);
  g_return_val_if_fail (secret != NULL, FALSE);

  return TPT_TOKEN_STORE_GET_IFACE (self)->save (self, kind, secret, cancellable, error);
}

/** tpt_token_store_clear: TRUE also when there was none */
gboolean
tpt_token_store_clear (TptTokenStore  *self,
                       TptSecretKind   kind,
                       GCancellable   *cancellable,
                       GError        **error)
{
  g_return_val_if_fail (TPT_IS_TOKEN_STORE (self), FALSE);

  return TPT_TOKEN_STORE_GET_IFACE (self)->clear (self, kind, cancellable, error);
}

/**
 * tpt_token_store_is_locked:
 *
 * Returns: whether somebody would be asked for a password first; nobody is asked now. %FALSE where
 *   that is not known
 */
gboolean
tpt_token_store_is_locked (TptTokenStore *self,
                           TptSecretKind  kind,
                           GCancellable  *cancellable)
{
  TptTokenStoreInterface *iface;

  g_return_val_if_fail (TPT_IS_TOKEN_STORE (self), FALSE);

  iface = TPT_TOKEN_STORE_GET_IFACE (self);

  return iface->is_locked != NULL && iface->is_locked (self, kind, cancellable);
}

void
tpt_token_store_lookup_async (TptTokenStore       *self,
                              TptSecretKind        kind,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = job_new (self, kind, NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_token_store_lookup_async);
  g_task_run_in_thread (task, lookup_thread);
}

gboolean
tpt_token_store_lookup_finish (TptTokenStore  *self,
                               GAsyncResult   *result,
                               char          **secret,
                               GError        **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  job = g_task_get_task_data (G_TASK (result));
  *secret = NULL;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *secret = g_steal_pointer (&job->secret);

  return TRUE;
}

void
tpt_token_store_save_async (TptTokenStore       *self,
                            TptSecretKind        kind,
                            const char          *secret,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = job_new (self, kind, secret, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_token_store_save_async);
  g_task_run_in_thread (task, save_thread);
}

gboolean
tpt_token_store_save_finish (TptTokenStore  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
tpt_token_store_clear_async (TptTokenStore       *self,
                             TptSecretKind        kind,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = job_new (self, kind, NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_token_store_clear_async);
  g_task_run_in_thread (task, clear_thread);
}

gboolean
tpt_token_store_clear_finish (TptTokenStore  *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

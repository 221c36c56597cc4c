/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-token-refresh.h"

#include "tpt-account-error.h"
#include "tpt-config.h"
#include "tpt-grant-keeper.h"
#include "tpt-secret.h"

#include <glib/gi18n-lib.h>

struct _TptTokenRefresh
{
  GObject parent_instance;

  TptGrantKeeper *keeper;
  TptGrant *grant;         /* the last that was handed out or stored */
  GPtrArray *waiting;      /* (element-type GTask): who wants a fresh one */
  gboolean running;        /* a worker is at it */
  gboolean was_locked;     /* as the last of them found the keyring */
};

G_DEFINE_FINAL_TYPE (TptTokenRefresh, tpt_token_refresh, G_TYPE_OBJECT)

/* What a worker thread is given and what it brings back. */
typedef struct
{
  TptGrant *grant;
  char *rejected;
  gboolean revoked;
} Job;

static void run (TptTokenRefresh *self,
                 const char      *rejected);

static void
job_free (Job *job)
{
  g_clear_pointer (&job->grant, tpt_grant_free);
  tpt_secret_free (job->rejected);
  g_free (job);
}

static GTask *
job_new (TptTokenRefresh     *self,
         GCancellable        *cancellable,
         GAsyncReadyCallback  callback,
         gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_new0 (Job, 1), (GDestroyNotify) job_free);

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
run_thread (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  TptTokenRefresh *self = source;
  Job *job = task_data;
  GError *error = NULL;

  job->grant = tpt_grant_keeper_get (self->keeper, job->rejected, cancellable, &error);
  return_outcome (task, job->grant != NULL, error);
}

static gboolean
can_use (TptTokenRefresh *self,
         const char      *rejected)
{
  return self->grant != NULL && tpt_grant_keeper_is_fresh (self->keeper, self->grant)
         && !tpt_secret_equal (self->grant->access_token, rejected);
}

static void
return_grant (TptTokenRefresh *self,
              GTask           *task)
{
  g_task_return_pointer (task, tpt_grant_copy (self->grant), (GDestroyNotify) tpt_grant_free);
}

/* Everybody who waits gets what came, but for those who know already that it is rejected. */
static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  TptTokenRefresh *self = TPT_TOKEN_REFRESH (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->running = FALSE;
  g_clear_pointer (&self->grant, tpt_grant_free);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    self->grant = g_steal_pointer (&job->grant);
  self->was_locked = g_error_matches (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED);

  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);
      Job *wanted = g_task_get_task_data (task);

      if (g_task_return_error_if_cancelled (task))
        continue;
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else if (!tpt_secret_equal (self->grant->access_token, wanted->rejected))
        return_grant (self, task);
      else
        g_ptr_array_add (self->waiting, g_object_ref (task));
    }
  if (self->waiting->len > 0)
    {
      Job *wanted = g_task_get_task_data (g_ptr_array_index (self->waiting, 0));

      run (self, wanted->rejected);
    }
}

/* The worker is not canceled with any of those who wait: a refresh that has begun has to end. */
static void
run (TptTokenRefresh *self,
     const char      *rejected)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  if (self->running)
    return;
  self->running = TRUE;
  task = job_new (self, NULL, ran_cb, NULL);
  job = g_task_get_task_data (task);
  job->rejected = g_strdup (rejected);
  g_task_set_source_tag (task, run);
  g_task_run_in_thread (task, run_thread);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  TptTokenRefresh *self = source;
  Job *job = task_data;
  GError *error = NULL;
  gboolean done = tpt_grant_keeper_read (self->keeper, &job->grant, cancellable, &error);

  return_outcome (task, done, error);
}

static void
check_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  TptTokenRefresh *self = source;

  if (tpt_grant_keeper_is_locked (self->keeper, cancellable))
    g_task_return_new_error (task, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED, "%s",
                             _("The keyring is locked, and was not unlocked"));
  else
    g_task_return_boolean (task, TRUE);
}

static void
put_thread (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  TptTokenRefresh *self = source;
  Job *job = task_data;
  GError *error = NULL;
  gboolean done = tpt_grant_keeper_put (self->keeper, job->grant, cancellable, &error);

  return_outcome (task, done, error);
}

static void
remove_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  TptTokenRefresh *self = source;
  Job *job = task_data;
  GError *error = NULL;
  gboolean done = tpt_grant_keeper_remove (self->keeper, &job->revoked, cancellable, &error);

  return_outcome (task, done, error);
}

static void
tpt_token_refresh_finalize (GObject *object)
{
  TptTokenRefresh *self = TPT_TOKEN_REFRESH (object);

  g_clear_pointer (&self->keeper, tpt_grant_keeper_free);
  g_clear_pointer (&self->grant, tpt_grant_free);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);

  G_OBJECT_CLASS (tpt_token_refresh_parent_class)->finalize (object);
}

static void
tpt_token_refresh_class_init (TptTokenRefreshClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_token_refresh_finalize;
}

static void
tpt_token_refresh_init (TptTokenRefresh *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * tpt_token_refresh_new:
 * @store: where the grant is kept
 * @auth_url: such as `https://auth.calendly.com`
 * @lock_path: of the file by which processes keep out of each other's way; its directory has to
 *   be there
 */
TptTokenRefresh *
tpt_token_refresh_new (TptTokenStore *store,
                       const char    *auth_url,
                       const char    *lock_path,
                       TptClock      *clock)
{
  TptTokenRefresh *self = g_object_new (TPT_TYPE_TOKEN_REFRESH, NULL);

  self->keeper = tpt_grant_keeper_new (store, auth_url, lock_path, clock);

  return self;
}

/** tpt_token_refresh_set_uptime: another clock than the machine's that nobody sets */
void
tpt_token_refresh_set_uptime (TptTokenRefresh *self,
                              gint64         (*uptime) (void))
{
  g_return_if_fail (TPT_IS_TOKEN_REFRESH (self));

  tpt_grant_keeper_set_uptime (self->keeper, uptime);
}

/**
 * tpt_token_refresh_get_async:
 * @rejected: (nullable): the token that the service has just answered with 401
 */
void
tpt_token_refresh_get_async (TptTokenRefresh     *self,
                             const char          *rejected,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (TPT_IS_TOKEN_REFRESH (self));

  task = job_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tpt_token_refresh_get_async);
  if (!self->running && can_use (self, rejected))
    {
      return_grant (self, task);
      return;
    }
  job = g_task_get_task_data (task);
  job->rejected = g_strdup (rejected);
  g_ptr_array_add (self->waiting, g_object_ref (task));
  run (self, rejected);
}

/**
 * tpt_token_refresh_get_finish:
 *
 * (returns: transfer full, nullable) a grant whose `access_token` can be used now
 */
TptGrant *
tpt_token_refresh_get_finish (TptTokenRefresh  *self,
                              GAsyncResult     *result,
                              GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tpt_token_refresh_dup_token:
 *
 * Returns: (transfer full) (nullable): a token that can be used now; %NULL where
 *   tpt_token_refresh_get_async() has to look for one
 */
char *
tpt_token_refresh_dup_token (TptTokenRefresh *self)
{
  g_return_val_if_fail (TPT_IS_TOKEN_REFRESH (self), NULL);

  return !self->running && can_use (self, NULL) ? g_strdup (self->grant->access_token) : NULL;
}

/**
 * tpt_token_refresh_check_async:
 *
 * For what nobody waits for: who did not unlock the keyring when asked for the last token is not to
 * be asked again and again.
 */
void
tpt_token_refresh_check_async (TptTokenRefresh     *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TPT_IS_TOKEN_REFRESH (self));

  task = job_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tpt_token_refresh_check_async);
  if (self->was_locked)
    g_task_run_in_thread (task, check_thread);
  else
    g_task_return_boolean (task, TRUE);
}

/** tpt_token_refresh_check_finish: %FALSE with %TPT_ACCOUNT_ERROR_LOCKED while it still is */
gboolean
tpt_token_refresh_check_finish (TptTokenRefresh  *self,
                                GAsyncResult     *result,
                                GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/** tpt_token_refresh_read_async: what is stored, without asking the service */
void
tpt_token_refresh_read_async (TptTokenRefresh     *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TPT_IS_TOKEN_REFRESH (self));

  task = job_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tpt_token_refresh_read_async);
  g_task_run_in_thread (task, read_thread);
}

/**
 * tpt_token_refresh_read_finish:
 * @grant: (out) (transfer full) (nullable): %NULL where nobody is signed in; without an access
 *   token where the sign-in
 *   has ended
 */
gboolean
tpt_token_refresh_read_finish (TptTokenRefresh  *self,
                               GAsyncResult     *result,
                               TptGrant        **grant,
                               GError          **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  job = g_task_get_task_data (G_TASK (result));
  *grant = NULL;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *grant = g_steal_pointer (&job->grant);

  return TRUE;
}

/** tpt_token_refresh_put_async: stores a new sign-in in place of what is there */
void
tpt_token_refresh_put_async (TptTokenRefresh     *self,
                             const TptGrant      *grant,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (TPT_IS_TOKEN_REFRESH (self));
  g_return_if_fail (grant != NULL);

  task = job_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tpt_token_refresh_put_async);
  job = g_task_get_task_data (task);
  job->grant = tpt_grant_copy (grant);
  g_task_run_in_thread (task, put_thread);
}

gboolean
tpt_token_refresh_put_finish (TptTokenRefresh  *self,
                              GAsyncResult     *result,
                              GError          **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  job = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  g_clear_pointer (&self->grant, tpt_grant_free);
  self->grant = g_steal_pointer (&job->grant);

  return TRUE;
}

/**
 * tpt_token_refresh_remove_async:
 *
 * Revokes the sign-in if the service can be reached, and forgets it in any case
 */
void
tpt_token_refresh_remove_async (TptTokenRefresh     *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TPT_IS_TOKEN_REFRESH (self));

  task = job_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tpt_token_refresh_remove_async);
  g_task_run_in_thread (task, remove_thread);
}

/**
 * tpt_token_refresh_remove_finish:
 * @revoked: (out) (nullable): whether the service has confirmed it; a personal token can't be
 *   revoked from here
 */
gboolean
tpt_token_refresh_remove_finish (TptTokenRefresh  *self,
                                 GAsyncResult     *result,
                                 gboolean         *revoked,
                                 GError          **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  job = g_task_get_task_data (G_TASK (result));
  if (revoked != NULL)
    *revoked = job->revoked;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  g_clear_pointer (&self->grant, tpt_grant_free);

  return TRUE;
}

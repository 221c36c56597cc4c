/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-redirect.h"

#include "tpt-redirect-answer.h"
#include "tpt-secret.h"

typedef struct
{
  char *state;
  GTask *task;             /* who waits */
  gboolean used;           /* the right answer was there, or none is wanted any more */
  char *code;
  GError *error;           /* what came in place of the code */
} TptRedirectPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TptRedirect, tpt_redirect, G_TYPE_OBJECT)

static void
redirect_stop (TptRedirect *self)
{
  TptRedirectPrivate *priv = tpt_redirect_get_instance_private (self);
  g_autoptr (GTask) task = g_steal_pointer (&priv->task);

  priv->used = TRUE;
  if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped");
}

static void
tpt_redirect_finalize (GObject *object)
{
  TptRedirectPrivate *priv = tpt_redirect_get_instance_private (TPT_REDIRECT (object));

  tpt_secret_free (priv->state);
  tpt_secret_free (priv->code);
  g_clear_error (&priv->error);

  G_OBJECT_CLASS (tpt_redirect_parent_class)->finalize (object);
}

static void
tpt_redirect_class_init (TptRedirectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_redirect_finalize;
  klass->stop = redirect_stop;
}

static void
tpt_redirect_init (TptRedirect *self)
{
}

/* Once, and once this has finished well, the browser may come. */
void
tpt_redirect_start_async (TptRedirect         *self,
                          const char          *state,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  TptRedirectPrivate *priv = tpt_redirect_get_instance_private (self);

  g_return_if_fail (TPT_IS_REDIRECT (self));
  g_return_if_fail (state != NULL);
  g_return_if_fail (priv->state == NULL);

  priv->state = g_strdup (state);
  TPT_REDIRECT_GET_CLASS (self)->start_async (self, state, cancellable, callback, user_data);
}

/**
 * tpt_redirect_start_finish:
 *
 * Returns: (transfer full) (nullable): the redirect URI; %NULL with %TPT_ACCOUNT_ERROR, or with
 *   what whoever else has to make ready reported
 */
char *
tpt_redirect_start_finish (TptRedirect   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  TptRedirectPrivate *priv = tpt_redirect_get_instance_private (self);
  char *uri;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  uri = g_task_propagate_pointer (G_TASK (result), error);
  if (uri == NULL)
    priv->used = TRUE;

  return uri;
}

void
tpt_redirect_wait_async (TptRedirect         *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  TptRedirectPrivate *priv = tpt_redirect_get_instance_private (self);

  g_return_if_fail (TPT_IS_REDIRECT (self));
  g_return_if_fail (priv->task == NULL);

  priv->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (priv->task, tpt_redirect_wait_async);
  tpt_redirect_settle (self);
}

/**
 * tpt_redirect_wait_finish:
 *
 * Returns: (transfer full) (nullable): the code, for tpt_secret_free(); %NULL with
 *   %TPT_ACCOUNT_ERROR_DENIED, _EXCHANGE for any other error of the service, or _TRIES
 */
char *
tpt_redirect_wait_finish (TptRedirect   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/** tpt_redirect_stop: closes what was opened; more than once is fine */
void
tpt_redirect_stop (TptRedirect *self)
{
  g_return_if_fail (TPT_IS_REDIRECT (self));

  TPT_REDIRECT_GET_CLASS (self)->stop (self);
}

/**
 * tpt_redirect_judge:
 * @query: (nullable): from anybody, still encoded
 *
 * The right answer spends the state, and is handed over by tpt_redirect_settle(). Any other
 * changes nothing.
 */
TptRedirectVerdict
tpt_redirect_judge (TptRedirect *self,
                    const char  *query)
{
  TptRedirectPrivate *priv = tpt_redirect_get_instance_private (self);
  g_autoptr (TptRedirectAnswer) answer = tpt_redirect_answer_parse (query);

  g_return_val_if_fail (TPT_IS_REDIRECT (self), TPT_REDIRECT_WRONG);

  if (answer == NULL || !tpt_secret_equal (answer->state, priv->state)
      || (answer->code == NULL) == (answer->error == NULL))
    return TPT_REDIRECT_WRONG;
  if (priv->used)
    return TPT_REDIRECT_REPEATED;

  /* From here on the state is spent, before anything is done with the code. */
  priv->used = TRUE;
  priv->code = g_steal_pointer (&answer->code);
  g_clear_error (&priv->error);
  priv->error = tpt_redirect_answer_to_error (answer);

  return TPT_REDIRECT_RIGHT;
}

/**
 * tpt_redirect_give_up:
 * @error: what tpt_redirect_settle() hands over unless the right answer still comes before
 *
 * Returns: %FALSE where there is an outcome already, and this changes nothing
 */
gboolean
tpt_redirect_give_up (TptRedirect  *self,
                      const GError *error)
{
  TptRedirectPrivate *priv = tpt_redirect_get_instance_private (self);

  g_return_val_if_fail (TPT_IS_REDIRECT (self), FALSE);

  if (priv->used || priv->error != NULL)
    return FALSE;
  priv->error = g_error_copy (error);

  return TRUE;
}

/** tpt_redirect_settle: hands the outcome over once there are both one and somebody who waits */
void
tpt_redirect_settle (TptRedirect *self)
{
  TptRedirectPrivate *priv = tpt_redirect_get_instance_private (self);
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TPT_IS_REDIRECT (self));

  if (priv->task == NULL || (priv->code == NULL && priv->error == NULL))
    return;
  task = g_steal_pointer (&priv->task);
  if (priv->error != NULL)
    g_task_return_error (task, g_steal_pointer (&priv->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&priv->code), (GDestroyNotify) tpt_secret_free);
}

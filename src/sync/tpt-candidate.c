/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-candidate.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-account-check.h"
#include "tpt-secret.h"

struct _TptCandidate
{
  GObject parent_instance;

  /* owned */
  char *token;
  GString *refused;        /* scopes, separated by spaces */
};

static void token_source_init (TptTokenSourceInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TptCandidate, tpt_candidate, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_TOKEN_SOURCE, token_source_init))

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  TptUser *user = tpt_account_check_finish (TPT_API_CLIENT (source), result, &error);

  if (user != NULL)
    g_task_return_pointer (task, user, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
tpt_candidate_get_token_async (TptTokenSource      *source,
                               const char          *rejected,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  TptCandidate *self = TPT_CANDIDATE (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_candidate_get_token_async);
  if (rejected != NULL)
    g_task_return_new_error (task, TPT_API_ERROR, TPT_API_ERROR_UNAUTHORIZED, "%s",
                             _ ("Calendly does not accept this token."));
  else
    g_task_return_pointer (task, g_strdup (self->token), (GDestroyNotify) tpt_secret_free);
}

static char *
tpt_candidate_get_token_finish (TptTokenSource  *source,
                                GAsyncResult    *result,
                                GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
tpt_candidate_note_refusal (TptTokenSource *source,
                            const GError   *error)
{
  TptCandidate *self = TPT_CANDIDATE (source);
  const char *const *scopes = tpt_api_error_get_scopes (error);

  for (gsize i = 0; scopes != NULL && scopes[i] != NULL; i++)
    g_string_append_printf (self->refused, "%s ", scopes[i]);
}

static void
token_source_init (TptTokenSourceInterface *interface)
{
  interface->get_token_async = tpt_candidate_get_token_async;
  interface->get_token_finish = tpt_candidate_get_token_finish;
  interface->note_refusal = tpt_candidate_note_refusal;
}

static void
tpt_candidate_finalize (GObject *object)
{
  TptCandidate *self = TPT_CANDIDATE (object);

  tpt_secret_free (self->token);
  g_string_free (self->refused, TRUE);

  G_OBJECT_CLASS (tpt_candidate_parent_class)->finalize (object);
}

static void
tpt_candidate_class_init (TptCandidateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_candidate_finalize;
}

static void
tpt_candidate_init (TptCandidate *self)
{
  self->refused = g_string_new (NULL);
}

TptCandidate *
tpt_candidate_new (const char *token)
{
  TptCandidate *self = g_object_new (TPT_TYPE_CANDIDATE, NULL);

  self->token = g_strdup (token);

  return self;
}

/**
 * tpt_candidate_check_async:
 * @api_url: such as `https://api.calendly.com`
 *
 * Asks whose token it is, with role and plan where the token may know them.
 */
void
tpt_candidate_check_async (TptCandidate        *self,
                           const char          *api_url,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (TptApiClient) client = tpt_api_client_new (api_url, TPT_TOKEN_SOURCE (self));

  g_task_set_source_tag (task, tpt_candidate_check_async);
  tpt_account_check_async (client, cancellable, checked_cb, task);
}

/* Returns: (transfer full) */
TptUser *
tpt_candidate_check_finish (TptCandidate  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Returns: (nullable): the scopes that questions were refused for, separated by spaces */
const char *
tpt_candidate_get_refused (TptCandidate *self)
{
  return self->refused->len > 0 ? self->refused->str : NULL;
}

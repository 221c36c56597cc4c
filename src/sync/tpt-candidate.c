/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-candidate.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-api-client.h"
#include "tpt-organization-client.h"
#include "tpt-scopes.h"
#include "tpt-secret.h"
#include "tpt-user-client.h"

struct _TptCandidate
{
  GObject parent_instance;

  /* owned */
  char *token;
  GString *refused;        /* scopes, separated by spaces */
};

typedef struct
{
  TptApiClient *client;
  TptUser *user;
} Check;

static void token_source_init (TptTokenSourceInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TptCandidate, tpt_candidate, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_TOKEN_SOURCE, token_source_init))

static void
check_free (Check *check)
{
  g_object_unref (check->client);
  g_clear_object (&check->user);
  g_free (check);
}

/* Role and plan explain refusals; a sign-in that may not know them is one all the same. */
static gboolean
is_fatal (const GError *error)
{
  return error->domain != TPT_API_ERROR
         || (error->code != TPT_API_ERROR_SCOPE && error->code != TPT_API_ERROR_PERMISSION
             && error->code != TPT_API_ERROR_PLAN && error->code != TPT_API_ERROR_NOT_FOUND);
}

static void
plan_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Check *check = g_task_get_task_data (task);

  check->user->plan =
    tpt_organization_client_get_plan_finish (TPT_API_CLIENT (source), result, &error);
  if (error != NULL && is_fatal (error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&check->user), g_object_unref);
}

static void
role_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Check *check = g_task_get_task_data (task);

  check->user->role =
    tpt_organization_client_get_role_finish (TPT_API_CLIENT (source), result, &error);
  if (error != NULL && is_fatal (error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  tpt_organization_client_get_plan_async (check->client, check->user->organization,
                                          g_task_get_cancellable (task), plan_cb,
                                          g_object_ref (task));
}

static void
me_cb (GObject      *source,
       GAsyncResult *result,
       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;

  check->user = tpt_user_client_get_me_finish (TPT_API_CLIENT (source), result, &error);
  if (check->user == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  tpt_organization_client_get_role_async (check->client, check->user->uri,
                                          g_task_get_cancellable (task), role_cb,
                                          g_object_ref (task));
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
  g_auto (GStrv) scopes = NULL;

  if (!g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_SCOPE))
    return;
  scopes = tpt_scopes_find (error->message);
  for (gsize i = 0; scopes[i] != NULL; i++)
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
  Check *check = g_new0 (Check, 1);

  check->client = tpt_api_client_new (api_url, TPT_TOKEN_SOURCE (self));
  g_task_set_source_tag (task, tpt_candidate_check_async);
  g_task_set_task_data (task, check, (GDestroyNotify) check_free);
  tpt_user_client_get_me_async (check->client, cancellable, me_cb, task);
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

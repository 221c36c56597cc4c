/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sign-in.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-account-loader.h"
#include "tpt-account-verify.h"
#include "tpt-candidate.h"
#include "tpt-connection-error.h"
#include "tpt-customers-table.h"
#include "tpt-farewell.h"
#include "tpt-kept-record.h"
#include "tpt-meetings-table.h"
#include "tpt-permissions.h"
#include "tpt-settings-table.h"

typedef struct
{
  TptConnection *connection;
  TptTokenRefresh *tokens;
  char *api_url;
  TptGrant *grant;
  TptOtherAccount other;
  TptGrant *previous;      /* what the keyring holds, or NULL */
  TptUser *user;           /* whose @grant is */
  char *refused;
  TptUser *known;          /* whose record is here; NULL: nobody's */
  GError *error;           /* to be told when what was done is undone */
  gboolean is_empty;
} SignIn;

static void
sign_in_free (SignIn *data)
{
  g_object_unref (data->connection);
  g_object_unref (data->tokens);
  g_free (data->api_url);
  tpt_grant_free (data->grant);
  tpt_grant_free (data->previous);
  g_clear_object (&data->user);
  g_free (data->refused);
  g_clear_object (&data->known);
  g_clear_error (&data->error);
  g_free (data);
}

static gboolean
is_same (TptUser *a,
         TptUser *b)
{
  return g_strcmp0 (a->uri, b->uri) == 0 && g_strcmp0 (a->organization, b->organization) == 0;
}

static gboolean
compare_func (TptSession  *session,
              gpointer     user_data,
              GError     **error)
{
  SignIn *data = user_data;
  gint64 meetings, customers;

  g_clear_object (&data->known);
  if (!tpt_settings_table_get_account (session, &data->known, error)
      || !tpt_meetings_table_count (session, &meetings, error)
      || !tpt_customers_table_count (session, &customers, error))
    return FALSE;
  data->is_empty = meetings == 0 && customers == 0;

  return TRUE;
}

static gboolean
save_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  SignIn *data = user_data;

  TptTime now = tpt_clock_now (tpt_store_get_clock (tpt_connection_get_store (data->connection)));

  return tpt_settings_table_set_account (session, data->user, error)
         && tpt_settings_table_set_text (session, TPT_SETTING_REFUSED_SCOPES, data->refused, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_CHECKED_AT, now, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_MOVED, FALSE, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_REFUSED, FALSE, error)
         && tpt_view_memory_set_refusal (session, NULL, error);
}

static GError *
new_other_account (SignIn *data)
{
  if (g_strcmp0 (data->known->uri, data->user->uri) == 0)
    return g_error_new (TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OTHER_ACCOUNT,
                        _ ("The account %s has moved to another organization at Calendly, and the "
                           "meetings here are of the one before. Nothing was changed."),
                        data->user->email);
  if (data->known->email == NULL)
    return g_error_new (TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OTHER_ACCOUNT,
                        _ ("Another account than %s is signed in here. Nothing was changed."),
                        data->user->email);

  return g_error_new (TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OTHER_ACCOUNT,
                      _ ("The meetings here belong to %s, and this sign-in to %s. Nothing was "
                         "changed."),
                      data->known->email, data->user->email);
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  SignIn *data = g_task_get_task_data (task);

  if (!tpt_token_refresh_remove_finish (TPT_TOKEN_REFRESH (source), result, NULL, &error))
    g_message ("The half of a sign-in stays in the keyring: %s", error->message);
  g_task_return_error (task, g_steal_pointer (&data->error));
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  SignIn *data = g_task_get_task_data (task);

  if (!tpt_token_refresh_put_finish (TPT_TOKEN_REFRESH (source), result, &error))
    g_message ("The sign-in before did not get back into the keyring: %s", error->message);
  g_task_return_error (task, g_steal_pointer (&data->error));
}

/* Who was signed in before still is, unless that was somebody else, who has been left by now. */
static void
undo (GTask *task)
{
  SignIn *data = g_task_get_task_data (task);

  if (data->previous != NULL && data->known != NULL && is_same (data->known, data->user))
    tpt_token_refresh_put_async (data->tokens, data->previous, NULL, restored_cb,
                                 g_object_ref (task));
  else
    tpt_token_refresh_remove_async (data->tokens, NULL, undone_cb, g_object_ref (task));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  SignIn *data = g_task_get_task_data (task);

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  data->error = g_error_new_literal (TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED,
                                     g_error_matches (error, TPT_STORE_ERROR, TPT_STORE_ERROR_FULL)
                                       ? error->message
                                       : _("The account could not be saved. Try again."));
  undo (task);
}

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  SignIn *data = g_task_get_task_data (task);

  if (!tpt_token_refresh_put_finish (TPT_TOKEN_REFRESH (source), result, &error))
    g_task_return_error (task, tpt_connection_error_map_sign_in (error));
  else
    tpt_store_transact_async (tpt_connection_get_store (data->connection), save_func, data, NULL,
                              NULL, saved_cb, g_object_ref (task));
}

/* From here on it is not called off: what is half done would be worse. */
static void
put (GTask *task)
{
  SignIn *data = g_task_get_task_data (task);

  tpt_token_refresh_put_async (data->tokens, data->grant, NULL, put_cb, g_object_ref (task));
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  SignIn *data = g_task_get_task_data (task);
  TptStore *store = TPT_STORE (source);
  g_autofree char *path = NULL;
  gboolean found;

  if (tpt_kept_record_take_finish (store, result, &found, &error))
    {
      put (task);
      return;
    }

  path = tpt_kept_record_get_path (tpt_store_get_path (store), data->user);
  g_task_return_new_error (task, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED,
                           _ ("The record that was kept apart for %s cannot be opened (%s). "
                              "Restore the keyring it was made with, or move the file away to "
                              "begin anew: %s"),
                           data->user->email, error->message, path);
}

/* Who was here before finds the record again. */
static void
take (GTask *task)
{
  SignIn *data = g_task_get_task_data (task);

  tpt_kept_record_take_async (tpt_connection_get_store (data->connection), data->user, taken_cb,
                              g_object_ref (task));
}

static void
left_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (tpt_farewell_run_finish (result, NULL, &error))
    take (task);
  else
    g_task_return_error (task, error);
}

static void
leave (GTask *task)
{
  SignIn *data = g_task_get_task_data (task);
  TptFarewell farewell =
    data->other == TPT_OTHER_ACCOUNT_ERASE ? TPT_FAREWELL_ERASE : TPT_FAREWELL_PUT_APART;

  tpt_farewell_run_async (data->connection, data->tokens, data->api_url, farewell, data->known,
                          NULL, left_cb, g_object_ref (task));
}

/* The store has lost whose record it is, and the keyring has not. */
static void
ask_keyring (SignIn *data)
{
  const TptGrant *previous = data->previous;

  if (data->known != NULL || previous == NULL || previous->owner == NULL)
    return;

  data->known = tpt_user_new ();
  data->known->uri = g_strdup (previous->owner);
  data->known->organization = g_strdup (previous->organization != NULL ? previous->organization
                                                                       : data->user->organization);
}

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  SignIn *data = g_task_get_task_data (task);
  gboolean is_nobodys;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    {
      g_task_return_error (task, tpt_connection_error_map_sign_in (error));
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;

  is_nobodys = data->known == NULL && data->is_empty;
  ask_keyring (data);
  if (data->known == NULL || is_same (data->known, data->user))
    {
      if (is_nobodys)
        take (task);
      else
        put (task);
    }
  else if (data->other == TPT_OTHER_ACCOUNT_ASK)
    g_task_return_error (task, new_other_account (data));
  else
    leave (task);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  SignIn *data = g_task_get_task_data (task);

  data->user = tpt_candidate_check_finish (TPT_CANDIDATE (source), result, &error);
  if (data->user == NULL)
    {
      g_task_return_error (task, tpt_connection_error_map_sign_in (error));
      return;
    }

  data->refused = g_strdup (tpt_candidate_get_refused (TPT_CANDIDATE (source)));
  tpt_grant_set_owner (data->grant, data->user->uri, data->user->organization);
  tpt_store_transact_async (tpt_connection_get_store (data->connection), compare_func, data, NULL,
                            g_task_get_cancellable (task), compared_cb, g_object_ref (task));
}

static void
previous_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptCandidate) candidate = NULL;
  SignIn *data = g_task_get_task_data (task);

  /* What cannot be read may be replaced; a keyring that is away says so again when it is needed. */
  if (!tpt_token_refresh_read_finish (TPT_TOKEN_REFRESH (source), result, &data->previous, &error))
    g_debug ("The sign-in before could not be read: %s", error->message);

  candidate = tpt_candidate_new (data->grant->access_token);
  tpt_candidate_check_async (candidate, data->api_url, g_task_get_cancellable (task), checked_cb,
                             g_object_ref (task));
}

/**
 * tpt_sign_in_run_async:
 * @grant: not stored anywhere yet
 * @other: what happens where the record here is of another account
 *
 * Errors are of %TPT_CONNECTION_ERROR; after one of them everything is as it was, but for an
 * account that was to be left: that may be disconnected, with its record whole.
 */
void
tpt_sign_in_run_async (TptConnection       *connection,
                       TptTokenRefresh     *tokens,
                       const char          *api_url,
                       const TptGrant      *grant,
                       TptOtherAccount      other,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  SignIn *data = g_new0 (SignIn, 1);

  data->connection = g_object_ref (connection);
  data->tokens = g_object_ref (tokens);
  data->api_url = g_strdup (api_url);
  data->grant = tpt_grant_copy (grant);
  data->other = other;
  g_task_set_source_tag (task, tpt_sign_in_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, data, (GDestroyNotify) sign_in_free);
  if (grant->access_token == NULL || *grant->access_token == '\0')
    g_task_return_new_error (task, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_REJECTED, "%s",
                             _ ("Paste a personal access token first."));
  else if (!tpt_grant_is_token (grant->access_token))
    g_task_return_new_error (task, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_REJECTED, "%s",
                             _ ("Calendly does not accept this token: it is wrong or revoked."));
  else
    tpt_token_refresh_read_async (tokens, cancellable, previous_cb, g_object_ref (task));
}

gboolean
tpt_sign_in_run_finish (GAsyncResult  *result,
                        GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

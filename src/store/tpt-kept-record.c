/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-kept-record.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "tpt-data-file.h"
#include "tpt-erasure.h"
#include "tpt-schema.h"
#include "tpt-store-call.h"

/* As much of the digest as no two accounts share. */
#define NAME_LENGTH 32

/* What a call answers; not 0, which stands for an error. */
enum
{
  ANSWER_DONE = 1,
  ANSWER_NONE,
};

typedef struct
{
  char *path;              /* of the database */
  char *kept;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->path);
  g_free (request->kept);
  g_free (request);
}

/* A record that is kept for the same account already, as after a crash, is not written over. */
static gboolean
make_room (const char  *kept,
           GError     **error)
{
  g_autofree char *older = g_strdup_printf ("%s.%" G_GINT64_FORMAT, kept, g_get_real_time ());

  if (!g_file_test (kept, G_FILE_TEST_IS_REGULAR) || g_rename (kept, older) == 0)
    return TRUE;
  tpt_data_file_set_error (error, "The older record cannot be put aside", errno);

  return FALSE;
}

static gpointer
put (TptSession  *session,
     gpointer     data,
     GError     **error)
{
  Request *request = data;

  /* The copy is on the disk as a whole before anything is taken away here. */
  if (!tpt_sqlite_checkpoint (session->sqlite, error) || !make_room (request->kept, error)
      || !tpt_data_file_copy (request->path, request->kept, error)
      || !tpt_erasure_run (session, error))
    return NULL;

  return GINT_TO_POINTER (ANSWER_DONE);
}

static gboolean
mark_rows (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  g_autoptr (TptStatement) customers = tpt_session_get (session, "SELECT id FROM customers");
  g_autoptr (TptStatement) meetings = tpt_session_get (session, "SELECT id FROM meetings");

  while (tpt_statement_next (customers))
    tpt_session_mark (session, TPT_CHANGE_CUSTOMERS, tpt_statement_get_int (customers, 0));
  while (tpt_statement_next (meetings))
    tpt_session_mark_meeting (session, tpt_statement_get_int (meetings, 0));
  tpt_session_mark (session,
                    TPT_CHANGE_MEETINGS | TPT_CHANGE_CUSTOMERS | TPT_CHANGE_LINKS
                      | TPT_CHANGE_EVENT_TYPES | TPT_CHANGE_SETTINGS | TPT_CHANGE_SET_ASIDE,
                    0);

  return tpt_statement_check (customers, error) && tpt_statement_check (meetings, error);
}

/* It may be from an older version of this program. */
static TptSqlite *
open_kept (TptSession  *session,
           const char  *path,
           GError     **error)
{
  g_autoptr (TptSqlite) kept = NULL;

  if (!tpt_data_file_accept (path, TPT_SCHEMA_APPLICATION_ID, error))
    return NULL;
  kept = tpt_sqlite_open (path, error);
  if (kept == NULL
      || !tpt_schema_migrate (kept, session->seal, path, tpt_schema_steps, TPT_SCHEMA_VERSION,
                              error)
      || !tpt_sqlite_checkpoint (kept, error))
    return NULL;

  return g_steal_pointer (&kept);
}

static gboolean
copy_back (TptSession  *session,
           const char  *path,
           GError     **error)
{
  g_autoptr (TptSqlite) kept = open_kept (session, path, error);

  return kept != NULL && tpt_sqlite_copy (kept, session->sqlite, error)
         && tpt_sqlite_checkpoint (session->sqlite, error);
}

static gpointer
take (TptSession  *session,
      gpointer     data,
      GError     **error)
{
  Request *request = data;

  if (!g_file_test (request->kept, G_FILE_TEST_EXISTS))
    return GINT_TO_POINTER (ANSWER_NONE);
  if (!copy_back (session, request->kept, error)
      || !tpt_session_run (session, mark_rows, NULL, error))
    return NULL;

  /* It is here now; a second copy would only grow old. */
  if (g_unlink (request->kept) != 0)
    g_warning ("The record that was kept apart could not be removed: %s", g_strerror (errno));

  return GINT_TO_POINTER (ANSWER_DONE);
}

static void
push (TptStore            *store,
      gpointer             source_tag,
      TptStoreCallFunc     func,
      TptUser             *account,
      GAsyncReadyCallback  callback,
      gpointer             user_data)
{
  GTask *task = g_task_new (store, NULL, callback, user_data);
  const char *path = tpt_store_get_path (store);
  g_autoptr (GError) error = NULL;
  Request *request;

  g_task_set_source_tag (task, source_tag);
  if (g_str_equal (path, TPT_SQLITE_MEMORY))
    {
      if (func == put)
        g_task_return_new_error (task, TPT_STORE_ERROR, TPT_STORE_ERROR_FAILED,
                                 "What is only in memory cannot be kept apart");
      else
        g_task_return_pointer (task, GINT_TO_POINTER (ANSWER_NONE), NULL);
      g_object_unref (task);
      return;
    }

  request = g_new0 (Request, 1);
  request->path = tpt_data_file_make_folder (path, &error);
  if (request->path == NULL)
    {
      request_free (request);
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }
  request->kept = tpt_kept_record_get_path (request->path, account);
  tpt_store_push_task (store, task, func, request, request_free, NULL);
}

/**
 * tpt_kept_record_get_path:
 * @database: path of the database
 *
 * Returns: (transfer full): where the record of @account lies while another one is in use. The name
 *   tells nothing about it to who only sees the folder.
 */
char *
tpt_kept_record_get_path (const char *database,
                          TptUser    *account)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s", account->uri, account->organization);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strdup_printf ("%s.kept-%.*s", database, NAME_LENGTH, digest);
}

/**
 * tpt_kept_record_put_async:
 * @account: whose record it is
 *
 * Puts the whole record apart, and leaves an empty one.
 */
void
tpt_kept_record_put_async (TptStore            *store,
                           TptUser             *account,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (TPT_IS_STORE (store));
  g_return_if_fail (TPT_IS_USER (account));

  push (store, tpt_kept_record_put_async, put, account, callback, user_data);
}

gboolean
tpt_kept_record_put_finish (TptStore      *store,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

/**
 * tpt_kept_record_take_async:
 * @account: who comes back
 *
 * Puts the record that was kept for @account in place of what is there, if there is one. That it
 * was sealed with another key is %TPT_STORE_ERROR_KEY; after an error both are as they were.
 */
void
tpt_kept_record_take_async (TptStore            *store,
                            TptUser             *account,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (TPT_IS_STORE (store));
  g_return_if_fail (TPT_IS_USER (account));

  push (store, tpt_kept_record_take_async, take, account, callback, user_data);
}

/** tpt_kept_record_take_finish: @found: (out): whether there was one */
gboolean
tpt_kept_record_take_finish (TptStore      *store,
                             GAsyncResult  *result,
                             gboolean      *found,
                             GError       **error)
{
  gpointer answer;

  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  answer = g_task_propagate_pointer (G_TASK (result), error);
  *found = answer == GINT_TO_POINTER (ANSWER_DONE);

  return answer != NULL;
}

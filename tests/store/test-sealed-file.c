/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "tpt-test-store.h"

#define START ((TptTime) 1780000000 * TPT_SECOND)

static gboolean
contains (const char *bytes,
          gsize       length,
          const char *text)
{
  return memmem (bytes, length, text, strlen (text)) != NULL;
}

/* Row 9.4: while it is open, so that the log is read, too, and after it was closed. */
static void
assert_no_plain_text (TptTestStorePlace *fixture)
{
  static const char *const secrets[] = {
    "Sentinel", "sentinel", "Anna", "Quarterly", "Hanna", "hanna@", "LINK-", "secret answer",
  };
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  gboolean found_uri = FALSE;
  const char *name;

  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
        g_assert_false (contains (bytes, length, secrets[i]));
      found_uri = found_uri || contains (bytes, length, "EVENT1");
    }
  /* Else this would prove nothing. */
  g_assert_true (found_uri);
}

static void
test_no_plain_text (TptTestStorePlace *fixture,
                    gconstpointer      data)
{
  TptStore *store;
  g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (3, START);
  TptInvitee *invitee;

  tpt_test_store_make_file (fixture->path);
  store = tpt_test_store_open (fixture->path);
  invitee = tpt_test_store_make_invitee (meeting, 1, "sentinel@third.example", 0);
  tpt_invitee_add_answer (invitee, "Question", "secret answer", 0);
  invitee->tracking.utm_content = g_strdup ("LINK-1");
  tpt_test_store_save_meeting (store, meeting);
  assert_no_plain_text (fixture);
  tpt_test_store_close (store);
  assert_no_plain_text (fixture);
}

/* The sealed bytes of the first invitee, taken out of the file itself. */
static GBytes *
read_sealed (const char *path)
{
  sqlite3 *connection = NULL;
  sqlite3_stmt *statement = NULL;
  GBytes *sealed;

  g_assert_cmpint (sqlite3_open (path, &connection), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (connection, "SELECT sealed FROM invitees WHERE id = 1", -1,
                                       &statement, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  sealed = g_bytes_new (sqlite3_column_blob (statement, 0),
                        (gsize) sqlite3_column_bytes (statement, 0));
  sqlite3_finalize (statement);
  g_assert_cmpint (sqlite3_close (connection), ==, SQLITE_OK);

  return sealed;
}

static gboolean
holds_bytes (const char *path,
             GBytes     *wanted)
{
  g_autofree char *bytes = NULL;
  gconstpointer start;
  gsize length, size;

  start = g_bytes_get_data (wanted, &size);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));

  return memmem (bytes, length, start, size) != NULL;
}

/* Not even the sealed bytes stay, in the file or in the log. */
static void
test_erased (TptTestStorePlace *fixture,
             gconstpointer      data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  TptStore *store;

  tpt_test_store_make_file (fixture->path);
  sealed = read_sealed (fixture->path);
  g_assert_true (holds_bytes (fixture->path, sealed));
  store = tpt_test_store_open (fixture->path);
  tpt_store_erase_async (store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_true (tpt_store_erase_finish (store, result, &error));
  g_assert_no_error (error);
  g_assert_false (holds_bytes (fixture->path, sealed));
  g_assert_false (holds_bytes (log, sealed));
  g_clear_object (&result);
  tpt_test_store_close (store);
}

static GError *
list_error (TptTestStorePlace *fixture)
{
  TptStore *store = tpt_test_store_open (fixture->path);
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };
  TptMeetingQuery query = { 0 };
  GError *error = NULL;

  tpt_store_list_meetings_async (store, &query, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_null (tpt_store_list_meetings_finish (store, result, &error));
  g_clear_object (&result);
  tpt_test_store_close (store);

  return error;
}

/* A field that was put into another row, and one that was changed, are told and never shown. */
static void
test_swapped_and_poisoned (TptTestStorePlace *fixture,
                           gconstpointer      data)
{
  g_autoptr (GError) swapped = NULL;
  g_autoptr (GError) poisoned = NULL;

  tpt_test_store_make_file (fixture->path);
  tpt_test_store_run_sql (fixture->path,
                          "UPDATE invitees SET sealed = (SELECT sealed FROM invitees WHERE id = 2) "
                          "WHERE id = 1");
  swapped = list_error (fixture);
  g_assert_error (swapped, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  tpt_test_store_make_file (fixture->path);
  tpt_test_store_run_sql (fixture->path, "UPDATE meetings SET sealed = x'0101DEADBEEF'");
  poisoned = list_error (fixture);
  g_assert_error (poisoned, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT);
}

/* U-3: a text that is none is shown as far as it is one, and stays in the file as it was. */
static void
test_invalid_text (TptTestStorePlace *place,
                   gconstpointer      data)
{
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GBytes) raw = g_bytes_new_static ("A\xff" "B", 3);
  TptStore *store;

  tpt_test_store_make_file (place->path);
  tpt_test_store_run_sql (place->path,
                          "UPDATE meetings SET event_type = CAST (x'41ff42' AS TEXT)");
  store = tpt_test_store_open (place->path);
  meetings = tpt_test_store_list_meetings (store, &(TptMeetingQuery) { 0 });
  g_assert_cmpuint (meetings->len, ==, 2);
  g_assert_cmpstr (((TptMeeting *) g_ptr_array_index (meetings, 0))->event_type, ==, "A\uFFFDB");
  tpt_test_store_close (store);
  g_assert_true (holds_bytes (place->path, raw));
}

#define ADD(path, func)                                                                            \
  g_test_add (path, TptTestStorePlace, NULL, tpt_test_store_set_up, func, tpt_test_store_tear_down)

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  ADD ("/sealed-file/no-plain-text", test_no_plain_text);
  ADD ("/sealed-file/erased", test_erased);
  ADD ("/sealed-file/swapped-and-poisoned", test_swapped_and_poisoned);
  ADD ("/sealed-file/invalid-text", test_invalid_text);

  return g_test_run ();
}

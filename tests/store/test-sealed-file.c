/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

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
  g_autoptr (GAsyncResult) searching = NULL;
  g_autoptr (GError) search_error = NULL;
  TptTestResult waiting = { NULL };
  TptMeetingQuery query = { 0 };
  GError *error = NULL;

  tpt_store_list_meetings_async (store, &query, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_null (tpt_store_list_meetings_finish (store, result, &error));
  tpt_store_search_async (store, "anna", 0, NULL, tpt_test_result_cb, &waiting);
  searching = tpt_test_await (&waiting);
  g_assert_null (tpt_store_search_finish (store, searching, &search_error));
  g_assert_error (search_error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT);
  g_clear_object (&result);
  g_clear_object (&searching);
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
  tpt_test_store_run_sql (fixture->path, "UPDATE meetings SET sealed = x'0101DEADBEEF'");
  poisoned = list_error (fixture);
  g_assert_error (poisoned, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT);
}

typedef enum
{
  SEEN_AT_OPEN,
  SEEN_AT_CHECK,
  NOT_SEEN,
} Sight;

static Sight
look_at (TptTestStorePlace *fixture)
{
  g_autoptr (GBytes) key = tpt_test_store_key (7);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };
  TptStore *store = tpt_test_store_try_open (fixture->path, key, &error);
  gboolean sound;

  if (store == NULL)
    {
      g_assert_true (error->domain == TPT_STORE_ERROR);
      return SEEN_AT_OPEN;
    }
  tpt_store_check_async (store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  sound = tpt_store_check_finish (store, result, &error);
  if (!sound)
    g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT);
  g_clear_object (&result);
  tpt_test_store_close (store);

  return sound ? NOT_SEEN : SEEN_AT_CHECK;
}

/* D-9: pages overwritten at random, and the end cut off: told in the end, and never a crash. */
static void
test_damaged (TptTestStorePlace *fixture,
              gconstpointer      data)
{
  g_autofree char *whole = NULL;
  gsize length;
  guint seen = 0;

  tpt_test_store_make_file (fixture->path);
  g_assert_true (g_file_get_contents (fixture->path, &whole, &length, NULL));
  for (guint round = 0; round < 60; round++)
    {
      g_autofree char *bytes = g_memdup2 (whole, length);
      gsize page = (gsize) g_test_rand_int_range (0, (int) (length / 4096)) * 4096;
      gsize kept = round % 4 == 0 ? page + 1 : length;

      /* Of the first page, behind the header: with that, it is no database of ours any more. */
      for (gsize i = page == 0 ? 100 : page; i < page + 4096; i++)
        bytes[i] = (char) g_test_rand_int ();
      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) kept, NULL));
      seen += look_at (fixture) != NOT_SEEN ? 1 : 0;
    }
  g_assert_cmpuint (seen, >=, 55);
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
  ADD ("/sealed-file/damaged", test_damaged);

  return g_test_run ();
}

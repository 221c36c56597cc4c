/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tpt-backup-files.h"
#include "tpt-restoration.h"
#include "tpt-schema.h"
#include "tpt-test-record.h"

#define START ((TptTime) 1780000000 * TPT_SECOND)

typedef struct
{
  TptSqlite *sqlite;
  TptSeal *seal;
} Source;

static void
open_source (Source     *source,
             const char *path)
{
  g_autoptr (GBytes) key = tpt_test_store_key (7);
  g_autoptr (GError) error = NULL;

  source->seal = tpt_seal_new (key);
  source->sqlite = tpt_sqlite_open (path, &error);
  g_assert_no_error (error);
}

static void
close_source (Source *source)
{
  tpt_sqlite_close (source->sqlite);
  tpt_seal_free (source->seal);
}

/* The youngest backup of @path: what it would bring back, into a database of its own. */
static char *
dump_backup (const char *path)
{
  g_autoptr (GBytes) key = tpt_test_store_key (7);
  g_autoptr (TptSeal) seal = tpt_seal_new (key);
  g_autoptr (TptBackup) backup = tpt_backup_files_load (path, seal);
  g_autoptr (GError) error = NULL;
  g_autofree char *other = g_strconcat (path, ".other", NULL);
  TptSqlite *sqlite = tpt_sqlite_open (other, &error);
  TptBackupCounts counts;
  char *dump;

  g_assert_no_error (error);
  g_assert_nonnull (backup);
  g_assert_true (tpt_schema_migrate (sqlite, seal, other, tpt_schema_steps, backup->version,
                                     &error));
  g_assert_true (tpt_backup_restore (backup, sqlite, &counts, &error));
  g_assert_no_error (error);
  g_assert_cmpint (counts.customers, ==, TPT_TEST_RECORD_CUSTOMERS);
  g_assert_cmpint (counts.stakeholders, ==, TPT_TEST_RECORD_CUSTOMERS);
  g_assert_cmpint (counts.links, ==, TPT_TEST_RECORD_CUSTOMERS);
  g_assert_cmpint (counts.decisions, ==, TPT_TEST_RECORD_DECISIONS);
  tpt_sqlite_close (sqlite);
  dump = tpt_test_record_dump_local (other);
  g_assert_cmpint (g_unlink (other), ==, 0);

  return dump;
}

/* D-15: bit by bit what was there, settings and decisions included; sealed, and for the owner. */
static void
test_round_trip (TptTestStorePlace *place,
                 gconstpointer      data)
{
  g_autofree char *file = tpt_backup_files_get_path (place->path, 1);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *bytes = NULL;
  gsize length;
  GStatBuf info;

  tpt_test_record_make (place->path);
  before = tpt_test_record_dump_local (place->path);
  after = dump_backup (place->path);
  g_assert_true (g_str_equal (before, after));
  g_assert_cmpint (g_stat (file, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 07777, ==, 0600);
  g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
  g_assert_null (memmem (bytes, length, "customer", strlen ("customer")));
  g_assert_null (memmem (bytes, length, "relay.cursor", strlen ("relay.cursor")));
}

static gboolean
exists (const char *path,
        int         generation)
{
  g_autofree char *file = tpt_backup_files_get_path (path, generation);

  return g_file_test (file, G_FILE_TEST_EXISTS);
}

static gboolean
has_backup (gpointer path)
{
  return exists (path, 1);
}

/* Without waiting for the end; and none is taken of nothing. */
static void
test_taken_while_open (TptTestStorePlace *place,
                       gconstpointer      data)
{
  TptStore *store = tpt_test_store_open (place->path);

  g_assert_false (exists (place->path, 1));
  tpt_test_store_close (store);
  g_assert_false (exists (place->path, 1));
  store = tpt_test_store_open (place->path);
  tpt_test_record_add (store);
  tpt_test_await_func (has_backup, place->path);
  tpt_test_store_close (store);
}

static gint64
count_in_backup (const char *path)
{
  g_autoptr (GBytes) key = tpt_test_store_key (7);
  g_autoptr (TptSeal) seal = tpt_seal_new (key);
  g_autoptr (TptBackup) backup = tpt_backup_files_load (path, seal);
  g_autoptr (GError) error = NULL;
  g_autoptr (TptSqlite) sqlite = tpt_sqlite_open (TPT_SQLITE_MEMORY, &error);
  TptBackupCounts counts;

  g_assert_true (tpt_schema_migrate (sqlite, seal, TPT_SQLITE_MEMORY, tpt_schema_steps,
                                     backup->version, &error));
  g_assert_true (tpt_backup_restore (backup, sqlite, &counts, &error));
  g_assert_no_error (error);

  return counts.customers;
}

/* Not for each change, but when there are many; at the end at the latest. */
static void
test_many_changes (TptTestStorePlace *place,
                   gconstpointer      data)
{
  TptStore *store = tpt_test_store_open (place->path);

  tpt_test_record_add (store);
  tpt_test_store_close (store);
  g_assert_cmpint (count_in_backup (place->path), ==, 1);
  store = tpt_test_store_open (place->path);
  for (int i = 0; i < 5; i++)
    tpt_test_record_add (store);
  tpt_test_store_close (store);
  g_assert_cmpint (count_in_backup (place->path), ==, 1);
  store = tpt_test_store_open (place->path);
  for (int i = 0; i < 20; i++)
    tpt_test_record_add (store);
  tpt_test_store_close (store);
  g_assert_cmpint (count_in_backup (place->path), ==, 26);
}

static void
save_at (Source     *source,
         const char *path,
         TptTime     time)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptBackup) backup = tpt_backup_take (source->sqlite, source->seal, time, &error);

  g_assert_no_error (error);
  g_assert_true (tpt_backup_files_save (path, backup, source->seal, &error));
  g_assert_no_error (error);
}

static TptTime
read_time (Source     *source,
           const char *path,
           int         generation)
{
  g_autofree char *file = tpt_backup_files_get_path (path, generation);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptBackup) backup = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
  backup = tpt_backup_open ((const guint8 *) bytes + 16, length - 16, source->seal, &error);
  g_assert_no_error (error);

  return backup->taken_at;
}

/* Three, a day or more apart, however many are taken on one day. */
static void
test_generations (TptTestStorePlace *place,
                  gconstpointer      data)
{
  g_autofree char *path = g_strconcat (place->path, ".x", NULL);
  Source source;
  TptTime time = START;

  tpt_test_record_make (place->path);
  open_source (&source, place->path);
  for (int hour = 0; hour <= 24 * 10; hour++)
    {
      time = START + hour * TPT_HOUR;
      save_at (&source, path, time);
      g_assert_cmpint (read_time (&source, path, 1), ==, time);
    }
  g_assert_false (exists (path, 4));
  g_assert_cmpint (time - read_time (&source, path, 2), <=, 2 * TPT_DAY);
  g_assert_cmpint (read_time (&source, path, 2) - read_time (&source, path, 3), >=, TPT_DAY);
  g_assert_cmpint (time - read_time (&source, path, 3), <=, 4 * TPT_DAY);
  close_source (&source);
}

/* A damaged one is passed over, and one of another key as well. */
static void
test_oldest_that_works (TptTestStorePlace *place,
                        gconstpointer      data)
{
  g_autofree char *path = g_strconcat (place->path, ".x", NULL);
  g_autoptr (GBytes) other_key = tpt_test_store_key (8);
  g_autoptr (TptSeal) other = tpt_seal_new (other_key);
  Source source;

  tpt_test_record_make (place->path);
  open_source (&source, place->path);
  for (int day = 0; day < 3; day++)
    save_at (&source, path, START + day * TPT_DAY);
  g_assert_null (tpt_backup_files_load (path, other));
  for (int generation = 1; generation <= 3; generation++)
    {
      g_autoptr (TptBackup) backup = tpt_backup_files_load (path, source.seal);
      g_autofree char *file = tpt_backup_files_get_path (path, generation);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_cmpint (backup->taken_at, ==, START + (3 - generation) * TPT_DAY);
      g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
      bytes[length / 2] ^= 1;
      g_assert_true (g_file_set_contents (file, bytes, (gssize) length, NULL));
    }
  g_assert_null (tpt_backup_files_load (path, source.seal));
  close_source (&source);
}

/* A field that does not open any more must not push out the backup in which it still does. */
static void
test_damage_is_not_taken (TptTestStorePlace *place,
                          gconstpointer      data)
{
  g_autoptr (GError) error = NULL;
  Source source;

  tpt_test_record_make (place->path);
  tpt_test_store_run_sql (place->path, "UPDATE links SET sealed = x'0101DEADBEEF' WHERE id = 3");
  open_source (&source, place->path);
  g_assert_null (tpt_backup_take (source.sqlite, source.seal, START, &error));
  g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT);
  close_source (&source);
}

static void
erase (TptStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_erase_async (store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_true (tpt_store_erase_finish (store, result, &error));
  g_assert_no_error (error);
}

static char *
plant (const char *path,
       const char *suffix)
{
  char *planted = g_strconcat (path, suffix, NULL);

  g_assert_true (g_file_set_contents (planted, "sealed", -1, NULL));

  return planted;
}

/* What was erased does not come back: no backup of it, no damaged file either, and no part of a
 * copy that a crash has left. */
static void
test_erased (TptTestStorePlace *place,
             gconstpointer      data)
{
  g_autoptr (GPtrArray) customers = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *part = NULL;
  g_autofree char *other = NULL;
  TptStore *store;

  tpt_test_record_make (place->path);
  tpt_test_record_ruin (place->path);
  store = tpt_test_store_open (place->path);
  kept = g_strdup (tpt_store_get_restoration (store)->kept_as);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_assert_true (exists (place->path, 1));
  part = plant (place->path, ".backup.part");
  other = plant (place->path, "-of-somebody-else.part");
  erase (store);
  tpt_test_store_close (store);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (other), ==, 0);
  g_assert_false (exists (place->path, 1));
  g_assert_cmpint (g_unlink (place->path), ==, 0);
  store = tpt_test_store_open (place->path);
  customers = tpt_test_store_list_customers (store);
  g_assert_cmpuint (customers->len, ==, 0);
  tpt_test_store_close (store);
}

#define ADD(path, func)                                                                            \
  g_test_add (path, TptTestStorePlace, NULL, tpt_test_store_set_up, func, tpt_test_store_tear_down)

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  ADD ("/backup/round-trip", test_round_trip);
  ADD ("/backup/taken-while-open", test_taken_while_open);
  ADD ("/backup/many-changes", test_many_changes);
  ADD ("/backup/generations", test_generations);
  ADD ("/backup/oldest-that-works", test_oldest_that_works);
  ADD ("/backup/damage-is-not-taken", test_damage_is_not_taken);
  ADD ("/backup/erased", test_erased);

  return g_test_run ();
}

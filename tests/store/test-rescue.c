/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tpt-backup-files.h"
#include "tpt-customers-table.h"
#include "tpt-restoration.h"
#include "tpt-schema.h"
#include "tpt-settings-table.h"
#include "tpt-test-record.h"

#define START ((TptTime) 1780000000 * TPT_SECOND)

static void
remove_backup (const char *path)
{
  g_autofree char *backup = tpt_backup_files_get_path (path, 1);

  g_assert_cmpint (g_unlink (backup), ==, 0);
}

static void
assert_restored (TptStore             *store,
                 TptRestorationSource  source,
                 guint                 customers)
{
  TptRestoration *restoration = tpt_store_get_restoration (store);
  g_autoptr (GPtrArray) found = tpt_test_store_list_customers (store);

  g_assert_nonnull (restoration);
  g_assert_cmpint (restoration->source, ==, source);
  g_assert_cmpint (restoration->at, ==, START);
  g_assert_cmpint (restoration->customers, ==, customers);
  g_assert_cmpuint (found->len, ==, customers);
}

static gboolean
read_settings (TptSession  *session,
               gpointer     data,
               GError     **error)
{
  g_autoptr (TptUser) account = NULL;
  g_autofree char *cursor = NULL;
  gint64 *last_sync = data;

  return tpt_settings_table_get_int (session, "sync.last-at", last_sync, error)
         && tpt_settings_table_get_text (session, "relay.cursor", &cursor, error)
         && tpt_settings_table_get_account (session, &account, error)
         && g_strcmp0 (cursor, "41") == 0 && account != NULL;
}

/* From a backup: what was entered, what was decided with the meetings that it is about; not how far
 * pulling had come, so that all the rest is pulled again. */
static void
test_from_backup (TptTestStorePlace *place,
                  gconstpointer      data)
{
  g_autoptr (GPtrArray) meetings = NULL;
  TptRestoration *restoration;
  gint64 last_sync = -1;
  GStatBuf info;
  TptStore *store;

  tpt_test_record_make (place->path);
  tpt_test_record_ruin (place->path);
  store = tpt_test_store_open (place->path);
  assert_restored (store, TPT_RESTORATION_BACKUP, TPT_TEST_RECORD_CUSTOMERS);
  restoration = tpt_store_get_restoration (store);
  g_assert_cmpint (restoration->backup_at, ==, START);
  g_assert_cmpint (restoration->decisions, ==, TPT_TEST_RECORD_DECISIONS);
  g_assert_cmpint (restoration->links, ==, TPT_TEST_RECORD_CUSTOMERS);
  g_assert_nonnull (restoration->reason);
  g_assert_cmpint (g_stat (restoration->kept_as, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 07777, ==, 0600);
  meetings = tpt_test_store_list_meetings (store, &(TptMeetingQuery) { 0 });
  g_assert_cmpuint (meetings->len, ==, TPT_TEST_RECORD_DECISIONS);
  tpt_test_store_transact (store, read_settings, &last_sync);
  g_assert_cmpint (last_sync, ==, 0);
  g_assert_true (tpt_test_store_check (store));
  tpt_test_store_close (store);
}

/* It is told again at each start, until somebody has read it. */
static void
test_told_until_read (TptTestStorePlace *place,
                      gconstpointer      data)
{
  TptStore *store;

  tpt_test_record_make (place->path);
  tpt_test_record_ruin (place->path);
  tpt_test_store_close (tpt_test_store_open (place->path));
  store = tpt_test_store_open (place->path);
  assert_restored (store, TPT_RESTORATION_BACKUP, TPT_TEST_RECORD_CUSTOMERS);
  tpt_test_store_transact (store, tpt_restoration_forget, NULL);
  tpt_test_store_close (store);
  store = tpt_test_store_open (place->path);
  g_assert_null (tpt_store_get_restoration (store));
  tpt_test_store_close (store);
}

static void
add_one_more (const char *path)
{
  TptStore *store = tpt_test_store_open (path);

  tpt_test_record_add (store);
  tpt_test_store_close (store);
}

static void
damage_field (const char *path,
              const char *sql)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  tpt_test_store_run_sql (path, sql);
  /* As after a crash: so that the file is looked at when it is opened. */
  g_assert_true (g_file_set_contents (log, "", 0, NULL));
}

/* Damage in what can be pulled again costs nothing that was entered since the backup. */
static void
test_from_the_file (TptTestStorePlace *place,
                    gconstpointer      data)
{
  TptStore *store;

  tpt_test_record_make (place->path);
  add_one_more (place->path);
  damage_field (place->path, "UPDATE event_types SET sealed = x'0101DEADBEEF'");
  store = tpt_test_store_open (place->path);
  g_assert_false (tpt_test_store_check (store));
  assert_restored (store, TPT_RESTORATION_RESCUED, TPT_TEST_RECORD_CUSTOMERS + 1);
  g_assert_true (tpt_test_store_check (store));
  tpt_test_store_close (store);
}

/* And where only what was decided cannot be read, that comes from the backup. */
static void
test_decisions_from_backup (TptTestStorePlace *place,
                            gconstpointer      data)
{
  TptStore *store;

  tpt_test_record_make (place->path);
  add_one_more (place->path);
  damage_field (place->path, "UPDATE invitees SET sealed = x'0101DEADBEEF' WHERE match = 7");
  store = tpt_test_store_open (place->path);
  g_assert_false (tpt_test_store_check (store));
  assert_restored (store, TPT_RESTORATION_PARTLY, TPT_TEST_RECORD_CUSTOMERS + 1);
  g_assert_cmpint (tpt_store_get_restoration (store)->decisions, ==, TPT_TEST_RECORD_DECISIONS);
  g_assert_cmpint (tpt_store_get_restoration (store)->backup_at, ==, START);
  tpt_test_store_close (store);
}

static void
test_without_backup (TptTestStorePlace *place,
                     gconstpointer      data)
{
  TptStore *store;

  tpt_test_record_make (place->path);
  remove_backup (place->path);
  tpt_test_record_ruin (place->path);
  store = tpt_test_store_open (place->path);
  assert_restored (store, TPT_RESTORATION_NOTHING, 0);
  tpt_test_store_close (store);
}

static void
test_file_gone (TptTestStorePlace *place,
                gconstpointer      data)
{
  TptStore *store;

  tpt_test_record_make (place->path);
  g_assert_cmpint (g_unlink (place->path), ==, 0);
  g_test_expect_message ("tpt-store", G_LOG_LEVEL_MESSAGE,
                         "The database was made anew: The file was gone");
  store = tpt_test_store_open (place->path);
  g_test_assert_expected_messages ();
  assert_restored (store, TPT_RESTORATION_BACKUP, TPT_TEST_RECORD_CUSTOMERS);
  g_assert_null (tpt_store_get_restoration (store)->kept_as);
  tpt_test_store_close (store);
}

/* A crash of the machine can leave the name without the bytes: nothing new begins in its place. */
static void
test_file_empty (TptTestStorePlace *place,
                 gconstpointer      data)
{
  TptStore *store;

  tpt_test_record_make (place->path);
  g_assert_true (g_file_set_contents (place->path, "", 0, NULL));
  store = tpt_test_store_open (place->path);
  assert_restored (store, TPT_RESTORATION_BACKUP, TPT_TEST_RECORD_CUSTOMERS);
  tpt_test_store_close (store);
}

/* With another key than theirs the backups are no help: but nothing new begins beside them, whose
 * own would take their place. */
static void
test_file_gone_and_key (TptTestStorePlace *place,
                        gconstpointer      data)
{
  g_autoptr (GBytes) key = tpt_test_store_key (9);
  g_autoptr (GError) error = NULL;
  TptStore *store;

  tpt_test_record_make (place->path);
  g_assert_cmpint (g_unlink (place->path), ==, 0);
  g_assert_null (tpt_test_store_try_open (place->path, key, &error));
  g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_KEY);
  g_assert_false (g_file_test (place->path, G_FILE_TEST_EXISTS));
  store = tpt_test_store_open (place->path);
  assert_restored (store, TPT_RESTORATION_BACKUP, TPT_TEST_RECORD_CUSTOMERS);
  tpt_test_store_close (store);
}

static void
restored_cb (TptStore *store,
             guint    *count)
{
  (*count)++;
}

/* While it is in use: the call that met it fails, and the next one sees what was brought back. */
static void
test_while_open (TptTestStorePlace *place,
                 gconstpointer      data)
{
  g_autoptr (GArray) hits = NULL;
  TptStore *store;
  guint count = 0;

  tpt_test_record_make (place->path);
  damage_field (place->path, "UPDATE customers SET sealed = x'0101DEADBEEF' WHERE id = 3");
  store = tpt_test_store_open (place->path);
  g_signal_connect (store, "restored", G_CALLBACK (restored_cb), &count);
  g_assert_null (tpt_store_get_restoration (store));
  g_assert_false (tpt_test_store_check (store));
  g_assert_cmpuint (count, ==, 1);
  assert_restored (store, TPT_RESTORATION_BACKUP, TPT_TEST_RECORD_CUSTOMERS);
  hits = tpt_test_store_search (store, "Customer", 0);
  g_assert_cmpuint (hits->len, >=, TPT_TEST_RECORD_CUSTOMERS);
  g_assert_cmpuint (count, ==, 1);
  tpt_test_store_close (store);
}

static gboolean
list_customers (TptSession  *session,
                gpointer     data,
                GError     **error)
{
  GPtrArray *customers = NULL;
  gboolean listed = tpt_customers_table_list (session, &customers, error);

  g_clear_pointer (&customers, g_ptr_array_unref);

  return listed;
}

/* Who meets the damage is told in words what can be done, which then works. */
static void
test_told_in_words (TptTestStorePlace *place,
                    gconstpointer      data)
{
  g_autoptr (GError) error = NULL;
  TptStore *store;

  tpt_test_record_make (place->path);
  damage_field (place->path, "UPDATE customers SET sealed = x'0101DEADBEEF' WHERE id = 3");
  store = tpt_test_store_open (place->path);
  g_assert_false (tpt_test_store_try_transact (store, list_customers, NULL, &error));
  g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT);
  g_assert_cmpstr (error->message, ==,
                   "The record on this computer was damaged, and has been made anew. Please try "
                   "again.");
  g_clear_error (&error);
  g_assert_true (tpt_test_store_try_transact (store, list_customers, NULL, &error));
  g_assert_no_error (error);
  tpt_test_store_close (store);
}

/* The field by which the key is known can be damaged, too; without a backup that this key opens, it
 * is the wrong key, and nothing is touched. */
static void
test_key_field (TptTestStorePlace *place,
                gconstpointer      data)
{
  g_autoptr (GBytes) key = tpt_test_store_key (7);
  g_autoptr (GError) error = NULL;
  TptStore *store;

  tpt_test_record_make (place->path);
  tpt_test_store_run_sql (place->path, "UPDATE meta SET sealed = x'0101DEADBEEF'");
  store = tpt_test_store_open (place->path);
  assert_restored (store, TPT_RESTORATION_RESCUED, TPT_TEST_RECORD_CUSTOMERS);
  tpt_test_store_close (store);
  tpt_test_store_run_sql (place->path, "UPDATE meta SET sealed = x'0101DEADBEEF'");
  remove_backup (place->path);
  g_assert_null (tpt_test_store_try_open (place->path, key, &error));
  g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_KEY);
}

/* Nothing else of the file needs to be wrong where the field is lost. */
static void
test_key_field_lost (TptTestStorePlace *place,
                     gconstpointer      data)
{
  TptStore *store;

  tpt_test_record_make (place->path);
  tpt_test_store_run_sql (place->path, "DELETE FROM meta");
  store = tpt_test_store_open (place->path);
  assert_restored (store, TPT_RESTORATION_RESCUED, TPT_TEST_RECORD_CUSTOMERS);
  tpt_test_store_close (store);
}

/* A foreign file in our place is set aside only if a backup shows that there was one of ours. */
static void
test_foreign_in_our_place (TptTestStorePlace *place,
                           gconstpointer      data)
{
  g_autofree char *text = NULL;
  TptStore *store;

  tpt_test_record_make (place->path);
  g_assert_true (g_file_set_contents (place->path, "Dear diary", -1, NULL));
  g_test_expect_message ("tpt-store", G_LOG_LEVEL_MESSAGE, "*file is not a database*");
  g_test_expect_message ("tpt-store", G_LOG_LEVEL_MESSAGE,
                         "The database was set aside as *: The file did not begin as*");
  store = tpt_test_store_open (place->path);
  g_test_assert_expected_messages ();
  assert_restored (store, TPT_RESTORATION_BACKUP, TPT_TEST_RECORD_CUSTOMERS);
  g_assert_true (g_file_get_contents (tpt_store_get_restoration (store)->kept_as, &text, NULL,
                                      NULL));
  g_assert_cmpstr (text, ==, "Dear diary");
  tpt_test_store_close (store);
}

static void
rename_file (const char *path,
             const char *from,
             const char *to)
{
  g_autofree char *source = g_strconcat (path, from, NULL);
  g_autofree char *target = g_strconcat (path, to, NULL);

  g_assert_cmpint (g_rename (source, target), ==, 0);
}

/* A rescue that was cut off is brought to its end, wherever that was. */
static void
test_cut_off (TptTestStorePlace *place,
              gconstpointer      data)
{
  g_autofree char *part = g_strconcat (place->path, ".rebuilt.part", NULL);
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  TptStore *store;

  /* The new one is complete, the old one still in its place. */
  tpt_test_record_make (place->path);
  rename_file (place->path, "", ".rebuilt");
  g_assert_true (g_file_set_contents (place->path, "ruins", -1, NULL));
  store = tpt_test_store_open (place->path);
  first = tpt_test_store_list_customers (store);
  g_assert_cmpuint (first->len, ==, TPT_TEST_RECORD_CUSTOMERS);
  tpt_test_store_close (store);
  /* The old one is out of the way, the new one not in its place. */
  rename_file (place->path, "", ".rebuilt");
  g_assert_true (g_file_set_contents (part, "half of another", -1, NULL));
  store = tpt_test_store_open (place->path);
  second = tpt_test_store_list_customers (store);
  g_assert_cmpuint (second->len, ==, TPT_TEST_RECORD_CUSTOMERS);
  tpt_test_store_close (store);
}

/* What a newer version of the program has backed up is not thrown away by an older one. */
static void
test_newer_backup (TptTestStorePlace *place,
                   gconstpointer      data)
{
  g_autoptr (GBytes) key = tpt_test_store_key (7);
  g_autoptr (TptSeal) seal = tpt_seal_new (key);
  g_autoptr (GError) error = NULL;
  TptBackup *backup;

  tpt_test_record_make (place->path);
  backup = tpt_backup_files_load (place->path, seal);
  backup->version = TPT_SCHEMA_VERSION + 1;
  g_assert_true (tpt_backup_files_save (place->path, backup, seal, &error));
  tpt_backup_free (backup);
  tpt_test_record_ruin (place->path);
  g_assert_null (tpt_test_store_try_open (place->path, key, &error));
  g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_NEWER);
  g_assert_true (g_file_test (place->path, G_FILE_TEST_EXISTS));
}

/* F-1: whatever is made on the way is for the owner only, whatever the umask. */
static void
test_modes (TptTestStorePlace *place,
            gconstpointer      data)
{
  static const mode_t masks[] = { 0000, 0022, 0077 };

  for (gsize i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      g_autofree char *folder = g_path_get_dirname (place->path);
      mode_t before = umask (masks[i]);
      g_autoptr (GDir) entries = NULL;
      const char *name;
      guint count = 0;

      tpt_test_record_make (place->path);
      tpt_test_record_ruin (place->path);
      g_assert_cmpint (g_chmod (place->path, 0600), ==, 0);
      tpt_test_store_close (tpt_test_store_open (place->path));
      umask (before);
      entries = g_dir_open (folder, 0, NULL);
      for (; (name = g_dir_read_name (entries)) != NULL; count++)
        {
          g_autofree char *file = g_build_filename (folder, name, NULL);
          GStatBuf info;

          g_assert_cmpint (g_stat (file, &info), ==, 0);
          g_assert_cmphex (info.st_mode & 07777, ==, 0600);
        }
      g_assert_cmpuint (count, ==, 4);
      tpt_test_remove_dir (folder);
    }
}

#define ADD(path, func)                                                                            \
  g_test_add (path, TptTestStorePlace, NULL, tpt_test_store_set_up, func, tpt_test_store_tear_down)

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  ADD ("/rescue/from-backup", test_from_backup);
  ADD ("/rescue/told-until-read", test_told_until_read);
  ADD ("/rescue/from-the-file", test_from_the_file);
  ADD ("/rescue/decisions-from-backup", test_decisions_from_backup);
  ADD ("/rescue/without-backup", test_without_backup);
  ADD ("/rescue/file-gone", test_file_gone);
  ADD ("/rescue/file-empty", test_file_empty);
  ADD ("/rescue/file-gone-and-key", test_file_gone_and_key);
  ADD ("/rescue/while-open", test_while_open);
  ADD ("/rescue/told-in-words", test_told_in_words);
  ADD ("/rescue/key-field", test_key_field);
  ADD ("/rescue/key-field-lost", test_key_field_lost);
  ADD ("/rescue/foreign-in-our-place", test_foreign_in_our_place);
  ADD ("/rescue/cut-off", test_cut_off);
  ADD ("/rescue/newer-backup", test_newer_backup);
  ADD ("/rescue/modes", test_modes);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tpt-test-store.h"
#include "tpt-test-worker.h"

#define NOBODY 65534

static void
assert_refused (const char    *path,
                guint8         key_fill,
                TptStoreError  code)
{
  g_autoptr (GBytes) key = tpt_test_store_key (key_fill);
  g_autoptr (GError) error = NULL;
  TptStore *store = tpt_test_store_try_open (path, key, &error);

  g_assert_null (store);
  g_assert_error (error, TPT_STORE_ERROR, (int) code);
}

/* Refused, and the bytes of the file are what they were. */
static void
assert_refused_bytes (const char    *path,
                      guint8         key_fill,
                      TptStoreError  code)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length_before, length_after;
  GStatBuf info_before, info_after;

  g_assert_true (g_file_get_contents (path, &before, &length_before, NULL));
  g_assert_cmpint (g_stat (path, &info_before), ==, 0);
  assert_refused (path, key_fill, code);
  g_assert_true (g_file_get_contents (path, &after, &length_after, NULL));
  g_assert_cmpint (g_stat (path, &info_after), ==, 0);
  g_assert_cmpmem (before, length_before, after, length_after);
  g_assert_cmpint (info_before.st_mtim.tv_sec, ==, info_after.st_mtim.tv_sec);
  g_assert_cmpint (info_before.st_mtim.tv_nsec, ==, info_after.st_mtim.tv_nsec);
}

/* And nothing was laid beside it. */
static void
assert_refused_untouched (const char    *path,
                          guint8         key_fill,
                          TptStoreError  code)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  assert_refused_bytes (path, key_fill, code);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
}

static void
set_umask (gpointer data)
{
  umask ((mode_t) GPOINTER_TO_INT (data));
}

static void
assert_mode (const char *folder,
             const char *name,
             guint       mode)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 07777, ==, mode);
}

/* F-1: whatever the umask; the log beside the file, too, while it is there. D-6: there is no shared
 * memory beside them, which is mapped, and ends the program where the disk is full. */
static void
test_modes (TptTestStorePlace *fixture,
            gconstpointer      data)
{
  static const int masks[] = { 0000, 0022, 0077 };

  for (gsize i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      g_autofree char *number = g_strdup_printf ("data%d", (int) i);
      g_autofree char *folder = g_build_filename (fixture->folder, number, NULL);
      g_autofree char *path = g_build_filename (folder, "touchpoint.db", NULL);
      g_autoptr (GSubprocess) worker = NULL;
      g_autofree char *line = NULL;
      g_autoptr (GDir) entries = NULL;
      const char *name;
      guint count = 0;

      worker = tpt_test_worker_start (set_umask, GINT_TO_POINTER (masks[i]), "commit", path, "0");
      line = tpt_test_worker_read (worker);
      g_assert_cmpstr (line, ==, "0");
      assert_mode (folder, ".", 0700);
      entries = g_dir_open (folder, 0, NULL);
      for (; (name = g_dir_read_name (entries)) != NULL; count++)
        assert_mode (folder, name, 0600);
      g_assert_cmpuint (count, ==, 3);
      g_subprocess_force_exit (worker);
      g_subprocess_wait (worker, NULL, NULL);
    }
}

/* What was too open before is closed; a link among the folders on the way is fine. */
static void
test_made_private (TptTestStorePlace *fixture,
                   gconstpointer      data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  g_autofree char *through = g_build_filename (link, "touchpoint.db", NULL);
  TptStore *store;

  tpt_test_store_make_file (fixture->path);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  g_assert_cmpint (symlink (folder, link), ==, 0);
  store = tpt_test_store_open (through);
  assert_mode (folder, ".", 0700);
  assert_mode (folder, "touchpoint.db", 0600);
  tpt_test_store_close (store);
}

static void
become_nobody (gpointer data)
{
  if (setgid (NOBODY) != 0 || setuid (NOBODY) != 0)
    _exit (3);
}

/* D-7: as somebody whom the permissions bind. */
static void
test_read_only (TptTestStorePlace *fixture,
                gconstpointer      data)
{
  g_autofree char *expected = g_strdup_printf ("error %d ", TPT_STORE_ERROR_READ_ONLY);
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *lock = g_build_filename (folder, "lock", NULL);
  GSpawnChildSetupFunc become = geteuid () == 0 ? become_nobody : NULL;
  g_autofree char *no_folder = NULL;
  g_autofree char *no_entry = NULL;
  g_autofree char *no_write = NULL;

  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  no_folder = tpt_test_worker_run (become, NULL, "open", fixture->path);
  g_assert_true (g_str_has_prefix (no_folder, expected));
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);

  tpt_test_store_make_file (fixture->path);
  if (become != NULL)
    {
      g_assert_cmpint (chown (folder, NOBODY, NOBODY), ==, 0);
      g_assert_cmpint (chown (fixture->path, NOBODY, NOBODY), ==, 0);
      g_assert_cmpint (chown (lock, NOBODY, NOBODY), ==, 0);
    }
  g_assert_cmpint (g_chmod (fixture->path, 0400), ==, 0);
  no_write = tpt_test_worker_run (become, NULL, "open", fixture->path);
  g_assert_true (g_str_has_prefix (no_write, expected));
  g_assert_cmpint (g_chmod (fixture->path, 0600), ==, 0);
  g_assert_cmpint (g_unlink (lock), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  no_entry = tpt_test_worker_run (become, NULL, "open", fixture->path);
  g_assert_true (g_str_has_prefix (no_entry, expected));
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
}

static void
make_folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
}

/* D-12: neither a text, nor half a header, nor the database of another program. */
static void
test_foreign_files (TptTestStorePlace *fixture,
                    gconstpointer      data)
{
  make_folder_of (fixture->path);
  g_assert_true (g_file_set_contents (fixture->path, "Dear diary", -1, NULL));
  assert_refused_untouched (fixture->path, 7, TPT_STORE_ERROR_CORRUPT);
  g_assert_true (g_file_set_contents (fixture->path, "SQLite format 3", 16, NULL));
  assert_refused_untouched (fixture->path, 7, TPT_STORE_ERROR_CORRUPT);
  g_unlink (fixture->path);
  tpt_test_store_run_sql (fixture->path,
                          "PRAGMA application_id = 252006674; CREATE TABLE theirs (x)");
  assert_refused_untouched (fixture->path, 7, TPT_STORE_ERROR_CORRUPT);
}

/* No damage, so there is nothing to restore: it says what is wrong with which path. */
static void
assert_refused_kind (const char *path)
{
  g_autoptr (GBytes) key = tpt_test_store_key (7);
  g_autoptr (GError) error = NULL;

  g_assert_null (tpt_test_store_try_open (path, key, &error));
  g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_FOREIGN);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_foreign_kinds (TptTestStorePlace *fixture,
                    gconstpointer      data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "target", NULL);

  make_folder_of (fixture->path);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_refused_kind (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);
  g_assert_cmpint (symlink (target, fixture->path), ==, 0);
  assert_refused_kind (fixture->path);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_refused_kind (fixture->path);
}

static void
copy_file (const char *from,
           const char *to)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize) length, NULL));
}

/* D-10 and K-6 */
static void
test_newer_and_other_key (TptTestStorePlace *fixture,
                          gconstpointer      data)
{
  g_autofree char *kept = g_build_filename (fixture->folder, "kept.db", NULL);

  tpt_test_store_make_file (fixture->path);
  assert_refused_untouched (fixture->path, 8, TPT_STORE_ERROR_KEY);
  copy_file (fixture->path, kept);
  tpt_test_store_run_sql (fixture->path,
                          "PRAGMA user_version = 999; PRAGMA wal_checkpoint (TRUNCATE)");
  assert_refused_untouched (fixture->path, 7, TPT_STORE_ERROR_NEWER);
  copy_file (kept, fixture->path);
  tpt_test_store_close (tpt_test_store_open (fixture->path));
}

/* The same when a newer version was killed, so that only its log says that it is newer. */
static void
test_newer_in_the_log (TptTestStorePlace *fixture,
                       gconstpointer      data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other.db", NULL);
  g_autofree char *other_log = g_strconcat (other, "-wal", NULL);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length_before, length_after;
  sqlite3 *connection = NULL;

  tpt_test_store_make_file (fixture->path);
  copy_file (fixture->path, other);
  g_assert_cmpint (sqlite3_open (other, &connection), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (connection, "PRAGMA user_version = 999", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  copy_file (other, fixture->path);
  copy_file (other_log, log);
  g_assert_cmpint (sqlite3_close (connection), ==, SQLITE_OK);
  g_assert_true (g_file_get_contents (log, &before, &length_before, NULL));
  g_assert_cmpuint (length_before, >, 0);
  assert_refused_bytes (fixture->path, 7, TPT_STORE_ERROR_NEWER);
  g_assert_true (g_file_get_contents (log, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
}

/* D-14: where nothing can be locked, nobody could keep a second process out: it is refused, and
 * nothing is made. */
static void
test_no_locks (TptTestStorePlace *place,
               gconstpointer      data)
{
  g_autofree char *library = g_test_build_filename (G_TEST_BUILT, "store", "libno-lock.so", NULL);
  g_autofree char *expected = g_strdup_printf ("error %d ", TPT_STORE_ERROR_FAILED);
  g_autofree char *output = NULL;

  g_setenv ("LD_PRELOAD", library, TRUE);
  output = tpt_test_worker_run (NULL, NULL, "open", place->path);
  g_unsetenv ("LD_PRELOAD");
  g_assert_true (g_str_has_prefix (output, expected));
  g_assert_nonnull (strstr (output, "cannot be locked"));
  g_assert_false (g_file_test (place->path, G_FILE_TEST_EXISTS));
}

/* D-14: the same where only the database's own locks fail; nothing of what is there is lost. */
static void
test_no_record_locks (TptTestStorePlace *place,
                      gconstpointer      data)
{
  g_autofree char *expected = g_strdup_printf ("error %d ", TPT_STORE_ERROR_FAILED);
  g_autofree char *library = g_test_build_filename (G_TEST_BUILT, "store", "libno-lock.so", NULL);
  g_autofree char *output = NULL;

  tpt_test_store_make_file (place->path);
  g_setenv ("TPT_NO_LOCK", "record", TRUE);
  g_setenv ("LD_PRELOAD", library, TRUE);
  output = tpt_test_worker_run (NULL, NULL, "open", place->path);
  g_unsetenv ("LD_PRELOAD");
  g_unsetenv ("TPT_NO_LOCK");
  g_assert_true (g_str_has_prefix (output, expected));
  g_assert_nonnull (strstr (output, "cannot be locked"));
  tpt_test_store_close (tpt_test_store_open (place->path));
}

#define ADD(path, func)                                                                            \
  g_test_add (path, TptTestStorePlace, NULL, tpt_test_store_set_up, func, tpt_test_store_tear_down)

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  ADD ("/data-file/modes", test_modes);
  ADD ("/data-file/made-private", test_made_private);
  ADD ("/data-file/read-only", test_read_only);
  ADD ("/data-file/foreign-files", test_foreign_files);
  ADD ("/data-file/foreign-kinds", test_foreign_kinds);
  ADD ("/data-file/newer-and-other-key", test_newer_and_other_key);
  ADD ("/data-file/newer-in-the-log", test_newer_in_the_log);
  ADD ("/data-file/no-locks", test_no_locks);
  ADD ("/data-file/no-record-locks", test_no_record_locks);

  return g_test_run ();
}

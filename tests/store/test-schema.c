/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-schema.h"
#include "tpt-schema-key.h"
#include "tpt-test-record.h"

#include <glib/gstdio.h>

/* A made-up future, to see the steps at work. */
static const TptSchemaStep good_steps[] = {
  { 1,
    "CREATE TABLE meta (id INTEGER PRIMARY KEY, sealed BLOB) STRICT; CREATE TABLE a (x INTEGER);"
    "INSERT INTO a VALUES (1)",
    tpt_schema_key_write, FALSE },
  { 2, "CREATE TABLE b (x INTEGER); INSERT INTO b SELECT x FROM a", NULL, FALSE },
  { 3, "DROP TABLE a", NULL, TRUE },
};

static gboolean
fail_func (TptSqlite  *sqlite,
           TptSeal    *seal,
           GError    **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no");

  return FALSE;
}

static const TptSchemaStep bad_steps[] = {
  { 1,
    "CREATE TABLE meta (id INTEGER PRIMARY KEY, sealed BLOB) STRICT; CREATE TABLE a (x INTEGER);"
    "INSERT INTO a VALUES (1)",
    tpt_schema_key_write, FALSE },
  { 2, "CREATE TABLE b (x INTEGER); INSERT INTO b SELECT x FROM a", NULL, FALSE },
  { 3, "DROP TABLE a", fail_func, TRUE },
};

typedef struct
{
  char *folder;
  char *path;
  char *copy;
  TptSeal *seal;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GBytes) key = tpt_test_store_key (1);

  fixture->folder = tpt_test_make_dir ();
  fixture->path = g_build_filename (fixture->folder, "x.db", NULL);
  fixture->copy = g_strconcat (fixture->path, ".before-migration", NULL);
  fixture->seal = tpt_seal_new (key);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  tpt_test_remove_dir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->copy);
  tpt_seal_free (fixture->seal);
}

static gboolean
migrate (Fixture             *fixture,
         const TptSchemaStep *steps,
         int                  newest,
         GError             **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (TptSqlite) sqlite = tpt_sqlite_open (fixture->path, &reason);

  g_assert_no_error (reason);

  return tpt_schema_migrate (sqlite, fixture->seal, fixture->path, steps, newest, error);
}

static void
test_steps (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  for (int newest = 1; newest <= 3; newest++)
    {
      g_assert_true (migrate (fixture, good_steps, newest, &error));
      g_assert_no_error (error);
      g_assert_cmpint (tpt_test_record_query (fixture->path, "PRAGMA user_version"), ==, newest);
      g_assert_false (g_file_test (fixture->copy, G_FILE_TEST_EXISTS));
    }
  g_assert_cmpint (tpt_test_record_query (fixture->path, "SELECT x FROM b"), ==, 1);
  g_assert_cmpint (tpt_test_record_query (fixture->path, "PRAGMA application_id"), ==,
                   TPT_SCHEMA_APPLICATION_ID);
}

/* A step that fails leaves nothing of itself; the older file is kept, and a later try succeeds. */
static void
test_failing_step (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_true (migrate (fixture, good_steps, 1, &error));
  for (int i = 0; i < 2; i++)
    {
      g_assert_false (migrate (fixture, bad_steps, 3, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
      g_clear_error (&error);
      g_assert_cmpint (tpt_test_record_query (fixture->path, "PRAGMA user_version"), ==, 2);
      g_assert_cmpint (tpt_test_record_query (fixture->path, "SELECT x FROM a"), ==, 1);
    }
  g_assert_cmpint (g_stat (fixture->copy, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (tpt_test_record_query (fixture->copy, "PRAGMA user_version"), ==, 1);
  g_assert_true (migrate (fixture, good_steps, 3, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (fixture->copy, G_FILE_TEST_EXISTS));
  g_assert_cmpint (tpt_test_record_query (fixture->path, "SELECT x FROM b"), ==, 1);
}

/* What is only in the log yet is in the copy, too. */
static void
test_copy_is_whole (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptSqlite) sqlite = NULL;

  g_assert_true (migrate (fixture, good_steps, 1, &error));
  sqlite = tpt_sqlite_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_true (tpt_sqlite_use_log (sqlite, &error));
  g_assert_true (tpt_sqlite_execute (sqlite, "INSERT INTO a VALUES (2)", &error));
  g_assert_false (tpt_schema_migrate (sqlite, fixture->seal, fixture->path, bad_steps, 3, &error));
  g_clear_pointer (&sqlite, tpt_sqlite_close);
  g_assert_cmpint (tpt_test_record_query (fixture->copy, "SELECT max (x) FROM a"), ==, 2);
}

static void
test_newer (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length_before, length_after;

  g_assert_true (migrate (fixture, good_steps, 3, &error));
  g_assert_true (g_file_get_contents (fixture->path, &before, &length_before, NULL));
  g_assert_false (migrate (fixture, good_steps, 2, &error));
  g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_NEWER);
  g_assert_true (g_file_get_contents (fixture->path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  ADD ("/schema/steps", test_steps);
  ADD ("/schema/failing-step", test_failing_step);
  ADD ("/schema/copy-is-whole", test_copy_is_whole);
  ADD ("/schema/newer", test_newer);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sqlite3.h>
#include <string.h>

#include "tpt-relay-audit.h"
#include "tpt-relay-journal.h"
#include "tpt-test.h"

/* What a file is to the relay of today. */
typedef struct
{
  char *directory;
  char *path;
  char *location;
} File;

/* As the first relay made it, with a device that has acknowledged, an event and two audit rows. */
static const char version_1[] =
  "PRAGMA page_size = 16384;"
  "PRAGMA journal_mode = WAL;"
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE channels (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
  " user TEXT NOT NULL UNIQUE, key TEXT NOT NULL) STRICT;"
  "CREATE TABLE devices (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,"
  " user TEXT NOT NULL, organization TEXT NOT NULL, role TEXT NOT NULL, has_feed INTEGER NOT NULL,"
  " channel INTEGER NOT NULL, public_key BLOB NOT NULL, token_hash BLOB NOT NULL UNIQUE,"
  " acked INTEGER NOT NULL DEFAULT 0, purged INTEGER NOT NULL DEFAULT 0) STRICT;"
  "CREATE TABLE events (seq INTEGER PRIMARY KEY AUTOINCREMENT, device INTEGER NOT NULL,"
  " received_at INTEGER NOT NULL, late INTEGER NOT NULL, relay_key BLOB NOT NULL,"
  " nonce BLOB NOT NULL, box BLOB NOT NULL) STRICT;"
  "CREATE INDEX events_by_device ON events (device, seq);"
  "CREATE TABLE deliveries (channel INTEGER NOT NULL, hour INTEGER NOT NULL, hash BLOB NOT NULL,"
  " received_at INTEGER NOT NULL, PRIMARY KEY (channel, hour, hash)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE codes (hash BLOB PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE dead_letters (id INTEGER PRIMARY KEY, received_at INTEGER NOT NULL,"
  " reason TEXT NOT NULL, box BLOB) STRICT;"
  "CREATE TABLE audit (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, what TEXT NOT NULL,"
  " count INTEGER NOT NULL) STRICT;"
  "INSERT INTO meta VALUES ('epoch', CAST('0123456789abcdef' AS BLOB)),"
  " ('code_key', zeroblob(32));"
  "INSERT INTO devices VALUES (3, 'd', 'u', 'o', 'user', 0, 0, zeroblob(32), zeroblob(32), 6, 0);"
  "INSERT INTO events VALUES (7, 3, 1000, 1, zeroblob(32), zeroblob(24), CAST('box' AS BLOB));"
  "INSERT INTO audit VALUES (4, 10, 'enrolled', 1), (9, 20, 'duplicate', 5);"
  "PRAGMA application_id = 1416655954;"
  "PRAGMA user_version = 1;";

static void
set_up (File          *file,
        gconstpointer  user_data)
{
  file->directory = tpt_test_make_dir ();
  file->path = g_build_filename (file->directory, "journal.db", NULL);
  file->location = g_strconcat ("sqlite:", file->path, NULL);
}

static void
tear_down (File          *file,
           gconstpointer  user_data)
{
  tpt_test_remove_dir (file->directory);
  g_free (file->directory);
  g_free (file->path);
  g_free (file->location);
}

static void
make (File       *file,
      const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (file->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
assert_refused (File                *file,
                TptRelayJournalMode  mode,
                const char          *why)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length_before, length_after;
  g_autoptr (GError) error = NULL;
  TptRelayJournal *journal;

  g_assert_true (g_file_get_contents (file->path, &before, &length_before, NULL));
  journal = tpt_relay_journal_open (file->location, mode, &error);
  g_assert_null (journal);
  g_assert_nonnull (strstr (error->message, why));
  g_assert_true (g_file_get_contents (file->path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
}

/* D-11: nothing that waits is lost, and what was audited becomes a chain. */
static void
test_version_1 (File          *file,
                gconstpointer  user_data)
{
  g_autoptr (TptRelayJournal) journal = NULL;
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) audit = NULL;
  const TptRelayAuditRecord *second;
  TptRelayPosition position;
  g_autoptr (GError) error = NULL;

  make (file, version_1);
  assert_refused (file, TPT_RELAY_JOURNAL_READER, "older relay");
  journal = tpt_relay_journal_open (file->location, TPT_RELAY_JOURNAL_WRITER, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tpt_relay_journal_get_epoch (journal), ==, "0123456789abcdef");
  devices = tpt_relay_journal_list_devices (journal, NULL);
  g_assert_cmpuint (devices->len, ==, 1);
  g_assert_cmpint (((TptRelayDeviceRecord *) devices->pdata[0])->acked, ==, 6);
  events = tpt_relay_journal_list_events (journal, 3, 6, 10, G_MAXSIZE, NULL);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpint (((TptRelayEventRecord *) events->pdata[0])->seq, ==, 7);
  g_assert_true (tpt_relay_journal_get_position (journal, 3, &position, NULL));
  g_assert_cmpint (position.head, ==, 7);
  audit = tpt_relay_journal_list_audit (journal, 0, 10, NULL);
  g_assert_cmpuint (audit->len, ==, 2);
  second = audit->pdata[1];
  g_assert_true (tpt_relay_audit_follows (audit->pdata[0], NULL, NULL));
  g_assert_true (tpt_relay_audit_follows (second, audit->pdata[0], NULL));
  g_assert_cmpstr (second->what, ==, "duplicate");
  g_assert_cmpint (second->at, ==, 20);
  g_assert_cmpint (second->count, ==, 5);
}

/* D-10, D-12: left exactly as they are. */
static void
test_foreign (File          *file,
              gconstpointer  user_data)
{
  make (file, "CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('soup');");
  assert_refused (file, TPT_RELAY_JOURNAL_WRITER, "another program's");
}

static void
test_newer (File          *file,
            gconstpointer  user_data)
{
  make (file, "CREATE TABLE x (y); PRAGMA application_id = 1416655954; PRAGMA user_version = 999;");
  assert_refused (file, TPT_RELAY_JOURNAL_WRITER, "newer relay");
}

static void
test_text (File          *file,
           gconstpointer  user_data)
{
  g_autofree char *text = g_strnfill (5000, 'x');

  g_assert_true (g_file_set_contents (file->path, text, -1, NULL));
  assert_refused (file, TPT_RELAY_JOURNAL_WRITER, "not a database");
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add ("/relay/journal/file/version-1", File, NULL, set_up, test_version_1, tear_down);
  g_test_add ("/relay/journal/file/foreign", File, NULL, set_up, test_foreign, tear_down);
  g_test_add ("/relay/journal/file/newer", File, NULL, set_up, test_newer, tear_down);
  g_test_add ("/relay/journal/file/text", File, NULL, set_up, test_text, tear_down);

  return g_test_run ();
}

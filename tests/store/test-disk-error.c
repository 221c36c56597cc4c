/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "tpt-fault-vfs.h"
#include "tpt-restoration.h"
#include "tpt-test-record.h"

#define START ((TptTime) 1780000000 * TPT_SECOND)
#define COMMITS 4
#define FIRST_NUMBER 1000

/* Enough that each operation meets the fault once. */
#define MOST_OPERATIONS 2000

typedef struct
{
  TptFault fault;
  gboolean for_ever;
} Case;

static void
set_up (TptTestStorePlace *place,
        gconstpointer      data)
{
  tpt_test_store_set_up (place, data);
  tpt_fault_vfs_install ();
}

static void
tear_down (TptTestStorePlace *place,
           gconstpointer      data)
{
  tpt_fault_vfs_uninstall ();
  tpt_test_store_tear_down (place, data);
}

static gboolean
save_number (TptStore  *store,
             int        number,
             GError   **error)
{
  g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (FIRST_NUMBER + number, START);

  tpt_test_store_make_invitee (meeting, 1, "anna@acme.example", 0);
  meeting->notes_plain = g_strnfill (5000, 'x');

  return tpt_test_store_try_save_meeting (store, meeting, error);
}

static guint
count_meetings (TptStore *store)
{
  g_autoptr (GPtrArray) meetings =
    tpt_test_store_list_meetings (store, &(TptMeetingQuery) { 0 });

  for (guint i = 0; i < meetings->len; i++)
    g_assert_cmpuint (((TptMeeting *) g_ptr_array_index (meetings, i))->invitees->len, >=, 1);

  return meetings->len;
}

static void
assert_disk_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, TPT_STORE_ERROR);
  g_assert_true (error->code == TPT_STORE_ERROR_IO || error->code == TPT_STORE_ERROR_FULL
                 || error->code == TPT_STORE_ERROR_FAILED);
  /* In a sentence, and not in SQLite's words. */
  if (error->code == TPT_STORE_ERROR_IO)
    g_assert_true (g_str_has_prefix (error->message, "The disk cannot be "));
}

/* Commits while the disk fails at some point. Returns: how many were told as done */
static guint
commit_some (TptStore *store)
{
  guint done = 0;

  for (int i = 0; i < COMMITS; i++)
    {
      g_autoptr (GError) error = NULL;

      if (save_number (store, i, &error))
        done++;
      else
        assert_disk_error (error);
    }

  return done;
}

/* What the disk did not fail for is there, and now all goes on. */
static void
go_on (TptStore *store,
       guint     least,
       guint     most)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (count_meetings (store), >=, least);
  g_assert_cmpuint (count_meetings (store), <=, most);
  g_assert_true (save_number (store, COMMITS, &error));
  g_assert_no_error (error);
  g_assert_true (tpt_test_store_check (store));
  g_assert_null (tpt_store_get_restoration (store));
}

/* Works through the fault, then on a good disk. Returns: whether there was one */
static gboolean
survive (TptTestStorePlace *place,
         const Case        *fault,
         guint              operation)
{
  g_autoptr (GBytes) key = tpt_test_store_key (7);
  g_autoptr (GError) error = NULL;
  TptStore *store;
  guint told = TPT_TEST_RECORD_MEETINGS;
  gboolean has_struck;

  tpt_fault_vfs_arm (fault->fault, operation, fault->for_ever);
  store = tpt_test_store_try_open (place->path, key, &error);
  if (store != NULL)
    told += commit_some (store);
  else
    assert_disk_error (error);
  has_struck = tpt_fault_vfs_has_struck ();
  tpt_fault_vfs_arm (TPT_FAULT_NONE, 0, FALSE);
  if (store == NULL)
    store = tpt_test_store_open (place->path);
  /* On a disk that fails for ever, a commit that could not be made safe may be found in the log. */
  go_on (store, told, fault->for_ever ? TPT_TEST_RECORD_MEETINGS + COMMITS : told);
  tpt_test_store_close (store);
  store = tpt_test_store_open (place->path);
  g_assert_cmpuint (count_meetings (store), >=, told + 1);
  tpt_test_store_close (store);

  return has_struck;
}

/* D-3: each operation in turn: the error is told, nothing half-done stays, and afterwards all goes
 * on. */
static void
test_everywhere (TptTestStorePlace *place,
                 gconstpointer      data)
{
  g_autofree char *whole = NULL;
  gboolean has_struck = TRUE;
  gsize length;
  guint operation;

  tpt_test_record_make (place->path);
  g_assert_true (g_file_get_contents (place->path, &whole, &length, NULL));
  for (operation = 1; has_struck; operation++)
    {
      g_assert_cmpuint (operation, <, MOST_OPERATIONS);
      g_test_message ("operation %u", operation);
      g_assert_true (g_file_set_contents (place->path, whole, (gssize) length, NULL));
      has_struck = survive (place, data, operation);
    }
  g_assert_cmpuint (operation, >, COMMITS);
}

/* D-8: what the disk did not take is not asked for a second time: the file is closed, opened again
 * and read as a whole; the commit was told as failed and is not there. */
static void
test_sync_fails (TptTestStorePlace *place,
                 gconstpointer      data)
{
  g_autoptr (GError) error = NULL;
  TptStore *store;
  guint opened, count;

  tpt_test_record_make (place->path);
  store = tpt_test_store_open (place->path);
  opened = tpt_fault_vfs_get_opened ();
  for (guint round = 1; round <= 3; round++)
    {
      tpt_fault_vfs_arm (TPT_FAULT_SYNC, 1, FALSE);
      g_assert_false (save_number (store, 0, &error));
      g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_IO);
      g_clear_error (&error);
      g_assert_true (tpt_fault_vfs_has_struck ());
      g_assert_cmpuint (tpt_fault_vfs_get_opened (), ==, opened + round);
      count = count_meetings (store);
      g_assert_cmpuint (count, ==, TPT_TEST_RECORD_MEETINGS);
    }
  g_assert_true (save_number (store, 0, &error));
  g_assert_no_error (error);
  tpt_test_store_close (store);
}

static void
changed_cb (TptStore *store,
            guint     flags,
            GArray   *customers,
            gboolean *has_all)
{
  *has_all = *has_all || customers == NULL;
}

/* While the disk stays broken every call tells so; when it is back, so is the record, and whoever
 * shows something of it looks again. */
static void
test_disk_comes_back (TptTestStorePlace *place,
                      gconstpointer      data)
{
  TptStore *store;
  gboolean has_all = FALSE;
  g_autoptr (GArray) hits = NULL;

  tpt_test_record_make (place->path);
  store = tpt_test_store_open (place->path);
  g_signal_connect (store, "changed", G_CALLBACK (changed_cb), &has_all);
  tpt_fault_vfs_arm (TPT_FAULT_ERROR, 1, TRUE);
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (save_number (store, i, &error));
      assert_disk_error (error);
    }
  g_assert_false (has_all);
  tpt_fault_vfs_arm (TPT_FAULT_NONE, 0, FALSE);
  g_assert_cmpuint (count_meetings (store), ==, TPT_TEST_RECORD_MEETINGS);
  g_assert_true (has_all);
  hits = tpt_test_store_search (store, "customer", 0);
  g_assert_cmpuint (hits->len, >=, TPT_TEST_RECORD_CUSTOMERS);
  tpt_test_store_close (store);
}

static void
spoil_header (const char *path)
{
  const char nonsense[100] = "This is no database.";
  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, nonsense, sizeof nonsense, 0), ==, (gssize) sizeof nonsense);
  g_assert_no_errno (close (fd));
}

/* The failing disk has taken the file with it: that the record was made anew is what is told, and
 * not what SQLite says of an operation. */
static void
test_disk_spoils (TptTestStorePlace *place,
                  gconstpointer      data)
{
  g_autoptr (GError) error = NULL;
  TptStore *store;

  tpt_test_record_make (place->path);
  store = tpt_test_store_open (place->path);
  spoil_header (place->path);
  tpt_fault_vfs_arm (TPT_FAULT_SYNC, 1, FALSE);
  g_assert_false (save_number (store, 0, &error));
  g_assert_true (tpt_fault_vfs_has_struck ());
  g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT);
  g_assert_nonnull (tpt_store_get_restoration (store));
  g_clear_error (&error);
  g_assert_true (save_number (store, 0, &error));
  g_assert_no_error (error);
  tpt_test_store_close (store);
}

#define ADD(path, func, data)                                                                      \
  g_test_add (path, TptTestStorePlace, data, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  static const Case cases[] = {
    { TPT_FAULT_ERROR, FALSE }, { TPT_FAULT_ERROR, TRUE }, { TPT_FAULT_FULL, FALSE },
    { TPT_FAULT_FULL, TRUE },   { TPT_FAULT_SHORT, FALSE }, { TPT_FAULT_SYNC, FALSE },
    { TPT_FAULT_SYNC, TRUE },
  };

  tpt_test_init (&argc, &argv);

  ADD ("/disk-error/error-once", test_everywhere, &cases[0]);
  ADD ("/disk-error/error-for-ever", test_everywhere, &cases[1]);
  ADD ("/disk-error/full-once", test_everywhere, &cases[2]);
  ADD ("/disk-error/full-for-ever", test_everywhere, &cases[3]);
  ADD ("/disk-error/short-write", test_everywhere, &cases[4]);
  ADD ("/disk-error/sync-once", test_everywhere, &cases[5]);
  ADD ("/disk-error/sync-for-ever", test_everywhere, &cases[6]);
  ADD ("/disk-error/sync-fails", test_sync_fails, NULL);
  ADD ("/disk-error/disk-comes-back", test_disk_comes_back, NULL);
  ADD ("/disk-error/disk-spoils", test_disk_spoils, NULL);

  return g_test_run ();
}

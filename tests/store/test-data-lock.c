/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-data-lock.h"
#include "tpt-store.h"
#include "tpt-test.h"

#include <unistd.h>

static void
test_busy (void)
{
  g_autofree char *folder = tpt_test_make_dir ();
  g_autoptr (GError) error = NULL;
  g_autofree char *holder = g_strdup_printf ("%s (process %d)", g_get_prgname (), (int) getpid ());
  TptDataLock *first = tpt_data_lock_take (folder, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_null (tpt_data_lock_take (folder, 120, NULL, &error));
  g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, holder));
  g_clear_error (&error);
  tpt_data_lock_free (first);
  first = tpt_data_lock_take (folder, 0, NULL, &error);
  g_assert_no_error (error);
  tpt_data_lock_free (first);
  tpt_test_remove_dir (folder);
}

static gpointer
cancel_func (gpointer data)
{
  g_cancellable_cancel (data);

  return NULL;
}

/* Cancelling ends the wait long before its time. */
static void
test_cancelled (void)
{
  g_autofree char *folder = tpt_test_make_dir ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  TptDataLock *lock = tpt_data_lock_take (folder, 0, NULL, &error);
  GThread *thread;

  g_assert_no_error (error);
  thread = g_thread_new ("cancel", cancel_func, cancellable);
  g_assert_null (tpt_data_lock_take (folder, G_MAXINT, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  tpt_data_lock_free (lock);
  tpt_test_remove_dir (folder);
}

static void
test_odd_holder (void)
{
  g_autofree char *folder = tpt_test_make_dir ();
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  g_autoptr (GError) error = NULL;
  TptDataLock *lock = tpt_data_lock_take (folder, 0, NULL, &error);

  g_assert_no_error (error);
  /* In place, as another file of that name would have a lock of its own. */
  g_assert_true (g_file_set_contents_full (path, "\xff\xfe", 2, G_FILE_SET_CONTENTS_NONE, 0600,
                                           &error));
  g_assert_null (tpt_data_lock_take (folder, 0, NULL, &error));
  g_assert_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "another process"));
  tpt_data_lock_free (lock);
  tpt_test_remove_dir (folder);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/data-lock/busy", test_busy);
  g_test_add_func ("/data-lock/cancelled", test_cancelled);
  g_test_add_func ("/data-lock/odd-holder", test_odd_holder);

  return g_test_run ();
}

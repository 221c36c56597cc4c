/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tpt-test.h"
#include "tpt-whole-file.h"

#define LENGTH (256 * 1024)

/* Whether the disk has no room for the name of one more file. */
static gint is_crowded;

/* The C library's own, under the name that GLib calls it by. */
int
open64 (const char *path,
        int         flags,
        ...)
{
  va_list arguments;
  mode_t mode;

  va_start (arguments, flags);
  mode = (flags & O_CREAT) != 0 ? va_arg (arguments, mode_t) : 0;
  va_end (arguments);
  if ((flags & O_CREAT) == 0 || !g_atomic_int_get (&is_crowded) || access (path, F_OK) == 0)
    return (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode);
  errno = ENOSPC;

  return -1;
}

static gboolean
write_file (const char  *path,
            char         letter,
            GError     **error)
{
  g_autofree char *text = g_strnfill (LENGTH, letter);
  g_autoptr (GBytes) contents = g_bytes_new (text, LENGTH);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_whole_file_write_async (file, contents, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_whole_file_write_finish (result, error);
}

/* No file may become longer than this: to who writes it, like a disk without room. */
static void
set_room (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
check_file (const char *path,
            char        letter)
{
  g_autofree char *wanted = g_strnfill (LENGTH, letter);
  g_autofree char *text = NULL;
  GStatBuf status;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, wanted);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static guint
count_files (const char *directory)
{
  g_autoptr (GDir) entries = g_dir_open (directory, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (entries) != NULL)
    count++;

  return count;
}

static void
test_no_room (void)
{
  g_autofree char *directory = tpt_test_make_dir ();
  g_autofree char *path = g_build_filename (directory, "a.ics", NULL);
  g_autofree char *new_path = g_build_filename (directory, "b.ics", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) new_error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_true (write_file (path, 'a', &error));
  g_assert_no_error (error);
  check_file (path, 'a');
  set_room (LENGTH / 2);
  g_assert_false (write_file (path, 'b', &error));
  g_assert_nonnull (error);
  g_assert_false (write_file (new_path, 'b', &new_error));
  g_assert_nonnull (new_error);
  set_room (RLIM_INFINITY);
  check_file (path, 'a');
  g_assert_cmpuint (count_files (directory), ==, 1);
  g_clear_error (&error);
  g_assert_true (write_file (path, 'c', &error));
  check_file (path, 'c');
  tpt_test_remove_dir (directory);
}

/* One that is to be replaced stays, although taking it away first would make room. */
static void
test_no_room_for_another (void)
{
  g_autofree char *directory = tpt_test_make_dir ();
  g_autofree char *path = g_build_filename (directory, "a.ics", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (write_file (path, 'a', &error));
  g_assert_no_error (error);
  g_atomic_int_set (&is_crowded, TRUE);
  g_assert_false (write_file (path, 'b', &error));
  g_atomic_int_set (&is_crowded, FALSE);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  check_file (path, 'a');
  g_assert_cmpuint (count_files (directory), ==, 1);
  tpt_test_remove_dir (directory);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/store/whole-file/no-room", test_no_room);
  g_test_add_func ("/store/whole-file/no-room-for-another", test_no_room_for_another);

  return g_test_run ();
}

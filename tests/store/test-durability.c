/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "tpt-test-store.h"
#include "tpt-test-worker.h"

/* Of each kind, unless TPT_KILL_ROUNDS says more: 10,000 in a night. */
#define ROUNDS 64

/* So many go into one file: all that is in it is read after each. */
#define FILLED_AFTER 64

static guint
get_rounds (void)
{
  const char *wanted = g_getenv ("TPT_KILL_ROUNDS");

  return wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : ROUNDS;
}

static void
begin_anew (TptTestStorePlace *fixture)
{
  tpt_test_remove_dir (fixture->folder);
  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
}

/* How many meetings are in the file; none is without its invitee, which came in the same commit. */
static guint
count_meetings (TptTestStorePlace *fixture)
{
  TptStore *store = tpt_test_store_open (fixture->path);
  g_autoptr (GPtrArray) meetings = NULL;
  guint count;

  g_assert_true (tpt_test_store_check (store));
  meetings = tpt_test_store_list_meetings (store, &(TptMeetingQuery) { 0 });
  for (guint i = 0; i < meetings->len; i++)
    g_assert_cmpuint (((TptMeeting *) g_ptr_array_index (meetings, i))->invitees->len, ==, 1);
  count = meetings->len;
  tpt_test_store_close (store);

  return count;
}

/* Reads what the worker has committed until @enough, kills it, and reads what it said by then. */
static int
kill_after (GSubprocess *worker,
            int          enough)
{
  int last = -1;
  int lines = 0;
  char *line;

  while ((line = tpt_test_worker_read (worker)) != NULL)
    {
      g_assert_false (g_str_has_prefix (line, "error"));
      last = atoi (line);
      g_free (line);
      if (++lines == enough)
        g_subprocess_send_signal (worker, SIGKILL);
    }
  g_assert_true (g_subprocess_wait (worker, NULL, NULL));
  g_assert_true (g_subprocess_get_if_signaled (worker));

  return last;
}

/* D-1: whatever was told as done is there, at most one more than that, and the file is sound. */
static void
test_killed (TptTestStorePlace *fixture,
             gconstpointer      data)
{
  guint rounds = get_rounds ();
  guint stored = 0;

  for (guint i = 0; i < rounds; i++)
    {
      g_autofree char *first = NULL;
      g_autoptr (GSubprocess) worker = NULL;
      guint told;

      if (i > 0 && i % FILLED_AFTER == 0)
        {
          begin_anew (fixture);
          stored = 0;
        }
      first = g_strdup_printf ("%u", stored);
      worker = tpt_test_worker_start (NULL, NULL, "commit", fixture->path, first);
      told = (guint) (kill_after (worker, g_test_rand_int_range (1, 40)) + 1);
      stored = count_meetings (fixture);
      g_assert_cmpuint (stored, >=, told);
      g_assert_cmpuint (stored, <=, told + 1);
    }
}

/* Also while it is being made: what is there then is nothing, or the beginning of a store. */
static void
test_killed_at_start (TptTestStorePlace *fixture,
                      gconstpointer      data)
{
  guint rounds = get_rounds ();

  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr (GSubprocess) worker = NULL;

      worker = tpt_test_worker_start (NULL, NULL, "commit", fixture->path, "0");
      g_usleep ((gulong) g_test_rand_int_range (0, 12000));
      g_subprocess_force_exit (worker);
      g_subprocess_wait (worker, NULL, NULL);
      count_meetings (fixture);
      begin_anew (fixture);
    }
}

/* D-13: the second process waits for the first and then goes on with what that one left. */
static void
test_two_processes (TptTestStorePlace *fixture,
                    gconstpointer      data)
{
  g_autoptr (GSubprocess) holder = NULL;
  g_autoptr (GSubprocess) second = NULL;
  g_autofree char *ready = NULL;
  g_autofree char *opened = NULL;

  holder = tpt_test_worker_start (NULL, NULL, "hold", fixture->path, NULL);
  ready = tpt_test_worker_read (holder);
  g_assert_cmpstr (ready, ==, "ready");
  second = tpt_test_worker_start (NULL, NULL, "open", fixture->path, NULL);
  g_assert_true (g_output_stream_close (g_subprocess_get_stdin_pipe (holder), NULL, NULL));
  opened = tpt_test_worker_read (second);
  g_assert_cmpstr (opened, ==, "opened");
  g_assert_true (g_subprocess_wait_check (holder, NULL, NULL));
  g_assert_true (g_subprocess_wait_check (second, NULL, NULL));
}

/* A killed holder leaves no lock behind. */
static void
test_killed_holder (TptTestStorePlace *fixture,
                    gconstpointer      data)
{
  g_autoptr (GSubprocess) holder = NULL;
  g_autofree char *ready = NULL;

  holder = tpt_test_worker_start (NULL, NULL, "hold", fixture->path, NULL);
  ready = tpt_test_worker_read (holder);
  g_assert_cmpstr (ready, ==, "ready");
  g_subprocess_force_exit (holder);
  g_assert_true (g_subprocess_wait (holder, NULL, NULL));
  g_assert_cmpuint (count_meetings (fixture), ==, 0);
}

/* D-5: told as a full disk, in words for a person; what was there stays readable, and with room
 * again it goes on. */
static void
test_disk_full (TptTestStorePlace *fixture,
                gconstpointer      data)
{
  g_autofree char *expected
      = g_strdup_printf ("error %d The disk is full: nothing new can be kept.\n"
                         "all there\ngoes on\n",
                         TPT_STORE_ERROR_FULL);
  g_autofree char *output = NULL;

  output = tpt_test_worker_run (NULL, NULL, "fill", fixture->path);
  g_assert_cmpstr (output, ==, expected);
  g_assert_cmpuint (count_meetings (fixture), >, 1);
}

#define ADD(path, func)                                                                            \
  g_test_add (path, TptTestStorePlace, NULL, tpt_test_store_set_up, func, tpt_test_store_tear_down)

int
main (int    argc,
      char **argv)
{
  /* A limit on the size of files shall be an error of the write, not the end of the worker. */
  signal (SIGXFSZ, SIG_IGN);
  tpt_test_init (&argc, &argv);

  ADD ("/durability/killed", test_killed);
  ADD ("/durability/killed-at-start", test_killed_at_start);
  ADD ("/durability/two-processes", test_two_processes);
  ADD ("/durability/killed-holder", test_killed_holder);
  ADD ("/durability/disk-full", test_disk_full);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A process of its own that uses a store as it is told, for the tests that kill it or take
 * something away from it. Says what it did on stdout, a line each. */

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tpt-test-store.h"

#define START ((TptTime) 1780000000 * TPT_SECOND)

static void
say (const char *format,
     ...) G_GNUC_PRINTF (1, 2);

static void
say (const char *format,
     ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (write (STDOUT_FILENO, text, strlen (text)) < 0 || write (STDOUT_FILENO, "\n", 1) < 0)
    _exit (2);
}

static gboolean
save_func (TptSession  *session,
           gpointer     data,
           GError     **error)
{
  TptMeeting *meeting = data;

  return tpt_meetings_table_save (session, meeting, error)
         && tpt_invitees_table_save (session, g_ptr_array_index (meeting->invitees, 0), error);
}

static gboolean
save_number (TptStore  *store,
             int        number,
             gsize      size,
             GError   **error)
{
  g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (number, START);

  tpt_test_store_make_invitee (meeting, 1, "anna@acme.example", 0);
  meeting->notes_plain = g_strnfill (size, 'x');

  return tpt_test_store_try_transact (store, save_func, meeting, error);
}

/* Commits without an end, each with a number that is told only when it is done. */
static int
commit_forever (TptStore *store,
                int       first)
{
  g_autoptr (GError) error = NULL;

  for (int number = first; save_number (store, number, 2000, &error); number++)
    say ("%d", number);
  say ("error %d %s", error->code, error->message);

  return 1;
}

/* Holds the data until stdin ends. */
static int
hold (TptStore *store)
{
  char byte;

  say ("ready");
  while (read (STDIN_FILENO, &byte, 1) > 0)
    ;
  tpt_test_store_close (store);

  return 0;
}

static int
count (TptStore *store)
{
  g_autoptr (GPtrArray) meetings =
    tpt_test_store_list_meetings (store, &(TptMeetingQuery) { 0 });

  say ("%u", meetings->len);
  tpt_test_store_close (store);

  return 0;
}

static void
limit_files (rlim_t bytes)
{
  struct rlimit limit;

  getrlimit (RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes != 0 ? bytes : limit.rlim_max;
  setrlimit (RLIMIT_FSIZE, &limit);
}

/* Until nothing goes in any more; then tells what is there, makes room, and goes on. */
static int
fill (TptStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  int number = 0;

  limit_files (512 * 1024);
  while (save_number (store, number, 20000, &error))
    number++;
  say ("error %d %s", error->code, error->message);
  g_clear_error (&error);
  meetings = tpt_test_store_list_meetings (store, &(TptMeetingQuery) { 0 });
  say (meetings->len == (guint) number ? "all there" : "lost");
  limit_files (0);
  say (save_number (store, number, 20000, &error) ? "goes on" : "stuck");
  tpt_test_store_close (store);

  return 0;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GBytes) key = tpt_test_store_key (7);
  g_autoptr (GError) error = NULL;
  TptStore *store;

  g_assert_cmpint (argc, >=, 3);
  store = tpt_test_store_try_open (argv[2], key, &error);
  if (store == NULL)
    {
      say ("error %d %s", error->code, error->message);
      return 1;
    }
  if (g_str_equal (argv[1], "commit"))
    return commit_forever (store, atoi (argv[3]));
  if (g_str_equal (argv[1], "hold"))
    return hold (store);
  if (g_str_equal (argv[1], "count"))
    return count (store);
  if (g_str_equal (argv[1], "fill"))
    return fill (store);
  tpt_test_store_close (store);
  say ("opened");

  return 0;
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "relay-admin.h"
#include "relay-fixture.h"
#include "tpt-test.h"

/* Where the boot of the machine stands in the file. */
#define BOOT_OFFSET 32

/* A relay that has put three events on Alice's stream and holds three more, which nobody has seen.
 * Nothing is acknowledged. */
typedef struct
{
  Relay  *relay;
  Device *alice;
  char   *cursors[7]; /* of event 1 to 6, which are the journal's first */
  char   *path;       /* of what is written down of the sent ones */
  char   *first;      /* that file as it was when one had been sent */
  gsize   first_size;
} Restart;

static void
book (Restart *restart,
      guint    first,
      guint    count)
{
  for (guint i = first; i < first + count; i++)
    g_assert_cmpuint (relay_book (restart->relay, "ALICE", i), ==, 200);
}

static char *
expect (Restart *restart,
        Stream  *stream,
        guint    number)
{
  g_autoptr (TptRelayFrame) frame = stream_next_of (stream, "webhook");
  g_autofree char *body = relay_body ("ALICE", number);
  g_autofree char *opened = device_open (restart->alice, frame->data);

  g_assert_cmpstr (opened, ==, body);

  return g_strdup (frame->id);
}

/* From @cursor on there come those from @first on, and no others. */
static void
assert_stream (Restart    *restart,
               const char *cursor,
               guint       first)
{
  g_autoptr (Stream) stream = stream_open (restart->relay, restart->alice, cursor);
  g_autoptr (TptRelayFrame) hello = NULL;

  hello = stream_next_of (stream, "hello");
  for (guint number = first; number <= 6; number++)
    {
      g_autofree char *id = expect (restart, stream, number);

      g_assert_cmpstr (id, ==, restart->cursors[number]);
    }
  /* What is put on the stream now comes next. */
  book (restart, 7, 1);
  g_free (expect (restart, stream, 7));
}

/* Places of before are of another epoch: the desktop hears so, and gets all that is there, to the
 * one after which nothing more is to come. */
static void
assert_anew (Restart     *restart,
             const guint *numbers,
             guint        count)
{
  g_autoptr (Stream) stream = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;
  g_autoptr (TptRelayFrame) gap = NULL;

  g_assert_cmpuint (relay_ack (restart->relay, restart->alice, restart->cursors[3]), ==, 409);
  stream = stream_open (restart->relay, restart->alice, restart->cursors[6]);
  hello = stream_next_of (stream, "hello");
  gap = stream_next_of (stream, "gap");
  g_assert_cmpstr (gap->data, ==, "{\"reset\":true}");
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *id = expect (restart, stream, numbers[i]);

      g_assert_false (strncmp (id, restart->cursors[3], strchr (id, ':') - id) == 0);
      g_assert_cmpuint (relay_ack (restart->relay, restart->alice, id), ==, 204);
    }
}

static guint
ack (Restart *restart,
     guint    number)
{
  return relay_ack (restart->relay, restart->alice, restart->cursors[number]);
}

/* The relay has noticed that nobody reads the stream any more. */
static gboolean
is_unread (gpointer data)
{
  g_autoptr (Reply) reply = relay_ask_admin (data, "GET", "/metrics", "");

  return strstr (reply->body, "\ntouchpoint_relay_streams 0\n") != NULL;
}

static void
set_up (Restart       *restart,
        gconstpointer  user_data)
{
  g_autoptr (Stream) stream = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;
  TptRelayCursor cursor;

  restart->relay = relay_new (NULL, "");
  restart->path = g_build_filename (restart->relay->directory, "journal.db.sent", NULL);
  relay_add_admin (restart->relay);
  relay_start (restart->relay);
  restart->alice = relay_enrol (restart->relay, "tok-alice", "app", FALSE);
  stream = stream_open (restart->relay, restart->alice, NULL);
  hello = stream_next_of (stream, "hello");
  for (guint number = 1; number <= 3; number++)
    {
      book (restart, number, 1);
      restart->cursors[number] = expect (restart, stream, number);
      if (number == 1)
        g_assert_true (g_file_get_contents (restart->path, &restart->first, &restart->first_size,
                                            NULL));
    }
  g_clear_pointer (&stream, stream_free);
  tpt_test_await_func (is_unread, restart->relay);
  g_assert_true (tpt_relay_cursor_parse (restart->cursors[3], &cursor, NULL));
  for (guint number = 4; number <= 6; number++)
    {
      cursor.seq++;
      restart->cursors[number] = tpt_relay_cursor_format (&cursor);
    }
}

static void
tear_down (Restart       *restart,
           gconstpointer  user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (restart->cursors); i++)
    g_free (restart->cursors[i]);
  relay_free (restart->relay);
  device_free (restart->alice);
  g_free (restart->first);
  g_free (restart->path);
}

/* What a machine leaves that lost its power: the file of a while ago, and another boot. */
static void
lose_power (Restart *restart)
{
  g_autoptr (GError) error = NULL;

  relay_kill (restart->relay);
  restart->first[BOOT_OFFSET] = restart->first[BOOT_OFFSET] == 'a' ? 'b' : 'a';
  g_file_set_contents (restart->path, restart->first, (gssize) restart->first_size, &error);
  g_assert_no_error (error);
}

/* The relay ended, however: what was sent may be acknowledged, and what was not stays. */
static void
test_ended (Restart       *restart,
            gconstpointer  user_data)
{
  book (restart, 4, 3);
  if (user_data != NULL)
    relay_stop (restart->relay);
  else
    relay_kill (restart->relay);
  relay_start (restart->relay);
  g_assert_cmpuint (ack (restart, 1), ==, 204);
  g_assert_cmpuint (ack (restart, 6), ==, 204);
  assert_stream (restart, restart->cursors[3], 4);
  g_assert_cmpuint (ack (restart, 6), ==, 204);
}

static void
test_ended_head (Restart       *restart,
                 gconstpointer  user_data)
{
  book (restart, 4, 3);
  relay_kill (restart->relay);
  relay_start (restart->relay);
  g_assert_cmpuint (ack (restart, 6), ==, 204);
  assert_stream (restart, NULL, 4);
}

/* The machine went down, and nobody knows whether the second and the third were sent: nothing of
 * them is dropped, and no ack is accepted of what comes again. */
static void
test_power (Restart       *restart,
            gconstpointer  user_data)
{
  book (restart, 4, 3);
  lose_power (restart);
  relay_start (restart->relay);
  g_assert_cmpuint (ack (restart, 1), ==, 204);
  g_assert_cmpuint (ack (restart, 3), ==, 503);
  g_assert_cmpuint (ack (restart, 6), ==, 503);
  /* It is not forgotten because the relay ends once more. */
  relay_stop (restart->relay);
  relay_start (restart->relay);
  g_assert_cmpuint (ack (restart, 6), ==, 503);
  assert_stream (restart, restart->cursors[3], 2);
  g_assert_cmpuint (ack (restart, 6), ==, 204);
}

/* Nothing is known at all: a copy of the journal on another machine, most likely an older one. */
static void
test_lost (Restart       *restart,
           gconstpointer  user_data)
{
  static const guint all[] = { 1, 2, 3, 4, 5, 6 };

  book (restart, 4, 3);
  relay_stop (restart->relay);
  g_assert_cmpint (g_unlink (restart->path), ==, 0);
  relay_start (restart->relay);
  assert_anew (restart, all, G_N_ELEMENTS (all));
}

/* An older copy of the journal was put in its place, in which the same places are given again. */
static void
test_older (Restart       *restart,
            gconstpointer  user_data)
{
  g_autofree char *journal = g_build_filename (restart->relay->directory, "journal.db", NULL);
  g_autofree char *log = g_strconcat (journal, "-wal", NULL);
  g_autofree char *copy = NULL;
  g_autofree char *log_copy = NULL;
  static const guint kept_and_new[] = { 1, 2, 3, 14, 15, 16 };
  gsize size, log_size;

  relay_stop (restart->relay);
  g_assert_true (g_file_get_contents (journal, &copy, &size, NULL));
  g_assert_true (g_file_get_contents (log, &log_copy, &log_size, NULL));
  relay_start (restart->relay);
  book (restart, 4, 3);
  assert_stream (restart, restart->cursors[3], 4);
  relay_stop (restart->relay);
  g_assert_true (g_file_set_contents (journal, copy, (gssize) size, NULL));
  g_assert_true (g_file_set_contents (log, log_copy, (gssize) log_size, NULL));
  relay_start (restart->relay);
  book (restart, 14, 3);
  assert_anew (restart, kept_and_new, G_N_ELEMENTS (kept_and_new));
}

/* The doubt is about places that are another device's: it ends when there is nothing to send. */
static void
test_nothing (Restart       *restart,
              gconstpointer  user_data)
{
  g_autoptr (Stream) stream = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;
  g_autoptr (Device) bob = NULL;

  bob = relay_enrol (restart->relay, "tok-bob", "app", FALSE);
  g_assert_cmpuint (ack (restart, 3), ==, 204);
  g_assert_cmpuint (relay_book (restart->relay, "BOB", 50), ==, 200);
  lose_power (restart);
  relay_start (restart->relay);
  g_assert_cmpuint (ack (restart, 4), ==, 503);
  stream = stream_open (restart->relay, restart->alice, restart->cursors[3]);
  hello = stream_next_of (stream, "hello");
  g_assert_cmpuint (ack (restart, 4), ==, 204);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add ("/relay/restart/killed", Restart, NULL, set_up, test_ended, tear_down);
  g_test_add ("/relay/restart/stopped", Restart, "stop", set_up, test_ended, tear_down);
  g_test_add ("/relay/restart/head", Restart, NULL, set_up, test_ended_head, tear_down);
  g_test_add ("/relay/restart/power", Restart, NULL, set_up, test_power, tear_down);
  g_test_add ("/relay/restart/lost", Restart, NULL, set_up, test_lost, tear_down);
  g_test_add ("/relay/restart/older", Restart, NULL, set_up, test_older, tear_down);
  g_test_add ("/relay/restart/nothing", Restart, NULL, set_up, test_nothing, tear_down);

  return g_test_run ();
}

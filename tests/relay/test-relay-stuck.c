/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "relay-admin.h"
#include "relay-held.h"
#include "tpt-test.h"

#define LARGE (200 * 1024)

typedef struct
{
  Held   *held;
  GArray *stored; /* numbers that were answered 200 */
  guint   failed; /* the first one that was not */
} Post;

static void
book (Post  *post,
      guint  number)
{
  g_assert_cmpuint (relay_book (post->held->relay, "ALICE", number), ==, 200);
  g_array_append_val (post->stored, number);
}

/* A checkpoint stops the writer only when the keeper has come to it. */
static gpointer
post_thread (gpointer data)
{
  Post *post = data;
  guint number = 2;
  guint status;

  while ((status = relay_book (post->held->relay, "ALICE", number)) == 200)
    {
      g_array_append_val (post->stored, number);
      number++;
    }
  g_assert_cmpuint (status, ==, 503);
  post->failed = number;

  return NULL;
}

/* Each time somebody looks, some seconds have passed. */
static gboolean
is_answered (gpointer data)
{
  Post *post = data;

  *post->held->ahead += 4;

  return relay_get_metric (post->held->relay, "requests_overdue_total") > 0;
}

static void
assert_health (Held       *held,
               const char *part)
{
  g_autoptr (Reply) reply = relay_ask (held->relay, "GET", "/readyz", "", "");

  g_assert_cmpuint (reply->status, ==, 503);
  if (strstr (reply->body, part) == NULL)
    g_error ("%s is not in %s", part, reply->body);
}

/* Every booking that was answered 200 is on the stream, in its order; @maybe, which was answered
 * 503, may be among them. How many they are is a matter of when the keeper came, so they are
 * acknowledged: a stream stops at what nobody says he has. */
static void
assert_stored (Held   *held,
               GArray *numbers,
               guint   maybe)
{
  g_autoptr (Stream) stream = stream_open (held->relay, held->alice, NULL);
  g_autoptr (TptRelayFrame) hello = NULL;
  g_autofree char *may_come = relay_body ("ALICE", maybe);
  guint i = 0;

  hello = stream_next_of (stream, "hello");
  while (i < numbers->len)
    {
      g_autoptr (TptRelayFrame) frame = stream_next_of (stream, "webhook");
      g_autofree char *opened = device_open (held->alice, frame->data);
      g_autofree char *body = relay_body ("ALICE", g_array_index (numbers, guint, i));

      g_assert_cmpuint (relay_ack (held->relay, held->alice, frame->id), ==, 204);
      if (strcmp (opened, may_come) == 0)
        continue;
      g_assert_cmpstr (opened, ==, body);
      i++;
    }
}

/* A flush that does not come back: whoever waits for it is told so by the deadline, who comes later
 * is told at once, and everybody else is heard as ever. Then the disk is back, and nobody had to
 * start anything anew. */
static void
test_held (Held          *held,
           gconstpointer  user_data)
{
  const char *file = user_data;
  g_autoptr (GArray) stored = g_array_new (FALSE, FALSE, sizeof (guint));
  Post post = { held, stored, 0 };
  GThread *thread;

  book (&post, 1);
  held_hold (held, file);
  thread = g_thread_new ("post", post_thread, &post);
  tpt_test_await_func (held_is_writing, held);
  g_assert_cmpuint (relay_post (held->relay, RELAY_MAIN, "no key", 0, "{}"), ==, 401);
  tpt_test_await_func (is_answered, &post);
  g_thread_join (thread);
  assert_health (held, "\"journal\":\"failing\"");
  g_assert_cmpuint (relay_book (held->relay, "ALICE", post.failed + 1), ==, 503);
  *held->ahead += 301;
  assert_health (held, "\"keeper\":\"failing\"");

  held_let_go (held);
  tpt_test_await_func (held_is_well, held);
  g_assert_cmpuint (relay_book (held->relay, "ALICE", post.failed), ==, 200);
  book (&post, post.failed + 2);
  assert_stored (held, stored, post.failed);
}

/* How often each booking comes until that of the last number does. */
static void
count_stored (Held  *held,
              guint *counts,
              guint  last)
{
  g_autoptr (Stream) stream = stream_open (held->relay, held->alice, NULL);
  g_autoptr (TptRelayFrame) hello = stream_next_of (stream, "hello");

  g_assert_nonnull (hello);
  while (counts[last] == 0)
    {
      g_autoptr (TptRelayFrame) frame = stream_next_of (stream, "webhook");
      g_autofree char *opened = device_open (held->alice, frame->data);

      for (guint number = 1; number <= last; number++)
        {
          g_autofree char *body = relay_body ("ALICE", number);

          if (strcmp (opened, body) == 0)
            counts[number]++;
        }
    }
}

/* The disk says that a flush has failed: what it then holds nobody knows, so nothing of it is
 * answered 200 until another connection has written it anew; and what was, is there. */
static void
test_failing (Held          *held,
              gconstpointer  user_data)
{
  guint counts[6] = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (relay_book (held->relay, "ALICE", 1), ==, 200);
  g_file_set_contents_full (held->gate, user_data, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  for (guint number = 2; number <= 4; number++)
    g_assert_cmpuint (relay_book (held->relay, "ALICE", number), ==, 503);
  assert_health (held, "\"journal\":\"failing\"");
  g_assert_cmpint (g_unlink (held->gate), ==, 0);
  g_assert_cmpuint (relay_book (held->relay, "ALICE", 2), ==, 200);
  tpt_test_await_func (held_is_well, held);
  g_assert_cmpuint (relay_book (held->relay, "ALICE", 5), ==, 200);
  relay_kill (held->relay);
  relay_start (held->relay);
  count_stored (held, counts, 5);
  g_assert_cmpuint (counts[1], ==, 1);
  g_assert_cmpuint (counts[2], ==, 1);
  g_assert_cmpuint (counts[3], <=, 1);
  g_assert_cmpuint (counts[4], <=, 1);
}

static char *
make_large_body (guint number)
{
  g_autofree char *small = relay_body ("ALICE", number);
  g_autofree char *blanks = g_strnfill (LARGE, ' ');

  return g_strconcat ("{", blanks, small + 1, NULL);
}

static gboolean
is_named (gpointer data)
{
  Held *held = data;
  g_autofree char *line =
    g_strdup_printf ("stuck_readers_closed_total{device=\"%s\"}",
                     held->alice->enrolment->device);

  return relay_get_metric (held->relay, line) == 1;
}

/* Who takes nothing for a minute is closed and named; who takes what comes stays. */
static void
test_reader (Held          *held,
             gconstpointer  user_data)
{
  g_autoptr (Device) bob = relay_enrol (held->relay, "tok-bob", "app", FALSE);
  g_autoptr (Stream) stuck = stream_open (held->relay, held->alice, NULL);
  g_autoptr (Stream) good = stream_open (held->relay, bob, NULL);
  g_autoptr (TptRelayFrame) hello = NULL;
  g_autoptr (TptRelayFrame) webhook = NULL;

  hello = stream_next_of (good, "hello");
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *body = make_large_body (i);

      g_assert_cmpuint (relay_post (held->relay, RELAY_MAIN, RELAY_KEY, 0, body), ==, 200);
    }
  *held->ahead += 58;
  g_assert_false (is_named (held));
  *held->ahead += 3;
  tpt_test_await_func (is_named, held);
  stream_ends (stuck);
  g_assert_cmpuint (stuck->frames->len, <, 9);
  g_assert_cmpuint (relay_book (held->relay, "BOB", 100), ==, 200);
  webhook = stream_next_of (good, "webhook");
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add ("/relay/stuck/writer", Held, "-wal", held_set_up, test_held, held_tear_down);
  g_test_add ("/relay/stuck/keeper", Held, "journal.db", held_set_up, test_held, held_tear_down);
  g_test_add ("/relay/stuck/failing", Held, "!-wal", held_set_up, test_failing, held_tear_down);
  g_test_add ("/relay/stuck/reader", Held, NULL, held_set_up, test_reader, held_tear_down);

  return g_test_run ();
}

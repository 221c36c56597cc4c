/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

#include "relay-admin.h"
#include "relay-fixture.h"
#include "tpt-test.h"

#define LARGE (200 * 1024)
#define STATE "state-of-a-sign-in"

/* A relay whose disk and clock obey the test. */
typedef struct
{
  Relay  *relay;
  Device *alice;
  char   *gate;
  gint64 *ahead;
  int     lock;
} Held;

static gint64 *
map_clock (const char *path)
{
  gint64 zero = 0;
  gint64 *ahead;
  int fd;

  g_assert_true (g_file_set_contents (path, (const char *) &zero, sizeof zero, NULL));
  fd = open (path, O_RDWR | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  ahead = mmap (NULL, sizeof *ahead, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  g_assert_true (ahead != MAP_FAILED);
  close (fd);

  return ahead;
}

static void
set_up (Held          *held,
        gconstpointer  user_data)
{
  g_autofree char *hold = g_test_build_filename (G_TEST_BUILT, "relay", "librelay-hold.so", NULL);
  const char *before = g_getenv ("LD_PRELOAD");
  g_autofree char *preload = g_strconcat ("LD_PRELOAD=", hold, before != NULL ? ":" : "",
                                          before != NULL ? before : "", NULL);
  g_autofree char *gate = NULL;
  g_autofree char *clock = NULL;
  g_autofree char *clock_path = NULL;

  held->relay = relay_new ("unix", "limit_per_device=0\nlimit_per_address=0\n");
  held->gate = g_build_filename (held->relay->directory, "gate", NULL);
  clock_path = g_build_filename (held->relay->directory, "clock", NULL);
  gate = g_strconcat ("RELAY_HOLD_GATE=", held->gate, NULL);
  clock = g_strconcat ("RELAY_HOLD_CLOCK=", clock_path, NULL);
  held->ahead = map_clock (clock_path);
  held->lock = -1;
  relay_add_admin (held->relay);
  {
    const char *const argv[] = { "/usr/bin/env", preload, gate, clock, held->relay->program,
                                 "--config", held->relay->config, NULL };

    held->relay->process = relay_spawn (G_SUBPROCESS_FLAGS_STDOUT_PIPE, argv);
  }
  relay_await_ready (held->relay);
  held->alice = relay_enrol (held->relay, "tok-alice", "app", FALSE);
}

static void
tear_down (Held          *held,
           gconstpointer  user_data)
{
  relay_free (held->relay);
  device_free (held->alice);
  g_free (held->gate);
  munmap (held->ahead, sizeof *held->ahead);
}

/* From now on nothing that is flushed to files whose names end in @name gets there. */
static void
hold (Held       *held,
      const char *name)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (held->gate, name, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  held->lock = open (held->gate, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (flock (held->lock, LOCK_EX | LOCK_NB), ==, 0);
}

static void
let_go (Held *held)
{
  g_assert_cmpint (g_unlink (held->gate), ==, 0);
  close (held->lock);
}

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

static double
read_metric (Held       *held,
             const char *name)
{
  g_autoptr (Reply) reply = relay_ask_admin (held->relay, "GET", "/metrics", "");
  g_autofree char *line = g_strdup_printf ("\n%s ", name);
  const char *at = strstr (reply->body, line);

  g_assert_cmpuint (reply->status, ==, 200);

  return at != NULL ? g_ascii_strtod (at + strlen (line), NULL) : -1;
}

static gboolean
is_writing (gpointer data)
{
  return read_metric (data, "touchpoint_relay_writer_busy_seconds") > 0;
}

/* Each time somebody looks, some seconds have passed. */
static gboolean
is_answered (gpointer data)
{
  Post *post = data;

  *post->held->ahead += 4;

  return read_metric (post->held, "touchpoint_relay_requests_overdue_total") > 0;
}

static gboolean
is_well (gpointer data)
{
  Held *held = data;
  g_autoptr (Reply) reply = relay_ask (held->relay, "GET", "/readyz", "", "");

  return reply->status == 200;
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
 * 503, may be among them. */
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
  hold (held, file);
  thread = g_thread_new ("post", post_thread, &post);
  tpt_test_await_func (is_writing, held);
  g_assert_cmpuint (relay_post (held->relay, RELAY_MAIN, "no key", 0, "{}"), ==, 401);
  tpt_test_await_func (is_answered, &post);
  g_thread_join (thread);
  assert_health (held, "\"journal\":\"failing\"");
  g_assert_cmpuint (relay_book (held->relay, "ALICE", post.failed + 1), ==, 503);
  *held->ahead += 301;
  assert_health (held, "\"keeper\":\"failing\"");

  let_go (held);
  tpt_test_await_func (is_well, held);
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
  tpt_test_await_func (is_well, held);
  g_assert_cmpuint (relay_book (held->relay, "ALICE", 5), ==, 200);
  relay_kill (held->relay);
  relay_start (held->relay);
  count_stored (held, counts, 5);
  g_assert_cmpuint (counts[1], ==, 1);
  g_assert_cmpuint (counts[2], ==, 1);
  g_assert_cmpuint (counts[3], <=, 1);
  g_assert_cmpuint (counts[4], <=, 1);
}

/* Somebody who changes something, and hears that it did not work while it waits for the writer. */
typedef struct
{
  Held       *held;
  const char *code;
  guint       wanted; /* questions to Calendly */
} Late;

static gpointer
enrol_thread (gpointer data)
{
  Late *late = data;
  g_autoptr (Reply) reply = relay_try_enrol (late->held->relay, late->code, "tok-bob", "app",
                                             FALSE, NULL);

  return GUINT_TO_POINTER (reply->status);
}

static gpointer
come_back_thread (gpointer data)
{
  Late *late = data;
  g_autoptr (Reply) reply = relay_ask (late->held->relay, "GET",
                                       "/oauth/callback?code=c&state=" STATE, "", "");

  return GUINT_TO_POINTER (reply->status);
}

static gboolean
has_asked (gpointer data)
{
  Late *late = data;

  return relay_calendly_get_asked (late->held->relay->calendly) == late->wanted;
}

static gboolean
are_both_answered (gpointer data)
{
  Late *late = data;

  *late->held->ahead += 4;

  return read_metric (late->held, "touchpoint_relay_requests_overdue_total") == 2;
}

/* @thread: (nullable): waits already; otherwise it begins when the writer is stuck */
static void
pass_deadline (Late        *late,
               GThreadFunc  func,
               GThread     *thread)
{
  Held *held = late->held;
  g_autoptr (GArray) stored = g_array_new (FALSE, FALSE, sizeof (guint));
  Post post = { held, stored, 0 };
  GThread *poster;

  hold (held, "-wal");
  poster = g_thread_new ("post", post_thread, &post);
  tpt_test_await_func (is_writing, held);
  if (thread == NULL)
    {
      thread = g_thread_new ("late", func, late);
    }
  else
    {
      late->wanted++;
      relay_calendly_set_held (held->relay->calendly, FALSE);
      tpt_test_await_func (has_asked, late);
    }
  tpt_test_await_func (are_both_answered, late);
  g_thread_join (poster);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (thread)), ==, 503);
  let_go (held);
  tpt_test_await_func (is_well, held);
}

/* Only a 201 uses the code up, wherever the enrolment was when its time had passed: before the code
 * was looked at, and nobody is asked about it then; or, with @user_data, before it was written. */
static void
test_late_enrolment (Held          *held,
                     gconstpointer  user_data)
{
  RelayCalendly *calendly = held->relay->calendly;
  g_autofree char *code = relay_run (held->relay, "enrol-code", NULL);
  Late late = { held, code, relay_calendly_get_asked (calendly) };
  GThread *thread = NULL;

  if (user_data != NULL)
    {
      late.wanted++;
      relay_calendly_set_held (calendly, TRUE);
      thread = g_thread_new ("late", enrol_thread, &late);
      tpt_test_await_func (has_asked, &late);
    }
  pass_deadline (&late, enrol_thread, thread);
  g_assert_true (has_asked (&late));
  g_assert_cmpuint (GPOINTER_TO_UINT (enrol_thread (&late)), ==, 201);
  g_assert_cmpfloat (read_metric (held, "touchpoint_relay_enrolments_total{outcome=\"done\"}"), ==,
                     2);
}

/* Whoever was told to load the page again can. */
static void
test_late_return (Held          *held,
                  gconstpointer  user_data)
{
  Late late = { held, NULL, 0 };
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, STATE, -1);
  g_autofree char *body = g_strdup_printf ("{\"state_hash\":\"%s\",\"port\":41234,"
                                           "\"path\":\"/back\"}", hash);
  g_autoptr (Reply) begun = relay_ask_as (held->relay, held->alice, "POST", "/v1/oauth/flows",
                                          body);

  g_assert_cmpuint (begun->status, ==, 201);
  pass_deadline (&late, come_back_thread, NULL);
  g_assert_cmpuint (GPOINTER_TO_UINT (come_back_thread (&late)), ==, 303);
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
    g_strdup_printf ("touchpoint_relay_stuck_readers_closed_total{device=\"%s\"}",
                     held->alice->enrolment->device);

  return read_metric (held, line) == 1;
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
  g_test_add ("/relay/stuck/writer", Held, "-wal", set_up, test_held, tear_down);
  g_test_add ("/relay/stuck/keeper", Held, "journal.db", set_up, test_held, tear_down);
  g_test_add ("/relay/stuck/failing", Held, "!-wal", set_up, test_failing, tear_down);
  g_test_add ("/relay/stuck/late-code", Held, NULL, set_up, test_late_enrolment, tear_down);
  g_test_add ("/relay/stuck/late-enrolment", Held, "asked", set_up, test_late_enrolment, tear_down);
  g_test_add ("/relay/stuck/late-return", Held, NULL, set_up, test_late_return, tear_down);
  g_test_add ("/relay/stuck/reader", Held, NULL, set_up, test_reader, tear_down);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "relay-fixture.h"
#include "tpt-test.h"

static void
book (Relay *relay,
      guint  first,
      guint  count)
{
  for (guint i = first; i < first + count; i++)
    g_assert_cmpuint (relay_book (relay, "ALICE", i), ==, 200);
}

/* The next event is Alice's booking @number; its cursor. */
static char *
expect (Stream *stream,
        Device *device,
        guint   number)
{
  g_autoptr (TptRelayFrame) frame = stream_next_of (stream, "webhook");
  g_autofree char *body = relay_body ("ALICE", number);
  g_autofree char *opened = device_open (device, frame->data);

  g_assert_cmpstr (opened, ==, body);

  return g_strdup (frame->id);
}

static void
greet (Stream        *stream,
       TptRelayHello *hello)
{
  g_autoptr (TptRelayFrame) frame = stream_next_of (stream, "hello");
  g_autoptr (GError) error = NULL;

  g_assert_true (tpt_relay_hello_decode (frame->data, hello, &error));
  g_assert_no_error (error);
}

/* Whichever event the connection breaks after: what was not seen comes, once, in order. */
static void
test_resume (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autofree char *cursor = NULL;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  book (relay, 0, 20);
  for (guint seen = 0; seen < 20; seen++)
    {
      g_autoptr (Stream) stream = stream_open (relay, alice, cursor);
      TptRelayHello hello;

      greet (stream, &hello);
      g_assert_cmpuint (hello.heartbeat_seconds, ==, 25);
      g_clear_pointer (&cursor, g_free);
      cursor = expect (stream, alice, seen);
      for (guint i = seen + 1; i < 20; i++)
        {
          g_autofree char *later = expect (stream, alice, i);

          g_assert_cmpstr (later, !=, cursor);
        }
      if (seen == 10)
        {
          relay_kill (relay);
          relay_start (relay);
        }
    }
}

/* Acknowledged is gone, for every stream and after every restart; unacknowledged comes again. */
static void
test_ack (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Stream) stream = NULL;
  g_autoptr (Stream) again = NULL;
  g_autoptr (Stream) below = NULL;
  g_autofree char *second = NULL;
  g_autofree char *first = NULL;
  g_autofree char *third = NULL;
  g_autofree char *beyond = NULL;
  TptRelayHello hello;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  book (relay, 0, 3);
  stream = stream_open (relay, alice, NULL);
  greet (stream, &hello);
  first = expect (stream, alice, 0);
  second = expect (stream, alice, 1);
  third = expect (stream, alice, 2);
  beyond = g_strdup_printf ("%s:%d", hello.head.epoch, 99);

  g_assert_cmpuint (relay_ack (relay, alice, beyond), ==, 409);
  g_assert_cmpuint (relay_ack (relay, alice, "0123456789abcdef:1"), ==, 409);
  g_assert_cmpuint (relay_ack (relay, alice, "nonsense"), ==, 400);
  g_assert_cmpuint (relay_ack (relay, alice, second), ==, 204);
  g_assert_cmpuint (relay_ack (relay, alice, second), ==, 204);
  g_assert_cmpuint (relay_ack (relay, alice, first), ==, 204);
  relay_kill (relay);
  relay_start (relay);
  again = stream_open (relay, alice, NULL);
  greet (again, &hello);
  g_free (expect (again, alice, 2));
  /* A cursor below the ack is no gap. */
  below = stream_open (relay, alice, first);
  greet (below, &hello);
  g_free (expect (below, alice, 2));
}

/* Without acks 256 are under way and no more; each ack lets as many follow. */
static void
test_in_flight (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Stream) stream = NULL;
  g_autofree char *tenth = NULL;
  g_autofree char *head = NULL;
  TptRelayHello hello;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  book (relay, 0, 300);
  stream = stream_open (relay, alice, NULL);
  greet (stream, &hello);
  head = tpt_relay_cursor_format (&hello.head);
  for (guint i = 0; i < 256; i++)
    {
      g_autofree char *cursor = expect (stream, alice, i);

      if (i == 9)
        tenth = g_strdup (cursor);
    }
  g_assert_cmpuint (stream->frames->len, ==, 0);
  g_assert_cmpuint (relay_ack (relay, alice, tenth), ==, 204);
  for (guint i = 256; i < 266; i++)
    g_free (expect (stream, alice, i));
  g_assert_cmpuint (stream->frames->len, ==, 0);

  /* The head is acknowledged by somebody who has not seen it: what was not sent stays. */
  g_assert_cmpuint (relay_ack (relay, alice, head), ==, 204);
  for (guint i = 266; i < 300; i++)
    g_free (expect (stream, alice, i));
}

static void
test_gaps (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autofree char *beyond = NULL;
  static const char *const malformed[] = { "x", "a:b", ":1", "a:-1", "a:1:1" };
  const char *resets[2];

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  book (relay, 0, 1);
  {
    g_autoptr (Stream) stream = stream_open (relay, alice, NULL);
    TptRelayHello hello;

    greet (stream, &hello);
    beyond = g_strdup_printf ("%s:%d", hello.head.epoch, 1000);
  }
  resets[0] = beyond;
  resets[1] = "another-journal:1";
  for (guint i = 0; i < G_N_ELEMENTS (resets); i++)
    {
      g_autoptr (Stream) stream = stream_open (relay, alice, resets[i]);
      g_autoptr (TptRelayFrame) frame = NULL;
      TptRelayHello hello;

      greet (stream, &hello);
      frame = stream_next_of (stream, "gap");
      g_assert_cmpstr (frame->data, ==, "{\"reset\":true}");
      g_free (expect (stream, alice, 0));
    }
  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_autofree char *path = g_strdup_printf ("/v1/events?after=%s", malformed[i]);
      g_autoptr (Reply) reply = relay_ask_as (relay, alice, "GET", path, "");

      g_assert_cmpuint (reply->status, ==, 400);
    }
}

/* Live, several streams of one device and two devices: each sees all of its own. */
static void
test_live (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Device) bob = NULL;
  g_autoptr (Stream) one = NULL;
  g_autoptr (Stream) two = NULL;
  g_autoptr (Stream) of_bob = NULL;
  g_autoptr (TptRelayFrame) frame = NULL;
  g_autofree char *tested = NULL;
  g_autofree char *path = NULL;
  g_autofree char *foreign = NULL;
  TptRelayHello hello;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  bob = relay_enrol (relay, "tok-bob", "app", FALSE);
  one = stream_open (relay, alice, NULL);
  two = stream_open (relay, alice, NULL);
  of_bob = stream_open (relay, bob, NULL);
  greet (one, &hello);
  greet (two, &hello);
  greet (of_bob, &hello);
  for (guint i = 0; i < 5; i++)
    {
      book (relay, i, 1);
      g_free (expect (one, alice, i));
      g_free (expect (two, alice, i));
    }

  path = g_strdup_printf ("/v1/devices/%s/test", bob->enrolment->device);
  foreign = g_strdup_printf ("/v1/devices/%s/test", alice->enrolment->device);
  {
    g_autoptr (Reply) not_mine = relay_ask_as (relay, bob, "POST", foreign, "");
    g_autoptr (Reply) mine = relay_ask_as (relay, bob, "POST", path, "");

    g_assert_cmpuint (not_mine->status, ==, 404);
    g_assert_cmpuint (mine->status, ==, 202);
  }
  frame = stream_next_of (of_bob, "webhook");
  tested = device_open (bob, frame->data);
  g_assert_nonnull (strstr (tested, "\"event\":\"touchpoint.test\""));
}

static Reply *
poll_page (Relay      *relay,
           Device     *device,
           const char *after)
{
  g_autofree char *fields = g_strdup_printf ("Authorization: Bearer %s\r\nAccept: "
                                             "application/json\r\n",
                                             device->enrolment->token);
  g_autofree char *path = after != NULL ? g_strdup_printf ("/v1/events?after=%s", after)
                                        : g_strdup ("/v1/events");

  return relay_ask (relay, "GET", path, fields, "");
}

static guint
count_events (const char *body)
{
  g_auto (GStrv) parts = g_strsplit (body, "\"relay_key\"", -1);

  return g_strv_length (parts) - 1;
}

static char *
last_cursor (const char *body)
{
  const char *at = g_strrstr (body, "],\"cursor\":\"");

  g_assert_nonnull (at);

  return g_strndup (at + 12, strcspn (at + 12, "\""));
}

static gpointer
poll_thread (gpointer data)
{
  gpointer *all = data;

  return poll_page (all[0], all[1], all[2]);
}

static void
test_long_poll (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Reply) first = NULL;
  g_autoptr (Reply) rest = NULL;
  g_autoptr (Reply) reset = NULL;
  g_autoptr (Reply) waited = NULL;
  g_autofree char *cursor = NULL;
  g_autofree char *end = NULL;
  gpointer all[3];
  GThread *thread;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  book (relay, 0, 520);
  first = poll_page (relay, alice, NULL);
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (count_events (first->body), ==, 500);
  cursor = last_cursor (first->body);
  rest = poll_page (relay, alice, cursor);
  g_assert_cmpuint (count_events (rest->body), ==, 20);
  g_assert_null (strstr (rest->body, "\"gap\""));
  end = last_cursor (rest->body);
  reset = poll_page (relay, alice, "other:1");
  g_assert_nonnull (strstr (reset->body, "\"gap\":{\"reset\":true}"));
  g_assert_cmpuint (count_events (reset->body), ==, 500);

  /* Nothing new: it waits, and ends with what comes. */
  all[0] = relay;
  all[1] = alice;
  all[2] = end;
  thread = g_thread_new ("poller", poll_thread, all);
  book (relay, 520, 1);
  waited = g_thread_join (thread);
  g_assert_cmpuint (count_events (waited->body), ==, 1);
}

static void
test_strangers (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Reply) none = NULL;
  g_autoptr (Reply) wrong = NULL;
  g_autoptr (Reply) basic = NULL;
  g_autoptr (Reply) ack = NULL;

  relay_start (relay);
  none = relay_ask (relay, "GET", "/v1/events", "", "");
  wrong = relay_ask (relay, "GET", "/v1/events", "Authorization: Bearer abc\r\n", "");
  basic = relay_ask (relay, "GET", "/v1/events", "Authorization: Basic abc\r\n", "");
  ack = relay_ask (relay, "POST", "/v1/events/ack", "", "{\"cursor\":\"a:1\"}");
  g_assert_cmpuint (none->status, ==, 401);
  g_assert_nonnull (strstr (none->head, "WWW-Authenticate: Bearer"));
  g_assert_cmpuint (wrong->status, ==, 401);
  g_assert_cmpuint (basic->status, ==, 401);
  g_assert_cmpuint (ack->status, ==, 401);
}

/* SIGTERM: the stream says when to come again, and ends. */
static void
test_goodbye (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Stream) stream = NULL;
  TptRelayHello hello;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  stream = stream_open (relay, alice, NULL);
  greet (stream, &hello);
  relay_stop (relay);
  g_assert_true (stream_ends (stream));
  g_assert_cmpint (tpt_relay_parser_get_retry (stream->parser), ==, 1000);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/events/resume", test_resume);
  g_test_add_func ("/relay/events/ack", test_ack);
  g_test_add_func ("/relay/events/in-flight", test_in_flight);
  g_test_add_func ("/relay/events/gaps", test_gaps);
  g_test_add_func ("/relay/events/live", test_live);
  g_test_add_func ("/relay/events/long-poll", test_long_poll);
  g_test_add_func ("/relay/events/strangers", test_strangers);
  g_test_add_func ("/relay/events/goodbye", test_goodbye);

  return g_test_run ();
}

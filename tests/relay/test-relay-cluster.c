/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "relay-fixture.h"
#include "relay-postgres.h"
#include "tpt-test.h"

#define LIMITS "limit_per_device=0\nlimit_per_address=0\n"

/* Two relays on one server, which lives as long as all tests. */
typedef struct
{
  Relay *here;
  Relay *there;
  char  *database;
} Pair;

static Postgres *server;
static guint databases;

static void
set_up (Pair          *pair,
        gconstpointer  user_data)
{
  g_autofree char *name = g_strdup_printf ("journal%u", databases++);
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s", name);
  g_autofree char *location = NULL;
  g_autofree char *config = NULL;

  if (server == NULL)
    server = postgres_new ();
  postgres_run (server, sql);
  location = postgres_location (server, name);
  /* A standby that does not answer is given up sooner than the relay would by itself. */
  config = g_strdup_printf ("journal=%s options='-c statement_timeout=1s'\n" LIMITS, location);
  pair->here = relay_new (NULL, config);
  pair->there = relay_new (NULL, config);
  pair->database = g_steal_pointer (&name);
  relay_start (pair->here);
  relay_start (pair->there);
}

static void
tear_down (Pair          *pair,
           gconstpointer  user_data)
{
  relay_free (pair->here);
  relay_free (pair->there);
  g_free (pair->database);
}

static void
book (Relay *relay,
      guint  first,
      guint  count)
{
  for (guint i = first; i < first + count; i++)
    g_assert_cmpuint (relay_book (relay, "ALICE", i), ==, 200);
}

static TptRelayHello
greet (Stream *stream)
{
  g_autoptr (TptRelayFrame) frame = stream_next_of (stream, "hello");
  g_autoptr (GError) error = NULL;
  TptRelayHello hello;

  g_assert_true (tpt_relay_hello_decode (frame->data, &hello, &error));
  g_assert_no_error (error);

  return hello;
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

/* Enrolled here, known there at once; posted here, streamed there; acknowledged here, gone
 * there. */
static void
test_any (Pair          *pair,
          gconstpointer  user_data)
{
  g_autoptr (Device) alice = relay_enrol (pair->here, "tok-alice", "app", FALSE);
  g_autoptr (Stream) stream = stream_open (pair->there, alice, NULL);
  g_autoptr (Stream) again = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  greet (stream);
  book (pair->here, 1, 1);
  first = expect (stream, alice, 1);
  book (pair->there, 2, 1);
  second = expect (stream, alice, 2);
  g_assert_cmpuint (relay_ack (pair->here, alice, first), ==, 204);
  g_assert_cmpuint (relay_ack (pair->here, alice, first), ==, 204);
  again = stream_open (pair->here, alice, NULL);
  greet (again);
  g_free (expect (again, alice, 2));
  /* One relay streams to a device: the one to which it came last. */
  g_assert_true (stream_ends (stream));
}

/* A member's own channel is good at every relay at once. */
static void
test_channel (Pair          *pair,
              gconstpointer  user_data)
{
  g_autoptr (Device) bob = relay_enrol (pair->here, "tok-bob", "personal", FALSE);
  g_autofree char *body = relay_body ("BOB", 1);
  const char *path = strstr (bob->enrolment->webhook_url, "/v1/");

  g_assert_cmpuint (relay_post (pair->there, path, bob->enrolment->signing_key, 0, body), ==, 200);
  g_assert_cmpuint (relay_post (pair->there, path, RELAY_KEY, 0, body), ==, 401);
  g_assert_cmpuint (relay_post (pair->there, "/v1/calendly/webhook/nobody", RELAY_KEY, 0, body), ==,
                    404);
}

/* A code that was used here is used there. */
static void
test_codes (Pair          *pair,
            gconstpointer  user_data)
{
  g_autofree char *code = relay_run (pair->here, "enrol-code", NULL);
  g_autoptr (Reply) first = relay_try_enrol (pair->there, code, "tok-alice", "app", FALSE, NULL);
  g_autoptr (Reply) second = relay_try_enrol (pair->here, code, "tok-alice", "app", FALSE, NULL);

  g_assert_cmpuint (first->status, ==, 201);
  g_assert_cmpuint (second->status, ==, 401);
}

typedef struct
{
  Relay  *relay;
  Device *device;
} Ended;

static gboolean
is_unknown (gpointer data)
{
  Ended *ended = data;
  g_autoptr (Reply) reply = relay_ask_as (ended->relay, ended->device, "POST", "/v1/events/ack",
                                          "{}");

  return reply->status == 401;
}

static void
test_end (Pair          *pair,
          gconstpointer  user_data)
{
  g_autoptr (Device) alice = relay_enrol (pair->here, "tok-alice", "app", FALSE);
  g_autoptr (Device) second = relay_enrol (pair->here, "tok-alice", "app", FALSE);
  g_autoptr (Stream) stream = stream_open (pair->there, alice, NULL);
  g_autoptr (Stream) beside = stream_open (pair->there, second, NULL);
  g_autofree char *path = g_strdup_printf ("/v1/devices/%s", alice->enrolment->device);
  g_autoptr (Reply) reply = NULL;
  Ended ended = { pair->there, alice };

  greet (stream);
  greet (beside);
  reply = relay_ask_as (pair->here, alice, "DELETE", path, "");
  g_assert_cmpuint (reply->status, ==, 204);
  g_assert_true (stream_ends (stream));
  tpt_test_await_func (is_unknown, &ended);
  /* The other devices of the same user are made to come again, wherever they are. */
  g_assert_true (stream_ends (beside));
}

/* The same booking comes to both, as Calendly sends it again when an answer got lost. */
static void
test_duplicates (Pair          *pair,
                 gconstpointer  user_data)
{
  g_autoptr (Device) alice = relay_enrol (pair->here, "tok-alice", "app", FALSE);
  g_autoptr (Stream) stream = stream_open (pair->here, alice, NULL);

  greet (stream);
  book (pair->here, 1, 3);
  book (pair->there, 1, 3);
  book (pair->there, 9, 1);
  for (guint number = 1; number <= 3; number++)
    g_free (expect (stream, alice, number));
  g_free (expect (stream, alice, 9));
}

/* What was never on a stream stays, whatever relay hears of an ack, and after either was killed.
 * Bob's stream tells where the journal ends. */
static void
test_unsent (Pair          *pair,
             gconstpointer  user_data)
{
  g_autoptr (Device) alice = relay_enrol (pair->here, "tok-alice", "app", FALSE);
  g_autoptr (Device) bob = relay_enrol (pair->here, "tok-bob", "app", FALSE);
  g_autoptr (Stream) of_bob = stream_open (pair->here, bob, NULL);
  g_autoptr (Stream) again = NULL;
  TptRelayHello hello = greet (of_bob);
  g_autofree char *head = NULL;
  g_autofree char *beyond = NULL;
  TptRelayCursor cursor;

  book (pair->here, 1, 3);
  cursor = hello.head;
  cursor.seq += 3;
  head = tpt_relay_cursor_format (&cursor);
  cursor.seq++;
  beyond = tpt_relay_cursor_format (&cursor);
  g_assert_cmpuint (relay_ack (pair->there, alice, beyond), ==, 409);
  g_assert_cmpuint (relay_ack (pair->there, alice, "0123456789abcdef:1"), ==, 409);
  g_assert_cmpuint (relay_ack (pair->there, alice, head), ==, 204);
  relay_kill (pair->here);
  relay_start (pair->here);
  g_assert_cmpuint (relay_ack (pair->here, alice, head), ==, 204);
  again = stream_open (pair->there, alice, NULL);
  greet (again);
  for (guint number = 1; number <= 3; number++)
    g_free (expect (again, alice, number));
}

/* 256 are under way and no more; acks that come to the other relay let the rest follow. */
static void
test_flow (Pair          *pair,
           gconstpointer  user_data)
{
  g_autoptr (Device) alice = relay_enrol (pair->here, "tok-alice", "app", FALSE);
  g_autoptr (Stream) stream = NULL;
  g_autofree char *last = NULL;

  book (pair->here, 0, 300);
  stream = stream_open (pair->here, alice, NULL);
  greet (stream);
  for (guint number = 0; number < 256; number++)
    {
      g_free (last);
      last = expect (stream, alice, number);
    }
  g_assert_cmpuint (relay_ack (pair->there, alice, last), ==, 204);
  for (guint number = 256; number < 300; number++)
    g_free (expect (stream, alice, number));
}

static gboolean
is_well (gpointer data)
{
  g_autoptr (Reply) reply = relay_ask (data, "GET", "/readyz", "", "");

  return reply->status == 200;
}

/* The server goes and comes back: nothing is answered 200 meanwhile, and everything was kept. A
 * relay that is stopped meanwhile ends as it should. */
static void
test_server_gone (Pair          *pair,
                  gconstpointer  user_data)
{
  g_autoptr (Device) alice = relay_enrol (pair->here, "tok-alice", "app", FALSE);
  g_autoptr (Stream) stream = NULL;
  g_autoptr (Reply) known = relay_ask_as (pair->there, alice, "POST", "/v1/events/ack", "{}");

  /* For somebody of whom it has not heard, a relay would answer 200 and keep nothing. */
  g_assert_cmpuint (known->status, ==, 400);
  book (pair->here, 1, 1);
  postgres_stop (server);
  g_assert_cmpuint (relay_book (pair->here, "ALICE", 2), ==, 503);
  g_assert_cmpuint (relay_book (pair->there, "ALICE", 2), ==, 503);
  g_assert_false (is_well (pair->here));
  relay_stop (pair->there);
  postgres_start (server);
  relay_start (pair->there);
  tpt_test_await_func (is_well, pair->here);
  tpt_test_await_func (is_well, pair->there);
  book (pair->there, 3, 1);
  stream = stream_open (pair->here, alice, NULL);
  greet (stream);
  g_free (expect (stream, alice, 1));
  g_free (expect (stream, alice, 3));
}

/* Three bookings come and are seen; their cursors. */
static void
see_three (Relay   *relay,
           Device  *device,
           Stream  *stream,
           char   **cursors)
{
  greet (stream);
  for (guint number = 1; number <= 3; number++)
    {
      book (relay, number, 1);
      cursors[number] = expect (stream, device, number);
    }
}

typedef struct
{
  Relay      *relay;
  Device     *device;
  const char *cursor;
} Acked;

static gboolean
is_acked (gpointer data)
{
  Acked *acked = data;
  guint status = relay_ack (acked->relay, acked->device, acked->cursor);

  g_assert_true (status == 204 || status == 503);

  return status == 204;
}

/* The server went down before it had on its disk how far was sent, and so did the relay with the
 * stream, which could have said it: nothing is dropped of which that is in doubt, and no ack
 * accepted of what comes again. */
static void
test_server_killed (Pair          *pair,
                    gconstpointer  user_data)
{
  g_autoptr (Device) alice = relay_enrol (pair->here, "tok-alice", "app", FALSE);
  g_autoptr (Stream) stream = stream_open (pair->here, alice, NULL);
  g_autoptr (Stream) again = NULL;
  char *cursors[4] = { NULL };

  see_three (pair->here, alice, stream, cursors);
  relay_stop (pair->here);
  postgres_kill (server);
  postgres_start (server);
  /* What its log held of this is gone. */
  postgres_run_in (server, pair->database, "UPDATE touchpoint_relay.devices SET sent = 1");
  relay_start (pair->here);
  tpt_test_await_func (is_well, pair->here);
  tpt_test_await_func (is_well, pair->there);
  g_assert_cmpuint (relay_ack (pair->there, alice, cursors[1]), ==, 204);
  g_assert_cmpuint (relay_ack (pair->there, alice, cursors[3]), ==, 503);
  again = stream_await (pair->there, alice, cursors[3]);
  greet (again);
  g_free (expect (again, alice, 2));
  g_free (expect (again, alice, 3));
  g_assert_cmpuint (relay_ack (pair->here, alice, cursors[3]), ==, 204);
  book (pair->there, 4, 1);
  g_free (expect (again, alice, 4));
  for (guint i = 0; i < G_N_ELEMENTS (cursors); i++)
    g_free (cursors[i]);
}

/* The same, but the stream still stands: the relay that has it is asked how far it is. */
static void
test_doubt (Pair          *pair,
            gconstpointer  user_data)
{
  g_autoptr (Device) alice = relay_enrol (pair->here, "tok-alice", "app", FALSE);
  g_autoptr (Stream) stream = stream_open (pair->here, alice, NULL);
  char *cursors[4] = { NULL };
  Acked acked = { pair->there, alice, NULL };

  see_three (pair->here, alice, stream, cursors);
  postgres_run_in (server, pair->database, "UPDATE touchpoint_relay.devices SET sent = 1");
  postgres_run_in (server, pair->database, "UPDATE touchpoint_relay.state SET doubt = head");
  acked.cursor = cursors[3];
  g_assert_false (is_acked (&acked));
  tpt_test_await_func (is_acked, &acked);
  for (guint i = 0; i < G_N_ELEMENTS (cursors); i++)
    g_free (cursors[i]);
}

/* Tables of a relay before this one. */
static void
test_upgrade (Pair          *pair,
              gconstpointer  user_data)
{
  g_autoptr (Device) alice = relay_enrol (pair->here, "tok-alice", "app", FALSE);
  g_autoptr (Stream) stream = NULL;

  book (pair->here, 1, 1);
  relay_stop (pair->here);
  relay_stop (pair->there);
  postgres_run_in (server, pair->database, "ALTER TABLE touchpoint_relay.state DROP doubt");
  postgres_run_in (server, pair->database, "UPDATE touchpoint_relay.meta SET value = '1'"
                                           " WHERE key = 'version'");
  relay_start (pair->here);
  relay_start (pair->there);
  book (pair->there, 2, 1);
  stream = stream_open (pair->here, alice, NULL);
  greet (stream);
  g_free (expect (stream, alice, 1));
  g_free (expect (stream, alice, 2));
}

/* A standby that is waited for is gone: what only one machine has is not answered with 200. When it
 * is back, Calendly's next attempt is. A primary that has started anew meanwhile makes nobody
 * wait. */
static void
test_standby_gone (Pair          *pair,
                   gconstpointer  user_data)
{
  g_autoptr (Device) alice = relay_enrol (pair->here, "tok-alice", "app", FALSE);
  g_autoptr (Postgres) standby = postgres_new_standby (server);
  g_autoptr (Stream) stream = NULL;

  book (pair->here, 1, 1);
  postgres_stop (standby);
  g_assert_cmpuint (relay_book (pair->here, "ALICE", 2), ==, 503);
  g_assert_cmpuint (relay_book (pair->there, "ALICE", 2), ==, 503);
  postgres_stop (server);
  postgres_start (server);
  g_assert_cmpuint (relay_book (pair->here, "ALICE", 2), ==, 503);
  postgres_start (standby);
  tpt_test_await_func (is_well, pair->here);
  book (pair->here, 2, 1);
  postgres_stop_waiting (server);
  stream = stream_open (pair->there, alice, NULL);
  greet (stream);
  g_free (expect (stream, alice, 1));
  g_free (expect (stream, alice, 2));
}

static void
add (const char *name,
     void      (*test) (Pair *pair, gconstpointer user_data))
{
  g_autofree char *path = g_strdup_printf ("/relay/cluster/%s", name);

  g_test_add (path, Pair, NULL, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  int status;

  tpt_test_init (&argc, &argv);
  add ("any", test_any);
  add ("channel", test_channel);
  add ("codes", test_codes);
  add ("end", test_end);
  add ("duplicates", test_duplicates);
  add ("unsent", test_unsent);
  add ("flow", test_flow);
  add ("server-gone", test_server_gone);
  add ("server-killed", test_server_killed);
  add ("upgrade", test_upgrade);
  add ("doubt", test_doubt);
  add ("standby-gone", test_standby_gone);
  status = g_test_run ();
  g_clear_pointer (&server, postgres_free);

  return status;
}

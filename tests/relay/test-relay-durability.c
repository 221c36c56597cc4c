/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sqlite3.h>
#include <string.h>

#include "relay-fixture.h"
#include "tpt-test.h"
#include "tpt-webhook-signature.h"

#define CYCLES 20
#define POSTERS 4

/* One poster's numbers are its own; `good` those that were answered with 200. */
typedef struct
{
  Relay      *relay;
  guint       first;
  GHashTable *good;
  gint       *total; /* atomic, of all posters */
} Poster;

/* FALSE where no whole answer came: the relay is being killed. */
static gboolean
try_book (Relay *relay,
          guint  number)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *body = relay_body ("ALICE", number);
  g_autofree char *signature = tpt_webhook_signature_sign (g_get_real_time () / G_USEC_PER_SEC,
                                                           body,
                                                           strlen (body), RELAY_KEY);
  g_autofree char *text = g_strdup_printf ("POST " RELAY_MAIN " HTTP/1.1\r\nHost: r\r\n"
                                           "Connection: close\r\nContent-Length: %" G_GSIZE_FORMAT
                                           "\r\nCalendly-Webhook-Signature: %s\r\n\r\n%s",
                                           strlen (body), signature, body);
  g_autofree char *answer = NULL;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect (client, relay->address, NULL, NULL);
  if (connection == NULL ||
      !g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                                  strlen (text), NULL, NULL, NULL))
    return FALSE;
  answer = relay_read_all (connection);
  if (strstr (answer, "\r\n\r\n") == NULL)
    return FALSE;
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));

  return TRUE;
}

static gpointer
post_thread (gpointer data)
{
  Poster *poster = data;

  for (guint number = poster->first; try_book (poster->relay, number); number++)
    {
      g_hash_table_add (poster->good, GUINT_TO_POINTER (number));
      g_atomic_int_inc (poster->total);
    }

  return NULL;
}

/* Posts from several sides until the relay dies, at some moment after @enough answers. */
static void
post_until_killed (Relay      *relay,
                   guint       cycle,
                   guint       enough,
                   GHashTable *good)
{
  Poster posters[POSTERS];
  GThread *threads[POSTERS];
  gint total = 0;

  for (guint i = 0; i < POSTERS; i++)
    {
      posters[i] = (Poster) { relay, (cycle * POSTERS + i) * 10000, g_hash_table_new (NULL, NULL),
                              &total };
      threads[i] = g_thread_new ("poster", post_thread, &posters[i]);
    }
  while (g_atomic_int_get (&total) < (gint) enough)
    g_thread_yield ();
  relay_kill (relay);
  for (guint i = 0; i < POSTERS; i++)
    {
      GHashTableIter iter;
      gpointer number;

      g_thread_join (threads[i]);
      g_hash_table_iter_init (&iter, posters[i].good);
      while (g_hash_table_iter_next (&iter, &number, NULL))
        g_hash_table_add (good, number);
      g_hash_table_unref (posters[i].good);
    }
}

static guint
number_of (const char *body)
{
  const char *at = strstr (body, "/scheduled_events/E");

  g_assert_nonnull (at);

  return (guint) g_ascii_strtoull (at + 19, NULL, 10);
}

/* Reads to the head and acknowledges all of it; every number may come but once in all cycles. */
static void
drain (Relay      *relay,
       Device     *alice,
       GHashTable *seen)
{
  g_autoptr (Stream) stream = stream_open (relay, alice, NULL);
  g_autoptr (TptRelayFrame) frame = stream_next_of (stream, "hello");
  TptRelayHello hello;
  TptRelayCursor cursor = { "", 0 };

  g_assert_true (tpt_relay_hello_decode (frame->data, &hello, NULL));
  while (cursor.seq < hello.head.seq)
    {
      g_autoptr (TptRelayFrame) next = stream_next_of (stream, "webhook");
      g_autofree char *body = device_open (alice, next->data);

      g_assert_true (tpt_relay_cursor_parse (next->id, &cursor, NULL));
      if (!g_hash_table_add (seen, GUINT_TO_POINTER (number_of (body))))
        g_error ("Came again after its ack: %s", body);
      g_assert_cmpuint (relay_ack (relay, alice, next->id), ==, 204);
    }
}

/* kill -9 in the middle of it, many times: what was answered with 200 is there, and what was
 * acknowledged stays away. */
static void
test_kill (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (GHashTable) good = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer number;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  for (guint cycle = 0; cycle < CYCLES; cycle++)
    {
      post_until_killed (relay, cycle, (guint) g_test_rand_int_range (1, 60), good);
      relay_start (relay);
      drain (relay, alice, seen);
    }

  g_hash_table_iter_init (&iter, good);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    {
      if (!g_hash_table_contains (seen, number))
        g_error ("Answered with 200 and lost: %u", GPOINTER_TO_UINT (number));
    }
  g_assert_cmpuint (g_hash_table_size (good), >=, CYCLES);
  /* Each poster may have had one that was written and not yet answered. */
  g_assert_cmpuint (g_hash_table_size (seen), <=, g_hash_table_size (good) + CYCLES * POSTERS);
}

typedef struct
{
  Relay *relay;
  guint  number;
} Retry;

static gboolean
is_taken (gpointer data)
{
  Retry *retry = data;

  return relay_book (retry->relay, "ALICE", retry->number) == 200;
}

static void
run_sql (sqlite3    *db,
         const char *sql)
{
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* somebody else holds the database: 503 and never 200, and when he lets go it goes on. */
static void
test_busy (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Stream) stream = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;
  g_autofree char *path = g_build_filename (relay->directory, "journal.db", NULL);
  Retry retry = { relay, 2 };
  sqlite3 *other = NULL;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 200);
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  run_sql (other, "BEGIN EXCLUSIVE");
  g_assert_cmpuint (relay_book (relay, "ALICE", 2), ==, 503);
  run_sql (other, "ROLLBACK");
  sqlite3_close (other);
  tpt_test_await_func (is_taken, &retry);

  stream = stream_open (relay, alice, NULL);
  hello = stream_next_of (stream, "hello");
  for (guint number = 1; number <= 2; number++)
    {
      g_autoptr (TptRelayFrame) frame = stream_next_of (stream, "webhook");
      g_autofree char *body = device_open (alice, frame->data);

      g_assert_cmpuint (number_of (body), ==, number);
    }
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/durability/kill", test_kill);
  g_test_add_func ("/relay/durability/busy", test_busy);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gunixsocketaddress.h>
#include <string.h>

#include "relay-fixture.h"
#include "relay-postgres.h"
#include "tpt-test.h"
#include "tpt-webhook-signature.h"

/* More in the environment for a long night. */
#define ROUNDS_VARIABLE "TOUCHPOINT_CLUSTER_ROUNDS"
#define ROUNDS 1
#define POSTERS 3
#define PROGRESS 60
#define WAIT_SECONDS 60
#define ACK_EVERY 20

/* What happened, as those outside saw it: what Calendly was told, and what desktops were shown. */
typedef struct
{
  GMutex      mutex;
  GCond       cond;
  Relay      *relays[2];
  Device     *alice;
  Device     *bob;
  gint        is_over;  /* atomic: nobody posts any more */
  gint        is_known; /* atomic: everything was looked at */
  /* under the mutex */
  GHashTable *good;     /* numbers that were answered with 200 */
  GHashTable *seen;     /* number → the place at which Alice saw it */
  gint64      acked;    /* what Alice acknowledged and was told 204 for */
} History;

typedef struct
{
  History *history;
  guint    first;
} Poster;

/* Every fourth is Bob's. */
static const char *
host_of (guint number)
{
  return number % 4 == 3 ? "BOB" : "ALICE";
}

/* Relays come and go, so their fixture is not asked where they are. */
static GSocketConnection *
try_connect (Relay *relay)
{
  g_autofree char *path = g_build_filename (relay->directory, "relay.sock", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_socket_client_set_timeout (client, 3);

  return g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
}

/* The status, or 0 where there was no whole answer. */
static guint
try_ask (Relay      *relay,
         const char *text)
{
  g_autoptr (GSocketConnection) connection = try_connect (relay);
  g_autoptr (GString) answer = g_string_new (NULL);
  char bytes[1024];
  gssize got;

  if (connection == NULL ||
      !g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                                  strlen (text), NULL, NULL, NULL))
    return 0;
  while ((got = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), bytes,
                                     sizeof bytes, NULL, NULL)) > 0)
    g_string_append_len (answer, bytes, got);
  if (!g_str_has_prefix (answer->str, "HTTP/1.1 ") || strstr (answer->str, "\r\n\r\n") == NULL)
    return 0;

  return (guint) g_ascii_strtoull (answer->str + 9, NULL, 10);
}

static guint
try_book (Relay *relay,
          guint  number)
{
  g_autofree char *body = relay_body (host_of (number), number);
  g_autofree char *signature = tpt_webhook_signature_sign (g_get_real_time () / G_USEC_PER_SEC,
                                                           body, strlen (body), RELAY_KEY);
  g_autofree char *text = g_strdup_printf ("POST " RELAY_MAIN " HTTP/1.1\r\nHost: r\r\n"
                                           "Connection: close\r\nContent-Length: %" G_GSIZE_FORMAT
                                           "\r\nCalendly-Webhook-Signature: %s\r\n\r\n%s",
                                           strlen (body), signature, body);

  return try_ask (relay, text);
}

/* As Calendly does: again and again, wherever the proxy sends it, until it is told 200. */
static gpointer
post_thread (gpointer data)
{
  Poster *poster = data;
  History *history = poster->history;
  guint number = poster->first;

  for (guint attempt = poster->first; !g_atomic_int_get (&history->is_over); attempt++)
    {
      if (try_book (history->relays[attempt % 2], number) != 200)
        continue;
      g_mutex_lock (&history->mutex);
      g_hash_table_add (history->good, GUINT_TO_POINTER (number));
      g_cond_broadcast (&history->cond);
      g_mutex_unlock (&history->mutex);
      number++;
    }

  return NULL;
}

static void
try_ack (History              *history,
         Relay                *relay,
         const TptRelayCursor *cursor)
{
  g_autofree char *text = tpt_relay_cursor_format (cursor);
  g_autofree char *body = g_strdup_printf ("{\"cursor\":\"%s\"}", text);
  g_autofree char *request =
    g_strdup_printf ("POST /v1/events/ack HTTP/1.1\r\nHost: r\r\nConnection: close\r\n"
                     "Authorization: Bearer %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                     history->alice->enrolment->token, strlen (body), body);

  if (try_ask (relay, request) != 204)
    return;
  g_mutex_lock (&history->mutex);
  history->acked = MAX (history->acked, cursor->seq);
  g_mutex_unlock (&history->mutex);
}

/* Nothing that was acknowledged when the stream began, nothing of somebody else's, and nothing
 * twice in different places. */
static void
see (History       *history,
     TptRelayFrame *frame,
     gint64         acked,
     TptRelayCursor *cursor)
{
  g_autofree char *body = device_open (history->alice, frame->data);
  const char *at = strstr (body, "/scheduled_events/E");
  gpointer before;
  guint number;

  g_assert_true (tpt_relay_cursor_parse (frame->id, cursor, NULL));
  g_assert_nonnull (at);
  number = (guint) g_ascii_strtoull (at + 19, NULL, 10);
  if (strstr (body, "/users/ALICE\"") == NULL)
    g_error ("Foreign: %u", number);
  if (cursor->seq <= acked)
    g_error ("Came again after its ack: %u", number);
  g_mutex_lock (&history->mutex);
  before = g_hash_table_lookup (history->seen, GUINT_TO_POINTER (number));
  if (before != NULL && GPOINTER_TO_SIZE (before) != (gsize) cursor->seq)
    g_error ("Stored twice: %u", number);
  g_hash_table_insert (history->seen, GUINT_TO_POINTER (number),
                       GSIZE_TO_POINTER ((gsize) cursor->seq));
  g_cond_broadcast (&history->cond);
  g_mutex_unlock (&history->mutex);
}

/* Until the connection breaks: the relay was killed, or the other one was asked for a stream. */
static void
follow (History           *history,
        GSocketConnection *connection,
        gint64             acked,
        TptRelayCursor    *cursor)
{
  g_autoptr (TptRelayParser) parser = tpt_relay_parser_new ();
  g_autoptr (GPtrArray) frames =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_frame_free);
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GString) head = g_string_new (NULL);
  char byte, bytes[4096];
  gssize got;
  guint count = 0;

  while (!g_str_has_suffix (head->str, "\r\n\r\n") &&
         g_input_stream_read (in, &byte, 1, NULL, NULL) == 1)
    g_string_append_c (head, byte);
  if (!g_str_has_prefix (head->str, "HTTP/1.1 200 "))
    return;
  while (!g_atomic_int_get (&history->is_known) &&
         (got = g_input_stream_read (in, bytes, sizeof bytes, NULL, NULL)) > 0)
    {
      g_assert_true (tpt_relay_parser_feed (parser, bytes, (gsize) got, frames, NULL));
      for (; frames->len > 0; g_ptr_array_remove_index (frames, 0))
        {
          TptRelayFrame *frame = frames->pdata[0];

          g_assert_cmpstr (frame->event, !=, "gap");
          if (strcmp (frame->event, "webhook") != 0)
            continue;
          see (history, frame, acked, cursor);
          if (++count % ACK_EVERY == 0)
            try_ack (history, history->relays[g_random_int_range (0, 2)], cursor);
        }
    }
}

/* A desktop that comes again wherever the proxy sends it, sometimes with its cursor and sometimes
 * as one that has lost it. */
static gpointer
desktop_thread (gpointer data)
{
  History *history = data;
  TptRelayCursor cursor = { "", 0 };

  while (!g_atomic_int_get (&history->is_known))
    {
      Relay *relay = history->relays[g_random_int_range (0, 2)];
      g_autoptr (GSocketConnection) connection = try_connect (relay);
      gboolean resumes = cursor.seq > 0 && g_random_boolean ();
      g_autofree char *place = resumes ? tpt_relay_cursor_format (&cursor) : NULL;
      g_autofree char *text =
        g_strdup_printf ("GET /v1/events HTTP/1.1\r\nHost: r\r\nAuthorization: Bearer %s\r\n"
                         "%s%s%s\r\n", history->alice->enrolment->token,
                         resumes ? "Last-Event-ID: " : "", resumes ? place : "",
                         resumes ? "\r\n" : "");
      gint64 acked;

      g_mutex_lock (&history->mutex);
      acked = history->acked;
      g_mutex_unlock (&history->mutex);
      if (connection != NULL &&
          g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                                     strlen (text), NULL, NULL, NULL))
        follow (history, connection, acked, &cursor);
    }

  return NULL;
}

/* Goes on when so many more were answered with 200. */
static void
await_progress (History *history)
{
  gint64 deadline = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;
  guint enough;

  g_mutex_lock (&history->mutex);
  enough = g_hash_table_size (history->good) + PROGRESS;
  while (g_hash_table_size (history->good) < enough)
    {
      if (!g_cond_wait_until (&history->cond, &history->mutex, deadline))
        g_error ("The relays do not go on");
    }
  g_mutex_unlock (&history->mutex);
}

static gboolean
is_complete (History *history)
{
  GHashTableIter iter;
  gpointer number;

  g_hash_table_iter_init (&iter, history->good);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    {
      if (strcmp (host_of (GPOINTER_TO_UINT (number)), "ALICE") == 0 &&
          !g_hash_table_contains (history->seen, number))
        return FALSE;
    }

  return TRUE;
}

/* Whatever was answered with 200 is seen. */
static void
await_alice (History *history)
{
  gint64 deadline = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  g_mutex_lock (&history->mutex);
  while (!is_complete (history))
    {
      if (!g_cond_wait_until (&history->cond, &history->mutex, deadline))
        g_error ("Answered with 200 and lost");
    }
  g_mutex_unlock (&history->mutex);
}

/* Bob was away all the time, so all of his waits for him. */
static void
check_bob (History *history,
           Relay   *relay)
{
  g_autoptr (Stream) stream = stream_await (relay, history->bob, NULL);
  g_autoptr (TptRelayFrame) hello = stream_next_of (stream, "hello");
  GHashTableIter iter;
  gpointer number;
  guint left = 0;

  g_assert_nonnull (hello);
  g_hash_table_iter_init (&iter, history->good);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    left += strcmp (host_of (GPOINTER_TO_UINT (number)), "BOB") == 0;
  while (left > 0)
    {
      g_autoptr (TptRelayFrame) frame = stream_next_of (stream, "webhook");
      g_autofree char *body = device_open (history->bob, frame->data);
      const char *at = strstr (body, "/scheduled_events/E");
      guint its = (guint) g_ascii_strtoull (at + 19, NULL, 10);

      g_assert_nonnull (strstr (body, "/users/BOB\""));
      if (g_hash_table_remove (history->good, GUINT_TO_POINTER (its)))
        left--;
      g_assert_cmpuint (relay_ack (relay, history->bob, frame->id), ==, 204);
    }
}

static void
kill_and_start (History *history,
                guint    which)
{
  await_progress (history);
  relay_kill (history->relays[which]);
  await_progress (history);
  relay_start (history->relays[which]);
}

static void
torture (History  *history,
         Postgres *primary,
         Postgres *standby)
{
  const char *rounds = g_getenv (ROUNDS_VARIABLE);
  guint64 count = rounds != NULL ? g_ascii_strtoull (rounds, NULL, 10) : ROUNDS;

  for (guint64 round = 0; round < count; round++)
    {
      kill_and_start (history, 0);
      kill_and_start (history, 1);
    }
  await_progress (history);
  postgres_kill (primary);
  postgres_promote (standby);
  await_progress (history);
  kill_and_start (history, 0);
  await_progress (history);
}

static Relay *
make_relay (Postgres *primary,
            Postgres *standby)
{
  g_autofree char *config =
    g_strdup_printf ("journal=postgres:host=%s,%s user=touchpoint dbname=postgres\n"
                     "limit_per_device=0\nlimit_per_address=0\n", primary->directory,
                     standby->directory);
  Relay *relay = relay_new ("unix", config);

  relay_start (relay);

  return relay;
}

/* kill -9 of either relay under load, and of the server whose place the other one takes: everything
 * that was answered with 200 is delivered, once acknowledged nothing comes again, and nobody is
 * shown what is another's. */
static void
test_history (void)
{
  g_autoptr (Postgres) primary = postgres_new ();
  g_autoptr (Postgres) standby = postgres_new_standby (primary);
  History history = { 0 };
  Poster posters[POSTERS];
  GThread *threads[POSTERS];
  GThread *desktop;

  history.relays[0] = make_relay (primary, standby);
  history.relays[1] = make_relay (primary, standby);
  history.alice = relay_enrol (history.relays[0], "tok-alice", "app", FALSE);
  history.bob = relay_enrol (history.relays[1], "tok-bob", "app", FALSE);
  history.good = g_hash_table_new (NULL, NULL);
  history.seen = g_hash_table_new (NULL, NULL);
  desktop = g_thread_new ("desktop", desktop_thread, &history);
  for (guint i = 0; i < POSTERS; i++)
    {
      posters[i] = (Poster) { &history, (i + 1) * 100000 };
      threads[i] = g_thread_new ("poster", post_thread, &posters[i]);
    }

  torture (&history, primary, standby);

  g_atomic_int_set (&history.is_over, TRUE);
  for (guint i = 0; i < POSTERS; i++)
    g_thread_join (threads[i]);
  await_alice (&history);
  g_assert_cmpint (history.acked, >, 0);
  g_atomic_int_set (&history.is_known, TRUE);
  g_thread_join (desktop);
  check_bob (&history, history.relays[1]);
  g_hash_table_unref (history.good);
  g_hash_table_unref (history.seen);
  device_free (history.alice);
  device_free (history.bob);
  relay_free (history.relays[0]);
  relay_free (history.relays[1]);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/cluster/history", test_history);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sqlite3.h>
#include <string.h>

#include "relay-admin.h"
#include "tpt-test.h"
#include "tpt-webhook-signature.h"

#define SMALL "channel_limit_bytes=1048576\nlimit_per_device=0\n"
/* Five large bodies are more than is let in. */
#define FIT 4

/* @unparsable: nobody can read it */
static char *
make_body (const char *host,
           guint       number,
           gboolean    unparsable)
{
  char *body = relay_large_body (host, number);

  if (unparsable)
    body[strlen (body) - 1] = '\0';

  return body;
}

static char *
sign (const char *path,
      const char *key,
      const char *body)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *signature = tpt_webhook_signature_sign (now, body, strlen (body), key);

  return g_strdup_printf ("POST %s HTTP/1.1\r\nHost: r\r\nConnection: close\r\n"
                          "Calendly-Webhook-Signature: %s\r\nContent-Length: %" G_GSIZE_FORMAT
                          "\r\n\r\n%s", path, signature, strlen (body), body);
}

/* Through the channel of a device's user; what it is refused with says when to come again. */
static guint
post_own (Relay      *relay,
          Device     *device,
          const char *host,
          guint       number,
          gboolean    unparsable)
{
  g_autofree char *body = make_body (host, number, unparsable);
  g_autofree char *text = sign (strstr (device->enrolment->webhook_url, "/v1/"),
                                device->enrolment->signing_key, body);
  g_autofree char *answer = relay_raw (relay, text, -1);
  g_autoptr (Reply) reply = reply_parse (answer);

  if (reply->status == 503)
    {
      g_assert_nonnull (strstr (reply->head, "\r\nRetry-After: 60"));
      g_assert_null (strstr (reply->head, "\r\nRetry-After: 5\r"));
      g_assert_nonnull (strstr (reply->body, "\"error\":\"full\""));
    }

  return reply->status;
}

static guint
post_main (Relay      *relay,
           const char *host,
           guint       number,
           gboolean    unparsable)
{
  g_autofree char *body = make_body (host, number, unparsable);

  return relay_post (relay, RELAY_MAIN, RELAY_KEY, 0, body);
}

static void
fill (Relay      *relay,
      Device     *device,
      const char *host,
      gboolean    unparsable)
{
  for (guint i = 0; i < FIT; i++)
    g_assert_cmpuint (post_own (relay, device, host, i, unparsable), ==, 200);
  for (guint i = FIT; i < FIT + 3; i++)
    g_assert_cmpuint (post_own (relay, device, host, i, unparsable), ==, 503);
}

static guint
test_status (Relay  *relay,
             Device *device)
{
  g_autofree char *path = g_strdup_printf ("/v1/devices/%s/test", device->enrolment->device);
  g_autoptr (Reply) reply = relay_ask_as (relay, device, "POST", path, "");

  return reply->status;
}

/* No more than some hundred are on their way at once. */
static void
read_all (Relay  *relay,
          Device *device,
          guint   count)
{
  g_autoptr (Stream) stream = stream_open (relay, device, NULL);
  g_autoptr (TptRelayFrame) hello = NULL;

  hello = stream_next_of (stream, "hello");
  for (guint i = 1; i <= count; i++)
    {
      g_autoptr (TptRelayFrame) frame = stream_next_of (stream, "webhook");

      if (i % 100 == 0 || i == count)
        g_assert_cmpuint (relay_ack (relay, device, frame->id), ==, 204);
    }
}

typedef struct
{
  Relay  *relay;
  Device *device;
} Again;

static gboolean
is_let_in (gpointer data)
{
  Again *again = data;

  return post_own (again->relay, again->device, "ALICE", 5, FALSE) == 200;
}

static guint
count_log (Relay      *relay,
           const char *what)
{
  g_autoptr (Reply) log = relay_ask_admin (relay, "POST", "/v1/admin/audit", "");
  g_auto (GStrv) parts = g_strsplit (log->body, what, -1);

  return g_strv_length (parts) - 1;
}

/* What a member sends by a key of his own waits up to the limit and no further, also over a
 * restart; the company's key and the other members are let in as ever; and reading makes room. */
static void
test_channel (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, SMALL);
  g_autoptr (Device) alice = NULL;
  g_autoptr (Device) bob = NULL;
  Again again = { relay, NULL };
  guint tests = 0;

  relay_add_admin (relay);
  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "personal", FALSE);
  again.device = alice;
  bob = relay_enrol (relay, "tok-bob", "personal", FALSE);
  fill (relay, alice, "ALICE", FALSE);
  while (tests < 1000 && test_status (relay, alice) == 202)
    tests++;
  g_assert_cmpuint (tests, <, 1000);
  g_assert_cmpuint (post_own (relay, bob, "BOB", 1, FALSE), ==, 200);
  g_assert_cmpuint (test_status (relay, bob), ==, 202);
  g_assert_cmpfloat (relay_get_metric (relay, "webhooks_total{outcome=\"channel_full\"}"), ==, 4);
  g_assert_cmpfloat (relay_get_metric (relay, "webhooks_total{outcome=\"stored\"}"), ==,
                      FIT + tests + 2);
  g_assert_cmpuint (count_log (relay, "\"what\":\"webhook-channel-full\",\"count\":4,"), ==, 1);

  relay_stop (relay);
  relay_start (relay);
  g_assert_cmpuint (post_own (relay, alice, "ALICE", 4, FALSE), ==, 503);
  for (guint i = 100; i < 110; i++)
    g_assert_cmpuint (post_main (relay, "ALICE", i, FALSE), ==, 200);
  g_assert_cmpuint (post_own (relay, alice, "ALICE", 4, FALSE), ==, 503);
  read_all (relay, alice, FIT + tests + 10);
  tpt_test_await_func (is_let_in, &again);
  g_assert_cmpuint (test_status (relay, alice), ==, 202);
}

static void
set_operator_key (Relay *relay)
{
  guint8 public_key[TPT_RELAY_KEY_SIZE], secret_key[TPT_RELAY_KEY_SIZE];
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;
  g_autofree char *more = NULL;

  tpt_relay_box_make_keys (public_key, secret_key);
  key = tpt_relay_box_encode (public_key, sizeof public_key);
  g_assert_true (g_file_get_contents (relay->config, &text, NULL, NULL));
  more = g_strdup_printf ("%soperator_public_key=%s\n", text, key);
  g_assert_true (g_file_set_contents (relay->config, more, -1, NULL));
}

/* The same for what nobody can read and the operator gets. */
static void
test_dead_letters (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, SMALL);
  g_autoptr (Device) alice = NULL;
  g_autoptr (Device) bob = NULL;

  set_operator_key (relay);
  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "personal", FALSE);
  bob = relay_enrol (relay, "tok-bob", "personal", FALSE);
  fill (relay, alice, "", TRUE);
  g_assert_cmpuint (post_own (relay, bob, "", 9, TRUE), ==, 503);
  g_assert_cmpuint (post_main (relay, "", 9, TRUE), ==, 200);
  g_assert_cmpuint (post_own (relay, alice, "ALICE", 1, FALSE), ==, 200);
}

/* Many at once, before it is known how much waits: those that fit are let in, and all are
 * answered. */
static void
test_at_once (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, SMALL);
  g_autoptr (Device) alice = NULL;
  g_autofree char *path = g_build_filename (relay->directory, "journal.db", NULL);
  GSocketConnection *connections[3 * FIT];
  sqlite3 *other = NULL;
  guint taken = 0;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "personal", FALSE);
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN EXCLUSIVE", NULL, NULL, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    {
      g_autofree char *body = make_body ("ALICE", i, FALSE);
      g_autofree char *text = sign (strstr (alice->enrolment->webhook_url, "/v1/"),
                                    alice->enrolment->signing_key, body);
      GOutputStream *out;

      connections[i] = relay_connect (relay);
      out = g_io_stream_get_output_stream (G_IO_STREAM (connections[i]));
      g_assert_true (g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL));
    }
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    {
      g_autofree char *answer = relay_read_all (connections[i]);
      g_autoptr (Reply) reply = reply_parse (answer);

      g_assert_true (reply->status == 200 || reply->status == 503);
      taken += reply->status == 200;
      g_object_unref (connections[i]);
    }
  g_assert_cmpuint (taken, ==, FIT);
}

static int
count_deliveries (Relay *relay)
{
  g_autofree char *path = g_build_filename (relay->directory, "journal.db", NULL);
  sqlite3_stmt *row = NULL;
  sqlite3 *db = NULL;
  int count;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT count(*) FROM deliveries", -1, &row, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  count = sqlite3_column_int (row, 0);
  sqlite3_finalize (row);
  sqlite3_close (db);

  return count;
}

/* No limit is none. A test leaves nothing behind when it has been read: it cannot come again. */
static void
test_unlimited (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "channel_limit_bytes=0\n");
  g_autoptr (Device) alice = NULL;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "personal", FALSE);
  for (guint i = 0; i < 3 * FIT; i++)
    g_assert_cmpuint (post_own (relay, alice, "ALICE", i, FALSE), ==, 200);
  g_assert_cmpuint (test_status (relay, alice), ==, 202);
  relay_stop (relay);
  g_assert_cmpint (count_deliveries (relay), ==, 3 * FIT);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/rooms/channel", test_channel);
  g_test_add_func ("/relay/rooms/dead-letters", test_dead_letters);
  g_test_add_func ("/relay/rooms/at-once", test_at_once);
  g_test_add_func ("/relay/rooms/unlimited", test_unlimited);

  return g_test_run ();
}

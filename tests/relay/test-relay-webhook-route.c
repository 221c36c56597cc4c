/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

#include "relay-fixture.h"
#include "tpt-test.h"
#include "tpt-webhook-signature.h"

static guint
post_signed (Relay      *relay,
             const char *fields,
             const char *body)
{
  g_autoptr (Reply) reply = relay_ask (relay, "POST", RELAY_MAIN, fields, body);

  return reply->status;
}

/* What Calendly sent is what the desktop reads, to the byte, and what waits in between is not. */
static void
test_way_through (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Stream) stream = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;
  g_autoptr (TptRelayFrame) frame = NULL;
  g_autofree char *body = relay_body ("ALICE", 1);
  g_autofree char *opened = NULL;
  g_autofree char *journal = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  stream = stream_open (relay, alice, NULL);
  hello = stream_next_of (stream, "hello");
  g_assert_nonnull (strstr (stream->head, "\r\nContent-Type: text/event-stream\r\n"));
  g_assert_nonnull (strstr (stream->head, "\r\nX-Accel-Buffering: no\r\n"));
  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 200);
  frame = stream_next_of (stream, "webhook");
  g_assert_nonnull (frame->id);
  opened = device_open (alice, frame->data);
  g_assert_cmpstr (opened, ==, body);

  journal = g_build_filename (relay->directory, "journal.db-wal", NULL);
  g_assert_true (g_file_get_contents (journal, &contents, &length, NULL));
  g_assert_null (memmem (contents, length, "invitee.created", 15));
  g_assert_null (memmem (contents, length, alice->enrolment->token,
                         strlen (alice->enrolment->token)));
  g_assert_null (memmem (contents, length, "tok-alice", 9));
}

static void
test_forged (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autofree char *body = relay_body ("ALICE", 1);
  g_autofree char *right = tpt_webhook_signature_sign (g_get_real_time () / G_USEC_PER_SEC, body,
                                                       strlen (body), RELAY_KEY);
  g_autofree char *field = g_strdup_printf ("Calendly-Webhook-Signature: %s\r\n", right);
  g_autofree char *twice = g_strconcat (field, field, NULL);
  g_autofree char *spaced = g_strdup_printf ("Calendly-Webhook-Signature: %.*s v1%s\r\n",
                                             (int) (strchr (right, ',') - right + 1), right,
                                             strchr (right, ',') + 3);
  g_autofree char *changed = g_strconcat (body, " ", NULL);

  relay_start (relay);
  g_assert_cmpuint (post_signed (relay, field, body), ==, 200);
  g_assert_cmpuint (post_signed (relay, "", body), ==, 401);
  g_assert_cmpuint (post_signed (relay, twice, body), ==, 401);
  g_assert_cmpuint (post_signed (relay, spaced, body), ==, 401);
  g_assert_cmpuint (post_signed (relay, field, changed), ==, 401);
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, "another-key", 0, body), ==, 401);
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, "the-old-key", 0, body), ==, 200);
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN "/nowhere", RELAY_KEY, 0, body), ==, 404);
}

/* A thousand times the same, and fifty at once: stored once. */
static gpointer
repeat_thread (gpointer data)
{
  guint bad = 0;

  for (guint i = 0; i < 20; i++)
    bad += relay_book (data, "ALICE", 7) != 200;

  return GUINT_TO_POINTER (bad);
}

static void
test_duplicates (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Stream) stream = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;
  g_autoptr (TptRelayFrame) first = NULL;
  g_autoptr (TptRelayFrame) second = NULL;
  g_autofree char *body = relay_body ("ALICE", 8);
  g_autofree char *opened = NULL;
  GThread *threads[50];

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("poster", repeat_thread, relay);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, 0);
  g_assert_cmpuint (relay_book (relay, "ALICE", 8), ==, 200);

  stream = stream_open (relay, alice, NULL);
  hello = stream_next_of (stream, "hello");
  first = stream_next_of (stream, "webhook");
  second = stream_next_of (stream, "webhook");
  opened = device_open (alice, second->data);
  g_assert_cmpstr (opened, ==, body);
}

/* A right signature at a wrong time: kept, and marked. */
static void
test_late (void)
{
  static const struct
  {
    gint64      age;
    const char *mark;
  } cases[] = {
    { 0, "\"late\":false" },    { 150, "\"late\":false" },  { -150, "\"late\":false" },
    { 240, "\"late\":true" },   { -240, "\"late\":true" },  { 3600, "\"late\":true" },
    { -3600, "\"late\":true" }, { 86400, "\"late\":true" },
  };
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Stream) stream = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  stream = stream_open (relay, alice, NULL);
  hello = stream_next_of (stream, "hello");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = relay_body ("ALICE", i);
      g_autoptr (TptRelayFrame) frame = NULL;

      g_assert_cmpuint (relay_post (relay, RELAY_MAIN, RELAY_KEY, cases[i].age, body), ==, 200);
      frame = stream_next_of (stream, "webhook");
      g_assert_nonnull (strstr (frame->data, cases[i].mark));
    }
}

/* Authentic but unreadable: 200, so that Calendly stops, and nothing on any stream. Unknown events
 * go on. */
static void
test_dead_letters (void)
{
  static const char *const unreadable[] = {
    "", "not json", "[]", "{}", "\xff\xfe",
    "{\"created_at\":\"x\",\"event\":\"e\",\"payload\":{\"uri\":5}}",
    "{\"created_at\":\"x\",\"event\":\"e\",\"event\":\"f\",\"payload\":{\"uri\":\"u\"}}",
  };
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Stream) stream = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;
  g_autoptr (TptRelayFrame) frame = NULL;
  g_autofree char *opened = NULL;
  const char *unknown = "{\"created_at\":\"x\","
                        "\"created_by\":\"https://api.calendly.com/users/ALICE\","
                        "\"event\":\"brand.new\",\"payload\":{\"uri\":\"u:1\",\"more\":[null]}}";

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (unreadable); i++)
    g_assert_cmpuint (relay_post (relay, RELAY_MAIN, RELAY_KEY, 0, unreadable[i]), ==, 200);
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, RELAY_KEY, 0, unknown), ==, 200);
  stream = stream_open (relay, alice, NULL);
  hello = stream_next_of (stream, "hello");
  frame = stream_next_of (stream, "webhook");
  opened = device_open (alice, frame->data);
  g_assert_cmpstr (opened, ==, unknown);
}

/* The operator's key opens what nobody could read; it is the only thing kept of it. */
static void
test_operator (void)
{
  guint8 public_key[TPT_RELAY_KEY_SIZE], secret_key[TPT_RELAY_KEY_SIZE];
  g_autofree char *key = NULL;
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *config = NULL;
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  guint8 body[64];

  tpt_relay_box_make_keys (public_key, secret_key);
  key = tpt_relay_box_encode (public_key, sizeof public_key);
  g_assert_true (g_file_get_contents (relay->config, &text, NULL, NULL));
  config = g_strdup_printf ("%soperator_public_key=%s\n", text, key);
  g_assert_true (g_file_set_contents (relay->config, config, -1, NULL));
  relay_start (relay);
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, RELAY_KEY, 0, "not json"), ==, 200);
  relay_stop (relay);

  path = g_build_filename (relay->directory, "journal.db", NULL);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT box FROM dead_letters", -1, &statement, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_bytes (statement, 0), ==, crypto_box_SEALBYTES + 8);
  g_assert_cmpint (crypto_box_seal_open (body, sqlite3_column_blob (statement, 0),
                                         crypto_box_SEALBYTES + 8, public_key, secret_key), ==, 0);
  g_assert_cmpmem (body, 8, "not json", 8);
  sqlite3_finalize (statement);
  sqlite3_close (db);
}

/* Nobody gets what is not theirs: another host, or another's channel with a forged host in it. */
static void
test_receivers (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Device) bob = NULL;
  g_autoptr (Device) owner = NULL;
  g_autoptr (Stream) to_bob = NULL;
  g_autoptr (Stream) to_owner = NULL;
  g_autoptr (TptRelayFrame) bob_hello = NULL;
  g_autoptr (TptRelayFrame) bob_frame = NULL;
  g_autoptr (TptRelayFrame) owner_hello = NULL;
  g_autofree char *forged = relay_body ("BOB", 2);
  g_autofree char *own = relay_body ("ALICE", 3);
  g_autofree char *for_bob = relay_body ("BOB", 4);
  g_autofree char *opened = NULL;
  const char *path;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "personal", FALSE);
  bob = relay_enrol (relay, "tok-bob", "app", FALSE);
  owner = relay_enrol (relay, "tok-owner", "app", TRUE);
  path = alice->enrolment->webhook_url + strlen ("https://relay.example.com");
  g_assert_true (g_str_has_prefix (path, RELAY_MAIN "/"));
  g_assert_nonnull (alice->enrolment->signing_key);
  g_assert_null (bob->enrolment->signing_key);

  g_assert_cmpuint (relay_post (relay, path, alice->enrolment->signing_key, 0, forged), ==, 200);
  g_assert_cmpuint (relay_post (relay, path, alice->enrolment->signing_key, 0, own), ==, 200);
  g_assert_cmpuint (relay_post (relay, path, RELAY_KEY, 0, own), ==, 401);
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, alice->enrolment->signing_key, 0, own), ==, 401);
  g_assert_cmpuint (relay_book (relay, "NOBODY", 5), ==, 200);
  g_assert_cmpuint (relay_book (relay, "BOB", 4), ==, 200);

  to_bob = stream_open (relay, bob, NULL);
  bob_hello = stream_next_of (to_bob, "hello");
  bob_frame = stream_next_of (to_bob, "webhook");
  opened = device_open (bob, bob_frame->data);
  g_assert_cmpstr (opened, ==, for_bob);

  /* The feed holds the main route's events and none of a member's own channel. */
  to_owner = stream_open (relay, owner, NULL);
  owner_hello = stream_next_of (to_owner, "hello");
  for (guint i = 5; i >= 4; i--)
    {
      g_autofree char *expected = relay_body (i == 5 ? "NOBODY" : "BOB", i);
      g_autoptr (TptRelayFrame) frame = stream_next_of (to_owner, "webhook");
      g_autofree char *text = device_open (owner, frame->data);

      g_assert_cmpstr (text, ==, expected);
    }
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/webhook/way-through", test_way_through);
  g_test_add_func ("/relay/webhook/forged", test_forged);
  g_test_add_func ("/relay/webhook/duplicates", test_duplicates);
  g_test_add_func ("/relay/webhook/late", test_late);
  g_test_add_func ("/relay/webhook/dead-letters", test_dead_letters);
  g_test_add_func ("/relay/webhook/operator", test_operator);
  g_test_add_func ("/relay/webhook/receivers", test_receivers);

  return g_test_run ();
}

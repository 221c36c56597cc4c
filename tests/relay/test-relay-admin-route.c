/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <signal.h>
#include <string.h>

#include "relay-admin.h"
#include "tpt-relay-audit.h"
#include "tpt-test.h"

static Relay *
start_relay (const char *more_config)
{
  Relay *relay = relay_new (NULL, more_config);

  relay_add_admin (relay);
  relay_start (relay);

  return relay;
}

static void
assert_metric (Relay      *relay,
               const char *name,
               double      value)
{
  double got = relay_get_metric (relay, name);

  if (got != value)
    g_error ("%s is %g, not %g", name, got, value);
}

static void
test_metrics (void)
{
  g_autoptr (Relay) relay = start_relay ("");
  g_autoptr (Device) alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  g_autoptr (Device) owner = relay_enrol (relay, "tok-owner", "app", TRUE);
  g_autoptr (Stream) stream = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;
  g_autoptr (TptRelayFrame) frame = NULL;
  g_autofree char *late = relay_body ("ALICE", 7);

  g_assert_nonnull (owner);
  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 200);
  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 200);
  g_assert_cmpuint (relay_book (relay, "BOB", 2), ==, 200);
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, RELAY_KEY, 0, "{"), ==, 200);
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, "wrong-key", 0, "{}"), ==, 401);
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, RELAY_KEY, 3600, late), ==, 200);
  stream = stream_open (relay, alice, NULL);
  hello = stream_next_of (stream, "hello");
  frame = stream_next_of (stream, "webhook");
  g_assert_cmpuint (relay_ack (relay, alice, frame->id), ==, 204);

  assert_metric (relay, "webhooks_total{outcome=\"stored\"}", 3);
  assert_metric (relay, "webhooks_total{outcome=\"duplicate\"}", 1);
  assert_metric (relay, "webhooks_total{outcome=\"dead_letter\"}", 1);
  assert_metric (relay, "webhooks_total{outcome=\"wrong_signature\"}", 1);
  assert_metric (relay, "webhooks_late_total", 1);
  /* Alice's two went to the owner's feed, too, and Bob's to that alone. */
  assert_metric (relay, "events_stored_total", 5);
  assert_metric (relay, "events_delivered_total", 2);
  assert_metric (relay, "acks_total", 1);
  assert_metric (relay, "enrolments_total{outcome=\"done\"}", 2);
  assert_metric (relay, "devices", 2);
  assert_metric (relay, "feeds", 1);
  assert_metric (relay, "feeds_paused", 0);
  assert_metric (relay, "streams", 1);
  assert_metric (relay, "journal_events", 4);
  assert_metric (relay, "journal_dead_letters", 1);
  g_assert_cmpfloat (relay_get_metric (relay, "commit_seconds_count"), >=, 8);
  g_assert_cmpfloat (relay_get_metric (relay, "journal_bytes"), >, 0);
}

/* As Prometheus itself reads them. */
static void
test_promtool (void)
{
  g_autofree char *promtool = g_find_program_in_path ("promtool");
  g_autoptr (Relay) relay = start_relay ("");
  g_autoptr (Reply) reply = relay_ask_admin (relay, "GET", "/metrics", "");
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (promtool);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                              G_SUBPROCESS_FLAGS_STDERR_MERGE, &error, promtool, "check", "metrics",
                              NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, reply->body, NULL, &out, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (out, ==, "");
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

static void
test_devices (void)
{
  g_autoptr (Relay) relay = start_relay ("");
  g_autoptr (Device) alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  g_autoptr (Device) bob = relay_enrol (relay, "tok-bob", "app", FALSE);
  g_autoptr (Stream) stream = stream_open (relay, alice, NULL);
  g_autoptr (TptRelayFrame) hello = stream_next_of (stream, "hello");
  g_autoptr (Reply) list = relay_ask_admin (relay, "POST", "/v1/admin/devices", "");
  g_autoptr (Reply) ended = NULL;
  g_autoptr (Reply) gone = NULL;
  g_autoptr (Reply) refused = NULL;
  g_autoptr (Reply) rest = NULL;
  g_autofree char *path = g_strdup_printf ("/v1/admin/devices/%s/end", alice->enrolment->device);

  g_assert_nonnull (hello);
  g_assert_nonnull (strstr (list->body, alice->enrolment->device));
  g_assert_nonnull (strstr (list->body, bob->enrolment->device));
  g_assert_null (strstr (list->body, alice->enrolment->token));
  ended = relay_ask_admin (relay, "POST", path, "");
  g_assert_cmpuint (ended->status, ==, 204);
  g_assert_true (stream_ends (stream));
  gone = relay_ask_admin (relay, "POST", path, "");
  g_assert_cmpuint (gone->status, ==, 404);
  refused = relay_ask_as (relay, alice, "POST", "/v1/events/ack", "{}");
  g_assert_cmpuint (refused->status, ==, 401);
  rest = relay_ask_admin (relay, "POST", "/v1/admin/devices", "");
  g_assert_null (strstr (rest->body, alice->enrolment->device));
  g_assert_nonnull (strstr (rest->body, bob->enrolment->device));
}

static void
test_codes (void)
{
  g_autoptr (Relay) relay = start_relay ("");
  g_autofree char *before = relay_run (relay, "enrol-code", NULL);
  g_autoptr (Reply) rolled = relay_ask_admin (relay, "POST", "/v1/admin/codes/roll", "");
  g_autofree char *after = relay_run (relay, "enrol-code", NULL);
  g_autoptr (Reply) old = relay_try_enrol (relay, before, "tok-alice", "app", FALSE, NULL);
  g_autoptr (Reply) new = relay_try_enrol (relay, after, "tok-alice", "app", FALSE, NULL);

  g_assert_cmpuint (rolled->status, ==, 204);
  g_assert_cmpuint (old->status, ==, 401);
  g_assert_cmpuint (new->status, ==, 201);
}

static guint
post_with (Relay      *relay,
           const char *key,
           guint       number)
{
  g_autofree char *body = relay_body ("ALICE", number);

  return relay_post (relay, RELAY_MAIN, key, 0, body);
}

static gboolean
takes_new_key (gpointer user_data)
{
  static guint number = 100;

  return post_with (user_data, "the-newest-key", number++) == 200;
}

/* The old key is good as long as it is in the file, the new one from the moment it is there: by
 * request and by signal, and a file that is wrong changes nothing. */
static void
test_keys (void)
{
  g_autoptr (Relay) relay = start_relay ("");
  g_autoptr (Reply) both = NULL;
  g_autoptr (Reply) one = NULL;
  g_autoptr (Reply) wrong = NULL;

  g_assert_cmpuint (post_with (relay, RELAY_KEY, 1), ==, 200);
  g_assert_cmpuint (post_with (relay, "the-new-key", 2), ==, 401);
  relay_write_keys (relay, "the-new-key\n" RELAY_KEY "\n");
  both = relay_ask_admin (relay, "POST", "/v1/admin/keys/reload", "");
  g_assert_cmpstr (both->body, ==, "{\"keys\":2}");
  g_assert_cmpuint (post_with (relay, RELAY_KEY, 3), ==, 200);
  g_assert_cmpuint (post_with (relay, "the-new-key", 4), ==, 200);
  relay_write_keys (relay, "the-new-key\n");
  one = relay_ask_admin (relay, "POST", "/v1/admin/keys/reload", "");
  g_assert_cmpstr (one->body, ==, "{\"keys\":1}");
  g_assert_cmpuint (post_with (relay, RELAY_KEY, 5), ==, 401);
  g_assert_cmpuint (post_with (relay, "the-new-key", 6), ==, 200);
  relay_write_keys (relay, "# none\n");
  wrong = relay_ask_admin (relay, "POST", "/v1/admin/keys/reload", "");
  g_assert_cmpuint (wrong->status, ==, 409);
  g_assert_nonnull (strstr (wrong->body, "holds no key"));
  g_assert_cmpuint (post_with (relay, "the-new-key", 7), ==, 200);
  relay_write_keys (relay, "the-newest-key\n");
  g_subprocess_send_signal (relay->process, SIGHUP);
  tpt_test_await_func (takes_new_key, relay);
}

/* A booking with people in it. */
static guint
book_person (Relay      *relay,
             guint       number,
             const char *invitee,
             const char *guest)
{
  g_autofree char *body = g_strdup_printf (
    "{\"created_at\":\"2026-06-24T22:30:45.%06uZ\",\"created_by\":\"https://api.calendly.com/users/"
    "ALICE\",\"event\":\"invitee.created\",\"payload\":{\"email\":\"%s\",\"scheduled_event\":{"
    "\"event_guests\":[{\"email\":\"%s\"}],\"event_memberships\":[{\"user\":"
    "\"https://api.calendly.com/users/ALICE\",\"user_email\":\"alice@example.com\"}]},"
    "\"uri\":\"https://api.calendly.com/scheduled_events/E%u/invitees/I\"}}",
    number, invitee, guest, number);

  return relay_post (relay, RELAY_MAIN, RELAY_KEY, 0, body);
}

static void
erase (Relay      *relay,
       const char *email,
       guint       expected)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, email, -1);
  g_autofree char *body = g_strdup_printf ("{\"email_hash\":\"%s\"}", hash);
  g_autofree char *answer = g_strdup_printf ("{\"events\":%u}", expected);
  g_autoptr (Reply) reply = relay_ask_admin (relay, "POST", "/v1/admin/erase", body);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (reply->body, ==, answer);
}

/* A webhook may name as many people as it has room for in its lists, and each of them may ask to be
 * forgotten. */
static void
test_erase_last (void)
{
  g_autoptr (Relay) relay = start_relay ("");
  g_autoptr (Device) alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  g_autoptr (GString) guests = g_string_new ("guest-0@example.com");

  g_assert_nonnull (alice);
  for (guint i = 1; i < 1000; i++)
    g_string_append_printf (guests, "\"},{\"email\":\"guest-%u@example.com", i);
  g_assert_cmpuint (book_person (relay, 1, "zoe@example.com", guests->str), ==, 200);
  g_assert_cmpuint (book_person (relay, 2, "zoe@example.com", "kim@example.com"), ==, 200);
  erase (relay, "guest-999@example.com", 1);
  erase (relay, "zoe@example.com", 1);
}

static void
test_erase (void)
{
  g_autoptr (Relay) relay = start_relay ("");
  g_autoptr (Device) alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  g_autoptr (Stream) stream = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;
  g_autoptr (TptRelayFrame) frame = NULL;
  g_autofree char *opened = NULL;

  g_assert_cmpuint (book_person (relay, 1, "Zoe@Example.com", "g@example.com"), ==, 200);
  g_assert_cmpuint (book_person (relay, 2, "other@example.com", "g@example.com"), ==, 200);
  g_assert_cmpuint (book_person (relay, 3, "other@example.com", "zoe@example.com"), ==, 200);
  erase (relay, "nobody@example.com", 0);
  erase (relay, "zoe@example.com", 2);
  erase (relay, "zoe@example.com", 0);
  stream = stream_open (relay, alice, NULL);
  hello = stream_next_of (stream, "hello");
  frame = stream_next_of (stream, "webhook");
  opened = device_open (alice, frame->data);
  g_assert_nonnull (strstr (opened, "/E2/"));
  erase (relay, "alice@example.com", 1);
  assert_metric (relay, "journal_events", 0);
}

static void
test_bad_erasure (void)
{
  static const char *const bodies[] = { "", "{}", "[]", "{\"email_hash\":1}",
                                        "{\"email_hash\":\"zoe@example.com\"}",
                                        "{\"email_hash\":\"abcd\"}" };
  g_autoptr (Relay) relay = start_relay ("");

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (Reply) reply = relay_ask_admin (relay, "POST", "/v1/admin/erase", bodies[i]);

      g_assert_cmpuint (reply->status, ==, 400);
    }
}

/* What `audit-verify` says of an exported log with @text, and how it ends. */
static char *
verify (Relay      *relay,
        const char *text,
        const char *hash,
        int        *status)
{
  g_autofree char *path = g_build_filename (relay->directory, "audit.ndjson", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  char *told = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                              &error, relay->program, "audit-verify", path, hash, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &told, NULL, &error));
  *status = g_subprocess_get_exit_status (process);

  return told;
}

/* Without the relay, its configuration and its journal. */
static void
assert_verified (Relay      *relay,
                 const char *text,
                 const char *last)
{
  g_autoptr (GString) edited = g_string_new (text);
  g_autofree char *cut = g_strndup (text, (gsize) (strstr (text, last) - text));
  g_autofree char *good = NULL;
  g_autofree char *bad = NULL;
  g_autofree char *short_good = NULL;
  g_autofree char *short_bad = NULL;
  g_autofree char *hash = g_strndup (strstr (last, "\"hash\":\"") + 8, 64);
  int status;

  good = verify (relay, text, NULL, &status);
  g_assert_cmpint (status, ==, 0);
  g_assert_nonnull (strstr (good, hash));
  g_string_replace (edited, "keys-reloaded", "keys-rolled", 1);
  bad = verify (relay, edited->str, NULL, &status);
  g_assert_cmpint (status, ==, 1);
  g_assert_nonnull (strstr (bad, "has been changed"));
  /* That the end is missing shows only to who knows of it. */
  short_good = verify (relay, cut, NULL, &status);
  g_assert_cmpint (status, ==, 0);
  short_bad = verify (relay, cut, hash, &status);
  g_assert_cmpint (status, ==, 1);
}

/* What was done stands there, in one chain, without who is in a meeting. */
static void
test_audit (void)
{
  static const char *const expected[] = {
    "device-enrolled", "device-ended", "keys-reloaded", "codes-rolled", "person-erased",
    "webhook-wrong-signature", "wrong-token", "enrolment-wrong-code", "webhook-stored",
  };
  g_autoptr (Relay) relay = start_relay ("");
  g_autoptr (Device) alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  g_autofree char *path = g_strdup_printf ("/v1/devices/%s", alice->enrolment->device);
  g_autoptr (TptRelayAuditRecord) before = NULL;
  g_autoptr (Reply) log = NULL;
  g_autoptr (Reply) page = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_cmpuint (book_person (relay, 1, "zoe@example.com", "g@example.com"), ==, 200);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (relay_post (relay, RELAY_MAIN, "wrong-key", 0, "{}"), ==, 401);
  erase (relay, "zoe@example.com", 1);
  reply_free (relay_ask (relay, "GET", "/v1/events", "", ""));
  reply_free (relay_try_enrol (relay, "wrong", "tok-alice", "app", FALSE, NULL));
  reply_free (relay_ask_admin (relay, "POST", "/v1/admin/keys/reload", ""));
  reply_free (relay_ask_admin (relay, "POST", "/v1/admin/codes/roll", ""));
  reply_free (relay_ask_as (relay, alice, "DELETE", path, ""));
  log = relay_ask_admin (relay, "POST", "/v1/admin/audit", "");
  g_assert_nonnull (strstr (log->head, "Content-Type: application/x-ndjson\r\n"));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      if (strstr (log->body, expected[i]) == NULL)
        g_error ("No %s in %s", expected[i], log->body);
    }
  g_assert_nonnull (strstr (log->body, "\"what\":\"webhook-wrong-signature\",\"count\":3,"));
  g_assert_null (strstr (log->body, "example.com\""));
  g_assert_null (strstr (log->body, alice->enrolment->token));
  lines = g_strsplit (log->body, "\n", -1);
  for (guint i = 0; lines[i][0] != '\0'; i++)
    {
      g_autoptr (GError) error = NULL;
      TptRelayAuditRecord *record = tpt_relay_audit_parse (lines[i], &error);

      g_assert_no_error (error);
      g_assert_true (tpt_relay_audit_follows (record, before, &error));
      g_assert_no_error (error);
      g_clear_pointer (&before, tpt_relay_audit_record_free);
      before = record;
    }
  page = relay_ask_admin (relay, "POST", "/v1/admin/audit", "{\"after\":2}");
  g_assert_true (g_str_has_prefix (page->body, lines[2]));
  assert_verified (relay, log->body, lines[g_strv_length (lines) - 2]);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/admin/metrics", test_metrics);
  g_test_add_func ("/relay/admin/promtool", test_promtool);
  g_test_add_func ("/relay/admin/devices", test_devices);
  g_test_add_func ("/relay/admin/codes", test_codes);
  g_test_add_func ("/relay/admin/keys", test_keys);
  g_test_add_func ("/relay/admin/erase", test_erase);
  g_test_add_func ("/relay/admin/erase-last", test_erase_last);
  g_test_add_func ("/relay/admin/bad-erasure", test_bad_erasure);
  g_test_add_func ("/relay/admin/audit", test_audit);

  return g_test_run ();
}

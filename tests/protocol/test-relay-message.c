/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "tpt-relay-message.h"
#include "tpt-test.h"

static void
test_cursor (void)
{
  static const char *const bad[] = {
    "",      ":",      "a:",    ":1",     "a",      "a:-1", "a:+1", "a:01", "a:1 ",
    " a:1",  "a:1x",   "a b:1", "a:1:2",  "a:0x1",  "a:9223372036854775808",
    "\xc3\xa9:1", "abcdefghijklmnopqrstuvwxyz0123456:1",
  };
  TptRelayCursor cursor;
  g_autofree char *text = NULL;

  g_assert_true (tpt_relay_cursor_parse ("Ab-_9:9223372036854775807", &cursor, NULL));
  g_assert_cmpstr (cursor.epoch, ==, "Ab-_9");
  g_assert_cmpint (cursor.seq, ==, G_MAXINT64);
  text = tpt_relay_cursor_format (&cursor);
  g_assert_cmpstr (text, ==, "Ab-_9:9223372036854775807");
  g_assert_true (tpt_relay_cursor_parse ("a:0", &cursor, NULL));
  g_assert_cmpint (cursor.seq, ==, 0);
  g_assert_false (tpt_relay_cursor_parse (NULL, &cursor, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_false (tpt_relay_cursor_parse (bad[i], &cursor, &error));
      g_assert_error (error, TPT_PROTOCOL_ERROR, TPT_PROTOCOL_ERROR_CURSOR);
    }
}

static GPtrArray *
new_frames (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_frame_free);
}

/* Feeds the text in pieces of @step bytes. */
static GPtrArray *
read_frames (const char *text,
             gsize       length,
             gsize       step,
             int        *retry)
{
  g_autoptr (TptRelayParser) parser = tpt_relay_parser_new ();
  GPtrArray *frames = new_frames ();

  for (gsize at = 0; at < length; at += step)
    g_assert_true (tpt_relay_parser_feed (parser, text + at, MIN (step, length - at), frames,
                                          NULL));
  *retry = tpt_relay_parser_get_retry (parser);

  return frames;
}

static void
assert_frame (GPtrArray  *frames,
              guint       index,
              const char *event,
              const char *id,
              const char *data)
{
  TptRelayFrame *frame;

  g_assert_cmpuint (index, <, frames->len);
  frame = frames->pdata[index];
  g_assert_cmpstr (frame->event, ==, event);
  g_assert_cmpstr (frame->id, ==, id);
  g_assert_cmpstr (frame->data, ==, data);
}

/* Every way to cut what our writer wrote gives back what went in. */
static void
test_frames (void)
{
  g_autoptr (GString) stream = g_string_new (NULL);

  tpt_relay_frame_append (stream, "hello", NULL, "{}");
  tpt_relay_frame_append_comment (stream, "hb");
  tpt_relay_frame_append (stream, "webhook", "e:1", "{\"a\":\"\xd7\xa9\"}");
  tpt_relay_frame_append (stream, "webhook", "e:2", "two\nlines\n");
  tpt_relay_frame_append (stream, "gap", NULL, "");
  tpt_relay_frame_append_retry (stream, 1000);

  for (gsize step = 1; step <= stream->len; step++)
    {
      int retry;
      g_autoptr (GPtrArray) frames = read_frames (stream->str, stream->len, step, &retry);

      g_assert_cmpuint (frames->len, ==, 4);
      assert_frame (frames, 0, "hello", NULL, "{}");
      assert_frame (frames, 1, "webhook", "e:1", "{\"a\":\"\xd7\xa9\"}");
      assert_frame (frames, 2, "webhook", "e:2", "two\nlines\n");
      assert_frame (frames, 3, "gap", NULL, "");
      g_assert_cmpint (retry, ==, 1000);
    }
}

/* What other writers may send by the standard. */
static void
test_foreign_frames (void)
{
  static const char text[] = "\xef\xbb\xbf" "data: a\rdata:b\r\ndata:  c\n\n"
                             "event: lost\n\n"
                             "id: 7\nfoo: bar\ndata\n\r\n"
                             "retry: 1x\nretry:\n:\nevent: cut\ndata: never ended";

  for (gsize step = 1; step < sizeof text; step++)
    {
      int retry;
      g_autoptr (GPtrArray) frames = read_frames (text, sizeof text - 1, step, &retry);

      g_assert_cmpuint (frames->len, ==, 2);
      assert_frame (frames, 0, "message", NULL, "a\nb\n c");
      assert_frame (frames, 1, "message", "7", "");
      g_assert_cmpint (retry, ==, -1);
    }
}

static void
test_frame_limits (void)
{
  g_autoptr (TptRelayParser) endless = tpt_relay_parser_new ();
  g_autoptr (TptRelayParser) broken = tpt_relay_parser_new ();
  g_autoptr (TptRelayParser) with_nul = tpt_relay_parser_new ();
  g_autoptr (GPtrArray) frames = new_frames ();
  g_autofree char *block = g_strnfill (64 * 1024, 'x');
  g_autoptr (GError) error = NULL;
  guint fed = 0;

  while (tpt_relay_parser_feed (endless, block, 64 * 1024, frames, &error))
    g_assert_cmpuint (++fed, <=, TPT_RELAY_FRAME_MAX / (64 * 1024));
  g_assert_error (error, TPT_PROTOCOL_ERROR, TPT_PROTOCOL_ERROR_LIMIT);
  g_assert_false (tpt_relay_parser_feed (broken, "data: \xff\n", 8, frames, NULL));
  g_assert_false (tpt_relay_parser_feed (with_nul, "data: \0\n", 8, frames, NULL));
  g_assert_cmpuint (frames->len, ==, 0);
}

static void
test_hello_and_gap (void)
{
  TptRelayHello hello = { { "ep", 9 }, { "ep", 3 }, 25 };
  TptRelayHello hello_read = { { "", 0 }, { "", 0 }, 0 };
  TptRelayGap gap = { FALSE, { "ep", 3 } };
  TptRelayGap reset = { TRUE, { "", 0 } };
  TptRelayGap gap_read;
  g_autofree char *hello_text = tpt_relay_hello_encode (&hello);
  g_autofree char *gap_text = tpt_relay_gap_encode (&gap);
  g_autofree char *reset_text = tpt_relay_gap_encode (&reset);

  g_assert_cmpstr (hello_text, ==,
                   "{\"epoch\":\"ep\",\"head\":\"ep:9\",\"oldest\":\"ep:3\","
                   "\"heartbeat_seconds\":25}");
  g_assert_true (tpt_relay_hello_decode (hello_text, &hello_read, NULL));
  g_assert_cmpint (hello_read.head.seq, ==, 9);
  g_assert_cmpint (hello_read.oldest.seq, ==, 3);
  g_assert_cmpuint (hello_read.heartbeat_seconds, ==, 25);
  g_assert_false (tpt_relay_hello_decode ("{\"head\":\"ep:9\",\"oldest\":\"ep:3\"}", &hello_read,
                                          NULL));

  g_assert_cmpstr (gap_text, ==, "{\"oldest\":\"ep:3\"}");
  g_assert_true (tpt_relay_gap_decode (gap_text, &gap_read, NULL));
  g_assert_false (gap_read.is_reset);
  g_assert_cmpint (gap_read.oldest.seq, ==, 3);
  g_assert_cmpstr (reset_text, ==, "{\"reset\":true}");
  g_assert_true (tpt_relay_gap_decode (reset_text, &gap_read, NULL));
  g_assert_true (gap_read.is_reset);
  g_assert_false (tpt_relay_gap_decode ("{\"reset\":false}", &gap_read, NULL));
}

/* From the relay's hands into the device's: the same bytes, and nothing for anybody else. */
static void
test_box (void)
{
  static const char body[] = "{\"event\":\"invitee.created\"}";
  guint8 public_key[TPT_RELAY_KEY_SIZE], secret_key[TPT_RELAY_KEY_SIZE];
  guint8 other_public[TPT_RELAY_KEY_SIZE], other_secret[TPT_RELAY_KEY_SIZE];
  guint8 shared[TPT_RELAY_KEY_SIZE];
  guint8 low_order[TPT_RELAY_KEY_SIZE] = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (TptRelayWebhook) sent = g_new0 (TptRelayWebhook, 1);
  g_autoptr (TptRelayWebhook) got = NULL;
  g_autoptr (GBytes) opened = NULL;
  g_autofree char *text = NULL;
  g_autofree guint8 *changed = NULL;
  g_autoptr (GBytes) changed_box = NULL;

  tpt_relay_box_make_keys (public_key, secret_key);
  tpt_relay_box_make_keys (other_public, other_secret);
  g_assert_true (tpt_relay_box_begin (public_key, sent->relay_key, shared, NULL));
  sent->received_at = g_strdup ("2026-06-24T22:30:46Z");
  sent->late = TRUE;
  sent->box = tpt_relay_box_seal (shared, body, strlen (body), sent->nonce);
  text = tpt_relay_webhook_encode (sent);
  g_assert_null (strstr (text, "invitee"));

  got = tpt_relay_webhook_decode (text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got->received_at, ==, "2026-06-24T22:30:46Z");
  g_assert_true (got->late);
  opened = tpt_relay_box_open (got->relay_key, secret_key, got->nonce, got->box, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened), body, strlen (body));
  g_assert_cmpstr (g_bytes_get_data (opened, NULL), ==, body);

  g_assert_null (tpt_relay_box_open (got->relay_key, other_secret, got->nonce, got->box, &error));
  g_assert_error (error, TPT_PROTOCOL_ERROR, TPT_PROTOCOL_ERROR_BOX);
  changed = g_memdup2 (g_bytes_get_data (got->box, NULL), g_bytes_get_size (got->box));
  changed[3] ^= 1;
  changed_box = g_bytes_new (changed, g_bytes_get_size (got->box));
  g_assert_null (tpt_relay_box_open (got->relay_key, secret_key, got->nonce, changed_box, NULL));
  g_assert_false (tpt_relay_box_begin (low_order, sent->relay_key, shared, NULL));
}

static void
test_bad_webhooks (void)
{
#define KEY32 "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\""
#define NONCE24 "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\""
#define RECORD(received, late, key, nonce, box)                                                    \
  "{\"received_at\":" received ",\"late\":" late ",\"relay_key\":" key ",\"nonce\":" nonce         \
  ",\"box\":" box "}"
  static const char *const bad[] = {
    "",
    "[]",
    "{}",
    RECORD ("1", "false", KEY32, NONCE24, "\"AA==\""),
    RECORD ("\"x\"", "0", KEY32, NONCE24, "\"AA==\""),
    RECORD ("\"x\"", "false", "\"AA==\"", NONCE24, "\"AA==\""),
    RECORD ("\"x\"", "false", KEY32, KEY32, "\"AA==\""),
    RECORD ("\"x\"", "false", KEY32, NONCE24, "\"AA\""),
    RECORD ("\"x\"", "false", KEY32, NONCE24, "\"A A=\""),
    RECORD ("\"x\"", "false", KEY32, NONCE24, "null"),
  };
  g_autoptr (TptRelayWebhook) good = tpt_relay_webhook_decode (
    RECORD ("\"x\"", "false", KEY32, NONCE24, "\"AA==\",\"later\":1"), NULL);

  g_assert_nonnull (good);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (tpt_relay_webhook_decode (bad[i], &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == TPT_PROTOCOL_ERROR);
    }
}

static void
test_enrolment (void)
{
  TptRelayEnrolmentRequest request = { (char *) "code", (char *) "tok", (char *) "key",
                                       (char *) "Ω's \"laptop\"", (char *) "app", TRUE };
  TptRelayEnrolment answer = { (char *) "d1", (char *) "secret", (char *) "u:1", (char *) "o:1",
                               (char *) "user", (char *) "https://r/x", NULL };
  g_autofree char *request_text = tpt_relay_enrolment_request_encode (&request);
  g_autofree char *answer_text = tpt_relay_enrolment_encode (&answer);
  g_autofree char *problem_text = tpt_relay_problem_encode ("code_used", "That code was used.");
  g_autoptr (TptRelayEnrolmentRequest) request_read =
      tpt_relay_enrolment_request_decode (request_text, -1, NULL);
  g_autoptr (TptRelayEnrolment) answer_read = tpt_relay_enrolment_decode (answer_text, -1, NULL);
  g_autoptr (TptRelayProblem) problem = tpt_relay_problem_decode (problem_text, -1, NULL);
  g_autoptr (TptRelayEnrolmentRequest) defaults = tpt_relay_enrolment_request_decode (
      "{\"enrolment_code\":\"c\",\"calendly_token\":\"t\",\"public_key\":\"k\",\"name\":\"n\"}",
          -1, NULL);
  TptRelayCursor cursor = { "e", 5 }, cursor_read;
  g_autofree char *ack = tpt_relay_ack_encode (&cursor);

  g_assert_cmpstr (request_read->name, ==, request.name);
  g_assert_cmpstr (request_read->subscription, ==, "app");
  g_assert_true (request_read->organization_feed);
  g_assert_cmpstr (defaults->subscription, ==, "personal");
  g_assert_false (defaults->organization_feed);
  g_assert_null (tpt_relay_enrolment_request_decode ("{\"enrolment_code\":\"c\"}", -1, NULL));
  g_assert_cmpstr (answer_read->webhook_url, ==, "https://r/x");
  g_assert_null (answer_read->signing_key);
  g_assert_null (tpt_relay_enrolment_decode ("{\"device\":\"d\"}", -1, NULL));
  g_assert_cmpstr (problem->error, ==, "code_used");
  g_assert_cmpstr (problem->message, ==, "That code was used.");
  g_assert_cmpstr (ack, ==, "{\"cursor\":\"e:5\"}");
  g_assert_true (tpt_relay_ack_decode (ack, -1, &cursor_read, NULL));
  g_assert_cmpint (cursor_read.seq, ==, 5);
  g_assert_false (tpt_relay_ack_decode ("{\"cursor\":5}", -1, &cursor_read, NULL));
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay-message/cursor", test_cursor);
  g_test_add_func ("/relay-message/frames", test_frames);
  g_test_add_func ("/relay-message/foreign-frames", test_foreign_frames);
  g_test_add_func ("/relay-message/frame-limits", test_frame_limits);
  g_test_add_func ("/relay-message/hello-and-gap", test_hello_and_gap);
  g_test_add_func ("/relay-message/box", test_box);
  g_test_add_func ("/relay-message/bad-webhooks", test_bad_webhooks);
  g_test_add_func ("/relay-message/enrolment", test_enrolment);

  return g_test_run ();
}

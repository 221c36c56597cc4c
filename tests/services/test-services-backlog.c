/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-relay.h"

#include <string.h>

#include "tpt-fake-pulse.h"
#include "tpt-fault-relay.h"
#include "tpt-listener-inbox.h"
#include "tpt-listener-line.h"
#include "tpt-meetings-table.h"
#include "tpt-test.h"

#define EVENTS 2500

/* What of the backlog one stream brings before it breaks. */
#define STREAM_EVENTS 1500

/* More than the inbox wants to have waiting, by what the network brings at once. */
#define WAITING_MOST 400

/* A relay that sends all that it has queued, as fast as the network takes it. */
typedef struct
{
  ServicesRelay base;
  TptFaultRelay *relay;
  TptListenerLine *line;
  TptListenerInbox *inbox;
  TptFakePulse pulse;
  GPtrArray *threads;
  GPtrArray *frames;       /* of char: the stream's text for each event */
  GString *acked;          /* the newest acknowledgement */
  guint taken;
  guint kept;
  guint most_waiting;
  guint changes;
  guint crowds;
  guint losses;
} Fixture;

/* The events of one stream, written where blocking does no harm. */
typedef struct
{
  GSocketConnection *connection;
  GString *text;
} Writing;

static gpointer
write_thread (gpointer data)
{
  Writing *writing = data;
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (writing->connection));

  /* The test may be over before everything is written. */
  g_output_stream_write_all (output, writing->text->str, writing->text->len, NULL, NULL, NULL);
  g_object_unref (writing->connection);
  g_string_free (writing->text, TRUE);
  g_free (writing);

  return NULL;
}

static guint
get_seq (const char *cursor)
{
  TptRelayCursor place;

  return cursor != NULL && tpt_relay_cursor_parse (cursor, &place, NULL) ? (guint) place.seq : 0;
}

static void
stream_cb (TptFaultCall *call,
           gpointer      user_data)
{
  Fixture *fixture = user_data;
  Writing *writing = g_new0 (Writing, 1);
  guint first = get_seq (call->cursor);
  guint end = MIN (fixture->frames->len, first + STREAM_EVENTS);

  tpt_fault_call_begin (call, fixture->frames->len, 25);
  writing->connection = g_object_ref (call->connection);
  writing->text = g_string_new (NULL);
  /* At least once: the last one that was kept is told again. */
  for (guint i = first > 0 ? first - 1 : 0; i < end; i++)
    g_string_append (writing->text, g_ptr_array_index (fixture->frames, i));
  g_ptr_array_add (fixture->threads, g_thread_new ("relay", write_thread, writing));
}

static void
ack_cb (TptFaultCall *call,
        gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_string_assign (fixture->acked, call->body);
  tpt_fault_call_write (call, "HTTP/1.1 204 No Content\r\n\r\n");
}

static void
taken_cb (TptListenerLine     *line,
          const TptRelayFrame *frame,
          Fixture             *fixture)
{
  fixture->taken = MAX (fixture->taken, get_seq (frame->id));
  fixture->most_waiting = MAX (fixture->most_waiting, fixture->taken - fixture->kept);
  tpt_listener_inbox_push (fixture->inbox, frame);
}

static void
kept_cb (TptListenerInbox *inbox,
         const char       *cursor,
         Fixture          *fixture)
{
  g_assert_cmpuint (get_seq (cursor), >, fixture->kept);
  fixture->kept = get_seq (cursor);
  tpt_listener_line_keep (fixture->line, cursor);
}

static void
crowded_cb (TptListenerInbox *inbox,
            gboolean          is_crowded,
            Fixture          *fixture)
{
  fixture->crowds += (guint) is_crowded;
  tpt_listener_line_hold (fixture->line, is_crowded);
}

static void
lost_cb (TptListenerInbox *inbox,
         Fixture          *fixture)
{
  fixture->losses++;
  tpt_listener_line_repeat (fixture->line);
}

static void
changed_cb (TptStore *store,
            guint     flags,
            GArray   *customers,
            Fixture  *fixture)
{
  fixture->changes++;
}

static char *
make_frame (const char   *pattern,
            guint         number,
            const guint8 *relay_key,
            const guint8 *shared)
{
  g_autoptr (GString) body = g_string_new (pattern);
  g_autofree char *event = g_strdup_printf ("E%07u", number);
  g_autofree char *cursor = g_strdup_printf ("e:%u", number);
  g_autofree char *data = NULL;
  TptRelayWebhook webhook = { .received_at = (char *) "2026-11-21T10:00:00.000000Z" };
  GString *frame = g_string_new (NULL);

  g_string_replace (body, "GBGBDCAADAEDCRZ2", event, 0);
  memcpy (webhook.relay_key, relay_key, sizeof webhook.relay_key);
  webhook.box = tpt_relay_box_seal (shared, body->str, body->len, webhook.nonce);
  data = tpt_relay_webhook_encode (&webhook);
  tpt_relay_frame_append (frame, TPT_RELAY_EVENT_WEBHOOK, cursor, data);
  g_bytes_unref (webhook.box);

  return g_string_free (frame, FALSE);
}

static void
queue_events (Fixture           *fixture,
              TptListenerSecret *secret,
              guint              count)
{
  g_autofree char *pattern = tpt_test_fixture ("api/webhook-invitee-created.json", NULL);
  g_autoptr (GError) error = NULL;
  guint8 relay_key[TPT_RELAY_KEY_SIZE], shared[TPT_RELAY_KEY_SIZE];

  tpt_relay_box_begin (secret->public_key, relay_key, shared, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < count; i++)
    g_ptr_array_add (fixture->frames, make_frame (pattern, i + 1, relay_key, shared));
}

static void
build_inbox (Fixture           *fixture,
             TptListenerSecret *secret,
             TptStore          *store,
             TptApply          *apply)
{
  TptServices *services = fixture->base.base.services;

  fixture->inbox = tpt_listener_inbox_new (store, apply, services->client,
                                           tpt_connection_get_view (services->connection));
  g_signal_connect (fixture->inbox, "kept", G_CALLBACK (kept_cb), fixture);
  g_signal_connect (fixture->inbox, "crowded", G_CALLBACK (crowded_cb), fixture);
  g_signal_connect (fixture->inbox, "lost", G_CALLBACK (lost_cb), fixture);
  g_signal_connect (store, "changed", G_CALLBACK (changed_cb), fixture);
  tpt_listener_inbox_open (fixture->inbox, secret, NULL);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  services_fixture_set_up (&fixture->base.base, "40");
  fixture->relay = tpt_fault_relay_new ();
  fixture->relay->stream = stream_cb;
  fixture->relay->other = ack_cb;
  fixture->relay->user_data = fixture;
  fixture->line = tpt_listener_line_new ();
  tpt_fake_pulse_init (&fixture->pulse);
  tpt_listener_line_set_timer (fixture->line, &fixture->pulse.timer);
  g_signal_connect (fixture->line, "webhook", G_CALLBACK (taken_cb), fixture);
  fixture->frames = g_ptr_array_new_with_free_func (g_free);
  fixture->threads = g_ptr_array_new ();
  fixture->acked = g_string_new (NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  tpt_listener_line_close (fixture->line);
  g_signal_handlers_disconnect_by_data (fixture->line, fixture);
  tpt_test_finalized (fixture->line);
  tpt_listener_inbox_close (fixture->inbox);
  g_clear_object (&fixture->inbox);
  tpt_fault_relay_free (fixture->relay);
  for (guint i = 0; i < fixture->threads->len; i++)
    g_thread_join (g_ptr_array_index (fixture->threads, i));
  g_ptr_array_unref (fixture->threads);
  g_ptr_array_unref (fixture->frames);
  g_string_free (fixture->acked, TRUE);
  tpt_fake_pulse_clear (&fixture->pulse);
  services_fixture_tear_down (&fixture->base.base, user_data);
}

static TptListenerSecret *
make_secret (void)
{
  TptListenerSecret *secret = tpt_listener_secret_new ();

  tpt_relay_box_make_keys (secret->public_key, secret->secret_key);

  return secret;
}

static gboolean
is_through (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->kept == STREAM_EVENTS;
}

static gboolean
is_acked (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->kept == EVENTS && strcmp (fixture->acked->str, "{\"cursor\":\"e:2500\"}") == 0;
}

static gboolean
count_func (TptSession  *session,
            gpointer     user_data,
            GError     **error)
{
  return tpt_meetings_table_count (session, user_data, error);
}

static gint64
count_meetings (TptStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  gint64 count = 0;

  tpt_store_transact_async (store, count_func, &count, NULL, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_store_transact_finish (store, result, &error);
  g_assert_no_error (error);

  return count;
}

/* Everything arrives once, across a break and in spite of repetition; never more waits than was
 * meant to, however fast the relay is; and the record changes by batches. */
static void
test_backlog_flow (Fixture       *fixture,
                   gconstpointer  user_data)
{
  TptServices *services = fixture->base.base.services;
  g_autoptr (TptListenerSecret) secret = make_secret ();

  build_inbox (fixture, secret, services->store, services->apply);
  queue_events (fixture, secret, EVENTS);
  tpt_listener_line_open (fixture->line, fixture->relay->url, "token", NULL);
  tpt_test_await_func (is_through, fixture);
  tpt_listener_line_repeat (fixture->line);
  tpt_fake_pulse_pass (&fixture->pulse);
  tpt_test_await_func (is_acked, fixture);

  g_assert_cmpint (count_meetings (services->store), ==, EVENTS);
  g_assert_cmpuint (fixture->most_waiting, <=, WAITING_MOST);
  g_assert_cmpuint (fixture->crowds, >, 1);
  g_assert_cmpuint (fixture->changes, <, EVENTS / 10);
  g_assert_cmpuint (fixture->losses, ==, 0);
}

static gboolean
is_lost (gpointer user_data)
{
  return ((Fixture *) user_data)->losses > 0;
}

/* What the store cannot take is not acknowledged, nor is what comes after it: the line begins again
 * behind what was kept. */
static void
test_backlog_lost (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (TptListenerSecret) secret = make_secret ();
  g_autoptr (GBytes) key = g_bytes_new_take (g_malloc0 (TPT_STORE_KEY_BYTES), TPT_STORE_KEY_BYTES);
  g_autoptr (TptClock) clock = tpt_clock_new ();
  g_autoptr (TptMatcher) matcher = tpt_matcher_new ();
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptStore) store = NULL;
  g_autoptr (TptApply) apply = NULL;
  TptTestResult opening = { NULL };
  TptTestResult closing = { NULL };

  tpt_store_open_async (":memory:", key, clock, NULL, tpt_test_result_cb, &opening);
  opened = tpt_test_await (&opening);
  store = tpt_store_open_finish (opened, &error);
  g_assert_no_error (error);
  apply = tpt_apply_new (store, matcher);
  build_inbox (fixture, secret, store, apply);
  queue_events (fixture, secret, 3);
  tpt_store_close_async (store, NULL, tpt_test_result_cb, &closing);
  closed = tpt_test_await (&closing);
  tpt_store_close_finish (store, closed, &error);
  g_assert_no_error (error);

  g_test_expect_message ("tpt-sync", G_LOG_LEVEL_MESSAGE, "*could not be kept*");
  tpt_listener_line_open (fixture->line, fixture->relay->url, "token", NULL);
  tpt_test_await_func (is_lost, fixture);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (fixture->kept, ==, 0);
  g_assert_cmpstr (fixture->acked->str, ==, "");
  g_assert_null (tpt_listener_inbox_get_cursor (fixture->inbox));
  g_assert_cmpint (tpt_listener_line_get_state (fixture->line), ==, TPT_RELAY_RECONNECTING);
  g_assert_true (tpt_fake_pulse_is_waiting (&fixture->pulse));
}

/* What the relay kept for somebody who was away says the same as the service does. */
static void
test_backlog_same (ServicesRelay *fixture,
                   gconstpointer  user_data)
{
  TptSyncOptions everything = { .full = TRUE };
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *last = NULL;

  services_relay_go_live (fixture);
  tpt_relay_listener_stop (fixture->base.services->listener);
  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *first = services_relay_order (fixture);
      g_autofree char *second = NULL;
      g_autofree char *third = NULL;

      if (i % 3 != 0)
        second = services_relay_do (fixture, "/reschedule", first);
      if (i % 3 == 2)
        third = services_relay_do (fixture, "/cancel", second);
    }
  last = services_relay_order (fixture);
  tpt_relay_listener_start (fixture->base.services->listener);
  services_relay_await (fixture, last, FALSE, FALSE);

  report = services_fixture_sync (&fixture->base, &everything, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->created, ==, 0);
  g_assert_cmpuint (report->updated, ==, 0);
  g_assert_cmpuint (report->unchanged, >, 24);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add ("/services/backlog/flow", Fixture, NULL, set_up, test_backlog_flow, tear_down);
  g_test_add ("/services/backlog/lost", Fixture, NULL, set_up, test_backlog_lost, tear_down);
  g_test_add ("/services/backlog/same", ServicesRelay, GINT_TO_POINTER (TRUE),
              services_relay_set_up, test_backlog_same, services_relay_tear_down);

  return g_test_run ();
}

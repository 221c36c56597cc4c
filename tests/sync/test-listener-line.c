/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fake-pulse.h"
#include "tpt-fault-relay.h"
#include "tpt-listener-line.h"
#include "tpt-test.h"

/* A line to a relay that misbehaves as the test wants; nobody waits in earnest. */
typedef struct
{
  TptFaultRelay *relay;
  TptListenerLine *line;
  TptFakePulse pulse;
  GString *taken;          /* cursors of the events that came */
  guint gaps;
  guint resets;
  TptTime slept;
  GString *acks;           /* bodies */
} Fixture;

static void
webhook_cb (TptListenerLine     *line,
            const TptRelayFrame *frame,
            Fixture             *fixture)
{
  g_string_append_printf (fixture->taken, "%s ", frame->id);
}

static void
gap_cb (TptListenerLine *line,
        gboolean         is_reset,
        Fixture         *fixture)
{
  fixture->gaps++;
  fixture->resets += (guint) is_reset;
}

static void
accept_ack (TptFaultCall *call,
            gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_string_append_printf (fixture->acks, "%s ", call->body);
  tpt_fault_call_write (call, "HTTP/1.1 204 No Content\r\n\r\n");
}

static TptTime
get_slept (gpointer user_data)
{
  return *(TptTime *) user_data;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->relay = tpt_fault_relay_new ();
  fixture->relay->other = accept_ack;
  fixture->relay->user_data = fixture;
  fixture->line = tpt_listener_line_new ();
  fixture->taken = g_string_new (NULL);
  fixture->acks = g_string_new (NULL);
  tpt_fake_pulse_init (&fixture->pulse);
  tpt_listener_line_set_timer (fixture->line, &fixture->pulse.timer);
  tpt_sleep_watch_set_func (tpt_listener_line_get_sleep_watch (fixture->line), get_slept,
                            &fixture->slept);
  g_signal_connect (fixture->line, "webhook", G_CALLBACK (webhook_cb), fixture);
  g_signal_connect (fixture->line, "gap", G_CALLBACK (gap_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_signal_handlers_disconnect_by_data (fixture->line, fixture);
  tpt_listener_line_close (fixture->line);
  tpt_test_finalized (fixture->line);
  tpt_fault_relay_free (fixture->relay);
  tpt_fake_pulse_clear (&fixture->pulse);
  g_string_free (fixture->taken, TRUE);
  g_string_free (fixture->acks, TRUE);
}

static void
open_line (Fixture      *fixture,
           TptFaultFunc  stream,
           const char   *cursor)
{
  fixture->relay->stream = stream;
  tpt_listener_line_open (fixture->line, fixture->relay->url, "token", cursor);
}

static gboolean
is_live (gpointer user_data)
{
  return tpt_listener_line_get_state (((Fixture *) user_data)->line) == TPT_RELAY_LIVE;
}

static gboolean
is_waiting (gpointer user_data)
{
  return tpt_fake_pulse_is_waiting (&((Fixture *) user_data)->pulse);
}

static gboolean
is_refused (gpointer user_data)
{
  return tpt_listener_line_get_state (((Fixture *) user_data)->line) == TPT_RELAY_REFUSED;
}

/* The stream that was asked for last has ended. */
typedef struct
{
  Fixture *fixture;
  guint streams;
} Ending;

static gboolean
has_ended (gpointer user_data)
{
  const Ending *ending = user_data;

  return ending->fixture->relay->streams == ending->streams && is_waiting (ending->fixture);
}

/* The pause is over, and the next stream, too. */
static void
pass_and_break (Fixture *fixture)
{
  Ending ending = { fixture, fixture->relay->streams + 1 };

  tpt_fake_pulse_pass (&fixture->pulse);
  tpt_test_await_func (has_ended, &ending);
}

/* For what the newest connection has to be. */
static TptFaultCall *
get_stream (Fixture *fixture)
{
  for (guint i = fixture->relay->calls->len; i > 0; i--)
    {
      TptFaultCall *call = g_ptr_array_index (fixture->relay->calls, i - 1);

      if (call->body == NULL || *call->body == '\0')
        return call;
    }
  g_assert_not_reached ();
}

static void
send_event (Fixture *fixture,
            guint    number)
{
  g_autofree char *text =
    g_strdup_printf ("id: e:%u\nevent: webhook\ndata: {}\n\n", number);

  tpt_fault_call_write (get_stream (fixture), text);
}

/* The words that a wait is for. */
typedef struct
{
  GString *text;
  const char *wanted;
} Words;

static gboolean
has_words (gpointer user_data)
{
  Words *words = user_data;

  return strstr (words->text->str, words->wanted) != NULL;
}

static void
await_words (GString    *text,
             const char *wanted)
{
  Words words = { text, wanted };

  tpt_test_await_func (has_words, &words);
}

static void
begin (TptFaultCall *call,
       gpointer      user_data)
{
  tpt_fault_call_begin (call, 9, 25);
}

static void
begin_and_break (TptFaultCall *call,
                 gpointer      user_data)
{
  tpt_fault_call_begin (call, 9, 25);
  tpt_fault_call_hang_up (call);
}

static void
refuse_busy (TptFaultCall *call,
             gpointer      user_data)
{
  tpt_fault_call_write (call, "HTTP/1.1 503 Busy\r\nRetry-After: 90\r\nContent-Length: 0\r\n\r\n");
}

static void
refuse_token (TptFaultCall *call,
              gpointer      user_data)
{
  tpt_fault_call_write (call, "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n");
}

static void
refuse_device (TptFaultCall *call,
               gpointer      user_data)
{
  tpt_fault_call_write (call, "HTTP/1.1 404 No\r\nContent-Type: application/json\r\n"
                              "Content-Length: 21\r\n\r\n{\"error\":\"not_found\"}");
}

static void
refuse_empty (TptFaultCall *call,
              gpointer      user_data)
{
  tpt_fault_call_write (call, "HTTP/1.1 404 No\r\nContent-Type: text/html\r\n"
                              "Content-Length: 0\r\n\r\n");
}

static void
answer_portal (TptFaultCall *call,
               gpointer      user_data)
{
  tpt_fault_call_write (call, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                              "Content-Length: 5\r\n\r\nHello");
}

/* Goes on behind what was kept, not behind what has come. */
static void
test_line_resume (Fixture       *fixture,
                  gconstpointer  user_data)
{
  open_line (fixture, begin, "e:3");
  tpt_test_await_func (is_live, fixture);
  g_assert_cmpstr (get_stream (fixture)->cursor, ==, "e:3");
  send_event (fixture, 4);
  send_event (fixture, 5);
  await_words (fixture->taken, "e:5");
  tpt_listener_line_keep (fixture->line, "e:4");
  tpt_fault_call_hang_up (get_stream (fixture));
  tpt_test_await_func (is_waiting, fixture);
  g_assert_cmpint (tpt_listener_line_get_state (fixture->line), ==, TPT_RELAY_RECONNECTING);
  tpt_fake_pulse_pass (&fixture->pulse);
  tpt_test_await_func (is_live, fixture);
  g_assert_cmpstr (get_stream (fixture)->cursor, ==, "e:4");
}

/* A relay that greets and breaks off again and again is called less and less often. */
static void
test_line_greeting (Fixture       *fixture,
                    gconstpointer  user_data)
{
  TptTime longest = 0;

  open_line (fixture, begin_and_break, NULL);
  tpt_test_await_func (is_waiting, fixture);
  for (guint i = 0; i < 16; i++)
    {
      g_assert_cmpint (fixture->pulse.pause, <=, 60 * TPT_SECOND);
      g_assert_cmpint (fixture->pulse.pause, >, 0);
      longest = MAX (longest, fixture->pulse.pause);
      pass_and_break (fixture);
    }
  g_assert_cmpint (longest, >, 2 * TPT_SECOND);
}

/* The relay says when it wants to be called again, at its end or in its refusal. */
static void
test_line_retry (Fixture       *fixture,
                 gconstpointer  user_data)
{
  open_line (fixture, begin, NULL);
  tpt_test_await_func (is_live, fixture);
  tpt_fault_call_write (get_stream (fixture), "retry: 7000\n\n");
  tpt_fault_call_hang_up (get_stream (fixture));
  tpt_test_await_func (is_waiting, fixture);
  g_assert_cmpint (fixture->pulse.pause, >=, 7 * TPT_SECOND);
  g_assert_cmpint (fixture->pulse.pause, <=, 8 * TPT_SECOND);

  fixture->relay->stream = refuse_busy;
  pass_and_break (fixture);
  g_assert_cmpint (fixture->pulse.pause, >=, 90 * TPT_SECOND);
  g_assert_cmpint (fixture->pulse.pause, <=, 91 * TPT_SECOND);
}

/* A device that the relay does not know is told so, and not tried again. */
static void
test_line_refused (Fixture       *fixture,
                   gconstpointer  user_data)
{
  const TptFaultFunc ways[] = { refuse_token, refuse_device };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      open_line (fixture, ways[i], NULL);
      tpt_test_await_func (is_refused, fixture);
      g_assert_false (is_waiting (fixture));
      g_assert_nonnull (tpt_listener_line_get_message (fixture->line));
      g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
      g_assert_false (is_waiting (fixture));
    }
  g_assert_cmpuint (fixture->relay->streams, ==, 2);
}

/* What stands between us and the relay knows nothing of devices. */
static void
test_line_in_between (Fixture       *fixture,
                      gconstpointer  user_data)
{
  open_line (fixture, refuse_empty, NULL);
  tpt_test_await_func (is_waiting, fixture);
  g_assert_cmpint (tpt_listener_line_get_state (fixture->line), ==, TPT_RELAY_RECONNECTING);
  fixture->relay->stream = answer_portal;
  pass_and_break (fixture);
  fixture->relay->stream = begin;
  tpt_fake_pulse_pass (&fixture->pulse);
  tpt_test_await_func (is_live, fixture);
  g_assert_null (tpt_listener_line_get_message (fixture->line));
}

static gboolean
is_silent (gpointer user_data)
{
  return tpt_listener_line_get_state (((Fixture *) user_data)->line) == TPT_RELAY_RECONNECTING;
}

static void
begin_in_haste (TptFaultCall *call,
                gpointer      user_data)
{
  tpt_fault_call_begin (call, 9, 1);
}

/* No byte for two and a half heartbeats: the connection is dead, though nothing says so. */
static void
test_line_silence (Fixture       *fixture,
                   gconstpointer  user_data)
{
  open_line (fixture, begin_in_haste, NULL);
  tpt_test_await_func (is_live, fixture);
  tpt_test_await_func (is_silent, fixture);
  g_assert_nonnull (tpt_listener_line_get_message (fixture->line));
  g_assert_true (is_waiting (fixture));
}

/* After a sleep the line is dialed at once although it looks open; a clock that was set is none. */
static void
test_line_woken (Fixture       *fixture,
                 gconstpointer  user_data)
{
  TptSleepWatch *watch = tpt_listener_line_get_sleep_watch (fixture->line);

  open_line (fixture, begin, "e:3");
  tpt_test_await_func (is_live, fixture);
  tpt_sleep_watch_look (watch);
  g_assert_true (is_live (fixture));
  fixture->slept = 3600 * TPT_SECOND;
  tpt_sleep_watch_look (watch);
  g_assert_false (is_live (fixture));
  g_assert_true (is_waiting (fixture));
  g_assert_cmpint (fixture->pulse.pause, ==, 0);
  send_event (fixture, 4);
  tpt_fake_pulse_pass (&fixture->pulse);
  tpt_test_await_func (is_live, fixture);
  g_assert_cmpuint (fixture->relay->streams, ==, 2);
  g_assert_cmpstr (fixture->taken->str, ==, "");
}

/* Another network: what was open belongs to the old one, and who waits need not. */
static void
test_line_network (Fixture       *fixture,
                   gconstpointer  user_data)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();

  open_line (fixture, refuse_busy, NULL);
  tpt_test_await_func (is_waiting, fixture);
  g_assert_cmpint (fixture->pulse.pause, >=, 90 * TPT_SECOND);
  g_signal_emit_by_name (monitor, "network-changed", FALSE);
  g_assert_cmpint (fixture->pulse.pause, >=, 90 * TPT_SECOND);
  fixture->relay->stream = begin;
  for (guint i = 2; i <= 3; i++)
    {
      g_signal_emit_by_name (monitor, "network-changed", TRUE);
      g_signal_emit_by_name (monitor, "network-changed", TRUE);
      g_assert_cmpint (fixture->pulse.pause, <, TPT_SECOND);
      tpt_fake_pulse_pass (&fixture->pulse);
      tpt_test_await_func (is_live, fixture);
      g_assert_cmpuint (fixture->relay->streams, ==, i);
    }
}

/* A gap is told; after a reset the old places are not named any more. */
static void
test_line_gap (Fixture       *fixture,
               gconstpointer  user_data)
{
  open_line (fixture, begin, "e:3");
  tpt_test_await_func (is_live, fixture);
  tpt_fault_call_write (get_stream (fixture), "event: gap\ndata: {\"oldest\":\"e:7\"}\n\n");
  send_event (fixture, 7);
  await_words (fixture->taken, "e:7");
  g_assert_cmpuint (fixture->gaps, ==, 1);
  g_assert_cmpuint (fixture->resets, ==, 0);
  tpt_fault_call_write (get_stream (fixture), "event: gap\ndata: {\"reset\":true}\n\n");
  send_event (fixture, 8);
  await_words (fixture->taken, "e:8");
  g_assert_cmpuint (fixture->resets, ==, 1);
  tpt_fault_call_hang_up (get_stream (fixture));
  tpt_test_await_func (is_waiting, fixture);
  tpt_fake_pulse_pass (&fixture->pulse);
  tpt_test_await_func (is_live, fixture);
  g_assert_null (get_stream (fixture)->cursor);
}

static void
refuse_ack (TptFaultCall *call,
            gpointer      user_data)
{
  call->relay->other = accept_ack;
  tpt_fault_call_write (call, "HTTP/1.1 429 Later\r\nContent-Length: 0\r\n\r\n");
}

static gboolean
has_other (gpointer user_data)
{
  return ((Fixture *) user_data)->relay->others > 0;
}

/* What was kept while an acknowledgement was under way, or while it failed, is told afterwards, in
 * one; and what a process before kept is told with the greeting. */
static void
test_line_ack (Fixture       *fixture,
               gconstpointer  user_data)
{
  open_line (fixture, begin, "e:3");
  tpt_test_await_func (is_live, fixture);
  await_words (fixture->acks, "\"e:3\"");
  fixture->relay->other = NULL;
  tpt_listener_line_keep (fixture->line, "e:4");
  fixture->relay->others = 0;
  tpt_test_await_func (has_other, fixture);
  tpt_listener_line_keep (fixture->line, "e:5");
  tpt_listener_line_keep (fixture->line, "e:6");
  g_assert_cmpuint (fixture->relay->others, ==, 1);
  fixture->relay->other = accept_ack;
  for (guint i = 0; i < fixture->relay->calls->len; i++)
    {
      TptFaultCall *call = g_ptr_array_index (fixture->relay->calls, i);

      if (g_strcmp0 (call->body, "{\"cursor\":\"e:4\"}") == 0)
        accept_ack (call, fixture);
    }
  await_words (fixture->acks, "\"e:6\"");
  g_assert_null (strstr (fixture->acks->str, "\"e:5\""));

  fixture->relay->other = refuse_ack;
  tpt_listener_line_keep (fixture->line, "e:7");
  await_words (fixture->acks, "\"e:7\"");
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/listener/line/resume", test_line_resume },
    { "/listener/line/greeting", test_line_greeting },
    { "/listener/line/retry", test_line_retry },
    { "/listener/line/refused", test_line_refused },
    { "/listener/line/in-between", test_line_in_between },
    { "/listener/line/silence", test_line_silence },
    { "/listener/line/woken", test_line_woken },
    { "/listener/line/network", test_line_network },
    { "/listener/line/gap", test_line_gap },
    { "/listener/line/ack", test_line_ack },
  };

  tpt_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fault-relay.h"
#include "tpt-listener-stream.h"
#include "tpt-test.h"

typedef struct
{
  GCancellable *cancellable;
  guint frames;
} Listener;

static void
say_three (TptFaultCall *call,
           gpointer      user_data)
{
  tpt_fault_call_write (call, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                              "id: e:1\nevent: webhook\ndata: {}\n\n"
                              "id: e:2\nevent: webhook\ndata: {}\n\n"
                              "id: e:3\nevent: webhook\ndata: {}\n\n");
}

static void
hang_up_cb (const TptRelayFrame *frame,
            gpointer             user_data)
{
  Listener *listener = user_data;

  listener->frames++;
  g_cancellable_cancel (listener->cancellable);
}

/* What came in one piece with the event at which somebody hung up is told to nobody. */
static void
test_stream_hang_up (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Listener listener = { .cancellable = cancellable };
  TptFaultRelay *relay = tpt_fault_relay_new ();
  g_autoptr (TptListenerStream) stream = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  relay->stream = say_three;
  stream = tpt_listener_stream_new (relay->url, "token", hang_up_cb, &listener);
  tpt_listener_stream_run_async (stream, NULL, cancellable, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_false (tpt_listener_stream_run_finish (stream, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (listener.frames, ==, 1);
  tpt_fault_relay_free (relay);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/listener/stream/hang-up", test_stream_hang_up);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tpt-bench-desk.h"
#include "tpt-bench-load.h"
#include "tpt-bench-relay.h"
#include "tpt-relay-listener-private.h"
#include "tpt-test.h"
#include "tpt-webhook-signature.h"

/* A desk was away for long: the relay has so many events for it, about so many bookings. */
#define EVENTS 100000
#define BOOKINGS 10000

#define CONNECTIONS 32
#define TICK_MS 5

/* What the main loop and the memory are like while the desk catches up. */
typedef struct
{
  double last_tick;
  double longest_stall;    /* milliseconds */
  double most_memory;      /* MiB */
  gboolean is_there;
} Watch;

static void
replace_id (GString    *body,
            char        letter,
            guint       number)
{
  g_autofree char *old = g_strdup_printf ("%c%015u", letter, number);
  g_autofree char *new = g_strdup_printf ("%c%015u", letter, number % BOOKINGS);

  g_string_replace (body, old, new, 0);
}

/* A request that tells of one of the bookings, for the host whose channel that is. */
static GString *
make_request (TptRelayListener *listener,
              const char       *user,
              guint             number)
{
  const TptListenerSecret *secret = listener->secret;
  g_autofree char *text = tpt_bench_webhooks_body (number, 0);
  g_autofree char *host = tpt_bench_webhooks_host (0);
  g_autoptr (GString) body = g_string_new (text);
  g_autofree char *signature = NULL;
  GString *request = g_string_new (NULL);

  g_string_replace (body, host, user, 0);
  replace_id (body, 'E', number);
  replace_id (body, 'I', number);
  signature = tpt_webhook_signature_sign (g_get_real_time () / G_USEC_PER_SEC, body->str,
                                          body->len, secret->signing_key);
  g_string_append_printf (request,
                          "POST %s HTTP/1.1\r\nHost: relay.example.com\r\n"
                          "Calendly-Webhook-Signature: %s\r\nContent-Length: %" G_GSIZE_FORMAT
                          "\r\n\r\n%s",
                          secret->webhook_url + strlen (secret->url), signature, body->len,
                          body->str);

  return request;
}

static void
read_answer (int fd)
{
  char answer[1024] = "";
  gsize got = 0;

  while (strstr (answer, "\r\n\r\n{") == NULL)
    {
      gssize size = read (fd, answer + got, sizeof answer - 1 - got);

      g_assert_cmpint (size, >, 0);
      got += (gsize) size;
      answer[got] = '\0';
    }
  if (!g_str_has_prefix (answer, "HTTP/1.1 200") || !g_str_has_suffix (answer, "\r\n\r\n{}"))
    g_error ("The relay did not take an event: %s", answer);
}

/* All that happened in the meantime, with nobody there to hear of it. */
static void
fill (TptServices *desk)
{
  TptRelayListener *listener = desk->listener;
  const char *user = tpt_connection_get_account (desk->connection)->uri;
  guint16 port = (guint16) g_ascii_strtoull (strrchr (listener->secret->url, ':') + 1, NULL, 10);
  int fds[CONNECTIONS];

  for (guint i = 0; i < CONNECTIONS; i++)
    fds[i] = tpt_bench_load_connect (port);
  for (guint i = 0; i < EVENTS; i += CONNECTIONS)
    {
      for (guint j = 0; j < CONNECTIONS; j++)
        {
          GString *request = make_request (listener, user, i + j);

          g_assert_cmpint (send (fds[j], request->str, request->len, MSG_NOSIGNAL), ==,
                           (gssize) request->len);
          g_string_free (request, TRUE);
        }
      for (guint j = 0; j < CONNECTIONS; j++)
        read_answer (fds[j]);
    }
  for (guint i = 0; i < CONNECTIONS; i++)
    close (fds[i]);
}

/* The last event of the queue, to be known by. */
static void
mark_end (TptRelayListener *listener)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_relay_listener_test_async (listener, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_relay_listener_test_finish (listener, result, &error);
  g_assert_no_error (error);
}

static gboolean
tick_cb (gpointer user_data)
{
  Watch *watch = user_data;
  double now = tpt_bench_get_wall ();

  watch->longest_stall = MAX (watch->longest_stall, now - watch->last_tick - TICK_MS);
  watch->last_tick = now;
  watch->most_memory = MAX (watch->most_memory, tpt_bench_get_memory ());

  return G_SOURCE_CONTINUE;
}

static void
there_cb (Watch *watch)
{
  watch->is_there = TRUE;
}

static void
measure (TptServices *desk)
{
  TptRelayListener *listener = desk->listener;
  double before = tpt_bench_get_memory ();
  double start = tpt_bench_get_wall ();
  Watch watch = { .last_tick = start };
  guint ticks = g_timeout_add_full (G_PRIORITY_DEFAULT, TICK_MS, tick_cb, &watch, NULL);
  double seconds;

  g_signal_connect_swapped (listener->inbox, "tested", G_CALLBACK (there_cb), &watch);
  tpt_relay_listener_start (listener);
  while (!watch.is_there)
    g_main_context_iteration (NULL, TRUE);
  seconds = (tpt_bench_get_wall () - start) / 1000;
  g_source_remove (ticks);
  g_signal_handlers_disconnect_by_data (listener->inbox, &watch);

  tpt_bench_print ("catch-up: events that waited", EVENTS, "events");
  tpt_bench_print ("catch-up: taken in", EVENTS / seconds, "a second");
  tpt_bench_judge ("catch-up: all of them, until the last is in the record", seconds, 300, "s");
  tpt_bench_judge ("catch-up: longest stall of the main loop", watch.longest_stall, 100, "ms");
  tpt_bench_judge ("catch-up: memory beyond that of before", watch.most_memory - before, 32,
                   "MiB");
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = tpt_bench_desk_make_home ();
  const char *const arguments[] = {
    g_getenv ("TPT_SANDBOX"), "--customers=30", "--meetings=100", "--rate-limit=0", NULL,
  };
  TptBenchProgram *sandbox;
  TptBenchRelay *relay;
  TptServices *desk;

  tpt_bench_be_quiet ();
  sandbox = tpt_bench_program_start (arguments);
  tpt_bench_desk_set_urls (tpt_bench_program_get (sandbox, "api"),
                           tpt_bench_program_get (sandbox, "auth"));
  desk = tpt_bench_desk_open ();
  tpt_bench_desk_connect (desk, "sandbox-pat");
  tpt_bench_desk_sync (desk);
  relay = tpt_bench_relay_start (home, tpt_bench_program_get (sandbox, "api"),
                                 tpt_connection_get_account (desk->connection)->organization);
  tpt_bench_relay_enrol (relay, desk);
  tpt_relay_listener_stop (desk->listener);
  fill (desk);
  mark_end (desk->listener);
  measure (desk);
  tpt_bench_desk_close (desk);
  tpt_bench_relay_stop (relay);
  tpt_bench_program_stop (sandbox);
  tpt_test_remove_dir (home);

  return tpt_bench_get_status ();
}

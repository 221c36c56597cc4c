/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "relay-fixture.h"
#include "tpt-test.h"

/* What a file cannot take is an error then and no signal, as on a full disk. */
static void
start_without_signal (Relay *relay)
{
  const char *const argv[] = { "/bin/sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh", relay->program,
                               "--config", relay->config, NULL };

  relay->process = relay_spawn (G_SUBPROCESS_FLAGS_STDOUT_PIPE, argv);
  relay_await_ready (relay);
}

static void
limit_files (Relay  *relay,
             rlim_t  bytes)
{
  struct rlimit limit = { bytes, RLIM_INFINITY };
  int pid = atoi (g_subprocess_get_identifier (relay->process));

  g_assert_cmpint (prlimit (pid, RLIMIT_FSIZE, &limit, NULL), ==, 0);
}

static void
assert_health (Relay      *relay,
               guint       status,
               const char *part)
{
  static const char *const paths[] = { "/healthz", "/readyz" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (Reply) reply = relay_ask (relay, "GET", paths[i], "", "");

      g_assert_cmpuint (reply->status, ==, status);
      if (strstr (reply->body, part) == NULL)
        g_error ("%s says %s", paths[i], reply->body);
    }
}

static void
test_well (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");

  relay_start (relay);
  assert_health (relay, 200, "{\"status\":\"ok\",\"checks\":{\"journal\":\"ok\","
                             "\"keeper\":\"ok\",\"disk\":\"ok\"}}");
}

/* Full: 503 and never 200 for a webhook, and the same for whoever watches; then there is room. */
static void
test_full (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Stream) stream = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;

  start_without_signal (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 200);
  limit_files (relay, 1024);
  g_assert_cmpuint (relay_book (relay, "ALICE", 2), ==, 503);
  assert_health (relay, 503, "\"journal\":\"failing\"");
  g_assert_cmpuint (relay_book (relay, "ALICE", 2), ==, 503);

  limit_files (relay, RLIM_INFINITY);
  g_assert_cmpuint (relay_book (relay, "ALICE", 3), ==, 200);
  assert_health (relay, 200, "\"journal\":\"ok\"");
  stream = stream_open (relay, alice, NULL);
  hello = stream_next_of (stream, "hello");
  for (guint i = 1; i <= 3; i += 2)
    {
      g_autoptr (TptRelayFrame) frame = stream_next_of (stream, "webhook");
      g_autofree char *opened = device_open (alice, frame->data);
      g_autofree char *expected = relay_body ("ALICE", i);

      g_assert_cmpstr (opened, ==, expected);
    }
}

/* The same but for one line of the configuration. */
static void
set_reserve (Relay      *relay,
             const char *line)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) config = NULL;

  g_assert_true (g_file_get_contents (relay->config, &text, NULL, NULL));
  config = g_string_new (text);
  g_assert_cmpuint (g_string_replace (config, "disk_reserve_bytes=0\n", line, 1), ==, 1);
  g_assert_true (g_file_set_contents (relay->config, config->str, -1, NULL));
}

static gboolean
is_low (gpointer data)
{
  g_autoptr (Reply) reply = relay_ask (data, "GET", "/readyz", "", "");

  return reply->status == 503 && strstr (reply->body, "\"disk\":\"low\"") != NULL;
}

static void
assert_refused (Reply *reply)
{
  g_assert_cmpuint (reply->status, ==, 503);
  g_assert_nonnull (strstr (reply->body, "\"error\":\"disk_low\""));
  g_assert_nonnull (strstr (reply->head, "\r\nRetry-After: 60"));
  reply_free (reply);
}

/* No disk has that much left: nothing comes in any more, not even by the company's key, and what is
 * there can be read, acknowledged and ended. */
static void
test_low (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "disk_reserve_bytes=0\n");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Stream) stream = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;
  g_autoptr (TptRelayFrame) frame = NULL;
  g_autoptr (Reply) ended = NULL;
  g_autofree char *path = NULL;
  g_autofree char *test = NULL;
  g_autofree char *code = NULL;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  path = g_strdup_printf ("/v1/devices/%s", alice->enrolment->device);
  test = g_strdup_printf ("%s/test", path);
  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 200);
  relay_stop (relay);
  set_reserve (relay, "disk_reserve_bytes=1152921504606846976\n");
  relay_start (relay);
  tpt_test_await_func (is_low, relay);
  g_assert_cmpuint (relay_book (relay, "ALICE", 2), ==, 503);
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, "wrong-key", 0, "{}"), ==, 401);
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, RELAY_KEY, 0, "{"), ==, 503);
  assert_refused (relay_ask_as (relay, alice, "POST", test, ""));
  assert_refused (relay_ask_as (relay, alice, "POST", "/v1/oauth/flows", "{}"));
  code = relay_run (relay, "enrol-code", NULL);
  assert_refused (relay_try_enrol (relay, code, "tok-bob", "app", FALSE, NULL));

  stream = stream_open (relay, alice, NULL);
  hello = stream_next_of (stream, "hello");
  frame = stream_next_of (stream, "webhook");
  g_assert_cmpuint (relay_ack (relay, alice, frame->id), ==, 204);
  ended = relay_ask_as (relay, alice, "DELETE", path, "");
  g_assert_cmpuint (ended->status, ==, 204);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/health/well", test_well);
  g_test_add_func ("/relay/health/full", test_full);
  g_test_add_func ("/relay/health/low", test_low);

  return g_test_run ();
}

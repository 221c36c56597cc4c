/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "relay-fixture.h"
#include "tpt-test.h"

static guint
try (Relay      *relay,
     const char *code,
     const char *token,
     gboolean    feed)
{
  g_autoptr (Reply) reply = relay_try_enrol (relay, code, token, "app", feed, NULL);

  return reply->status;
}

static void
test_answer (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Device) again = NULL;
  g_autoptr (Device) owner = NULL;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "personal", FALSE);
  again = relay_enrol (relay, "tok-alice", "personal", FALSE);
  owner = relay_enrol (relay, "tok-owner", "app", TRUE);
  g_assert_cmpstr (alice->enrolment->user, ==, "https://api.calendly.com/users/ALICE");
  g_assert_cmpstr (alice->enrolment->organization, ==, RELAY_ORGANIZATION);
  g_assert_cmpstr (alice->enrolment->role, ==, "user");
  g_assert_cmpstr (owner->enrolment->role, ==, "owner");
  g_assert_cmpuint (strlen (alice->enrolment->token), ==, 43);
  g_assert_cmpstr (alice->enrolment->token, !=, again->enrolment->token);
  g_assert_cmpstr (alice->enrolment->device, !=, again->enrolment->device);
  /* One user, one subscription at Calendly, one channel. */
  g_assert_cmpstr (alice->enrolment->webhook_url, ==, again->enrolment->webhook_url);
  g_assert_cmpstr (alice->enrolment->signing_key, ==, again->enrolment->signing_key);
  g_assert_cmpstr (owner->enrolment->webhook_url, ==, "https://relay.example.com" RELAY_MAIN);
}

/* Only a 201 uses the code up, and a wrong code makes the relay ask nobody. */
static void
test_refusals (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autofree char *code = NULL;
  g_autofree char *changed = NULL;
  guint asked;

  relay_start (relay);
  code = relay_run (relay, "enrol-code", NULL);
  g_assert_cmpuint (strlen (code), ==, 32);
  changed = g_strdup (code);
  changed[20] = changed[20] == 'A' ? 'B' : 'A';

  asked = relay_calendly_get_asked (relay->calendly);
  g_assert_cmpuint (try (relay, changed, "tok-alice", FALSE), ==, 401);
  g_assert_cmpuint (try (relay, "", "tok-alice", FALSE), ==, 401);
  g_assert_cmpuint (try (relay, code, "bad\ntoken", FALSE), ==, 400);
  g_assert_cmpuint (relay_calendly_get_asked (relay->calendly), ==, asked);

  g_assert_cmpuint (try (relay, code, "tok-unknown", FALSE), ==, 403);
  g_assert_cmpuint (try (relay, code, "tok-foreign", FALSE), ==, 403);
  g_assert_cmpuint (try (relay, code, "tok-alice", TRUE), ==, 403);
  g_assert_cmpuint (try (relay, code, "tok-broken", FALSE), ==, 503);
  g_assert_cmpuint (try (relay, code, "tok-admin", TRUE), ==, 201);
  g_assert_cmpuint (try (relay, code, "tok-alice", FALSE), ==, 401);
}

static void
test_unreachable (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autofree char *code = NULL;

  relay_start (relay);
  code = relay_run (relay, "enrol-code", NULL);
  relay_calendly_free (relay->calendly);
  g_assert_cmpuint (try (relay, code, "tok-alice", FALSE), ==, 503);
  relay->calendly = relay_calendly_new ();
}

static void
test_bodies (void)
{
  static const char *const bad[] = {
    "",
    "{",
    "{}",
    "[]",
    "{\"enrolment_code\":\"%s\",\"calendly_token\":\"tok-alice\",\"name\":\"n\"}",
    "{\"enrolment_code\":5,\"calendly_token\":\"tok-alice\",\"public_key\":\"x\",\"name\":\"n\"}",
    "{\"enrolment_code\":\"%s\",\"calendly_token\":\"tok-alice\",\"public_key\":\"x\","
    "\"name\":\"n\"}",
    "{\"enrolment_code\":\"%s\",\"calendly_token\":\"tok-alice\",\"name\":\"n\",\"public_key\":"
    "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}",
    "{\"enrolment_code\":\"%s\",\"calendly_token\":\"tok-alice\",\"name\":\"n\",\"public_key\":"
    "\"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}",
    "{\"enrolment_code\":\"%s\",\"calendly_token\":\"tok-alice\",\"name\":\"n\",\"public_key\":"
    "\"hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=\",\"subscription\":\"other\"}",
    "{\"enrolment_code\":\"%s\",\"calendly_token\":\"tok-alice\",\"name\":\"n\",\"public_key\":"
    "\"hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=\",\"organization_feed\":1}",
  };
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autofree char *code = NULL;

  relay_start (relay);
  code = relay_run (relay, "enrol-code", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GString) body = g_string_new (bad[i]);
      g_autoptr (Reply) reply = NULL;
      g_autoptr (TptRelayProblem) problem = NULL;

      g_string_replace (body, "%s", code, 0);
      g_test_message ("%s", body->str);
      reply = relay_ask (relay, "POST", "/v1/devices", "", body->str);
      g_assert_cmpuint (reply->status, ==, 400);
      problem = tpt_relay_problem_decode (reply->body, -1, NULL);
      g_assert_nonnull (problem);
    }
  g_assert_cmpuint (try (relay, code, "tok-alice", FALSE), ==, 201);
}

/* Many at once with one code: one gets in. */
static gpointer
race_thread (gpointer data)
{
  gpointer *both = data;

  return GUINT_TO_POINTER (try (both[0], both[1], "tok-alice", FALSE));
}

static void
test_race (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autofree char *code = NULL;
  gpointer both[2];
  GThread *threads[8];
  guint enrolled = 0, refused = 0;

  relay_start (relay);
  code = relay_run (relay, "enrol-code", NULL);
  both[0] = relay;
  both[1] = code;
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("enroller", race_thread, both);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      guint status = GPOINTER_TO_UINT (g_thread_join (threads[i]));

      enrolled += status == 201;
      refused += status == 401;
    }
  g_assert_cmpuint (enrolled, ==, 1);
  g_assert_cmpuint (refused, ==, G_N_ELEMENTS (threads) - 1);
}

/* Devices live through a restart; an ended one does not, and its streams end with it. */
static void
test_end (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Device) bob = NULL;
  g_autoptr (Stream) stream = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;
  g_autoptr (Reply) foreign = NULL;
  g_autoptr (Reply) ended = NULL;
  g_autoptr (Reply) after = NULL;
  g_autoptr (Reply) restarted = NULL;
  g_autofree char *path = NULL;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  bob = relay_enrol (relay, "tok-bob", "app", FALSE);
  relay_stop (relay);
  relay_start (relay);
  stream = stream_open (relay, alice, NULL);
  hello = stream_next_of (stream, "hello");

  path = g_strdup_printf ("/v1/devices/%s", alice->enrolment->device);
  foreign = relay_ask_as (relay, bob, "DELETE", path, "");
  g_assert_cmpuint (foreign->status, ==, 404);
  ended = relay_ask_as (relay, alice, "DELETE", path, "");
  g_assert_cmpuint (ended->status, ==, 204);
  g_assert_null (strstr (ended->head, "Content-Length"));
  g_assert_true (stream_ends (stream));
  after = relay_ask_as (relay, alice, "DELETE", path, "");
  g_assert_cmpuint (after->status, ==, 401);
  relay_stop (relay);
  relay_start (relay);
  restarted = relay_ask_as (relay, alice, "GET", "/v1/events", "");
  g_assert_cmpuint (restarted->status, ==, 401);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/enrol/answer", test_answer);
  g_test_add_func ("/relay/enrol/refusals", test_refusals);
  g_test_add_func ("/relay/enrol/unreachable", test_unreachable);
  g_test_add_func ("/relay/enrol/bodies", test_bodies);
  g_test_add_func ("/relay/enrol/race", test_race);
  g_test_add_func ("/relay/enrol/end", test_end);

  return g_test_run ();
}

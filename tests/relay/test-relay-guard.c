/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "relay-fixture.h"
#include "tpt-test.h"

static Reply *
ask_from (Relay      *relay,
          const char *address,
          const char *method,
          const char *path,
          const char *body)
{
  g_autofree char *fields = address != NULL ? g_strdup_printf ("X-Forwarded-For: %s\r\n", address)
                                            : g_strdup ("");

  return relay_ask (relay, method, path, fields, body);
}

static guint
status_from (Relay      *relay,
             const char *address)
{
  g_autoptr (Reply) reply = ask_from (relay, address, "GET", "/v1/events", "");

  if (reply->status == 429)
    {
      const char *field = strstr (reply->head, "\r\nRetry-After: ");

      g_assert_nonnull (field);
      g_assert_cmpint (g_ascii_strtoll (field + 15, NULL, 10), >=, 1);
      g_assert_cmpint (g_ascii_strtoll (field + 15, NULL, 10), <=, 61);
      g_assert_nonnull (strstr (reply->body, "\"error\":\"too_many_requests\""));
    }

  return reply->status;
}

/* Five requests from each, and not one more; whatever a client says of itself does not count. */
static void
test_addresses (void)
{
  static const char *const same[][6] = {
    { "192.0.2.1", "1.1.1.1, 2.2.2.2, 192.0.2.1", "192.0.2.1", "9.9.9.9,192.0.2.1 ",
      "::ffff:192.0.2.1", "7.7.7.7\r\nX-Forwarded-For: 192.0.2.1" },
    { "2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2:ffff::3", "2001:db8:1:2::4",
      "2001:db8:1:2::5", "2001:db8:1:2::6" },
    { "not an address", NULL, "", "1.2.3.4, unknown", "192.0.2.7:80", "192.0.2.7,," },
  };
  g_autoptr (Relay) relay = relay_new ("unix", "limit_per_address=5\n");

  relay_start (relay);
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      for (guint j = 0; j < 5; j++)
        g_assert_cmpuint (status_from (relay, same[i][j]), ==, 401);
      g_assert_cmpuint (status_from (relay, same[i][5]), ==, 429);
    }
  g_assert_cmpuint (status_from (relay, "192.0.2.2"), ==, 401);
  g_assert_cmpuint (status_from (relay, "2001:db8:1:3::1"), ==, 401);
}

/* A channel that there is not is looked for as seldom. */
static void
test_unknown_channel (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "limit_per_address=3\n");

  relay_start (relay);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (relay_post (relay, RELAY_MAIN "/nobody", RELAY_KEY, 0, "{}"), ==, 404);
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN "/nobody", RELAY_KEY, 0, "{}"), ==, 429);
}

/* On TCP nobody stands in front who could be believed. */
static void
test_tcp (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "limit_per_address=3\n");

  relay_start (relay);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *address = g_strdup_printf ("192.0.2.%u", i);

      g_assert_cmpuint (status_from (relay, address), ==, 401);
    }
  g_assert_cmpuint (status_from (relay, "192.0.2.9"), ==, 429);
}

/* A right MAC is always let in, and a device is not made to pay for its neighbours. */
static void
test_known (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "limit_per_address=12\nlimit_per_device=20\n");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Device) bob = NULL;
  g_autoptr (Reply) reply = NULL;
  g_autofree char *path = NULL;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  bob = relay_enrol (relay, "tok-bob", "app", FALSE);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (relay_post (relay, RELAY_MAIN, "wrong-key", 0, "{}"), ==, 401);
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, "wrong-key", 0, "{}"), ==, 429);
  for (guint i = 0; i < 40; i++)
    g_assert_cmpuint (relay_book (relay, "ALICE", i), ==, 200);

  path = g_strdup_printf ("/v1/devices/%s/test", alice->enrolment->device);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (Reply) test = relay_ask_as (relay, alice, "POST", path, "");

      g_assert_cmpuint (test->status, ==, 202);
    }
  reply = relay_ask_as (relay, alice, "POST", path, "");
  g_assert_cmpuint (reply->status, ==, 429);
  g_assert_nonnull (strstr (reply->head, "\r\nRetry-After: "));
  g_clear_pointer (&reply, reply_free);
  reply = relay_ask_as (relay, bob, "POST", "/v1/events/ack", "{}");
  g_assert_cmpuint (reply->status, ==, 400);
}

/* Who tries codes is stopped long before the limit of all requests. */
static void
test_enrolments (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  guint before;

  relay_start (relay);
  for (guint i = 0; i < 40; i++)
    device_free (relay_enrol (relay, "tok-alice", "app", FALSE));
  before = relay_calendly_get_asked (relay->calendly);
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (Reply) reply = relay_try_enrol (relay, "wrong", "tok-alice", "app", FALSE, NULL);

      g_assert_cmpuint (reply->status, ==, 401);
    }
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (Reply) reply = relay_try_enrol (relay, "wrong", "tok-alice", "app", FALSE, NULL);

      g_assert_cmpuint (reply->status, ==, 429);
    }
  g_assert_cmpuint (relay_calendly_get_asked (relay->calendly), ==, before);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/guard/addresses", test_addresses);
  g_test_add_func ("/relay/guard/unknown-channel", test_unknown_channel);
  g_test_add_func ("/relay/guard/tcp", test_tcp);
  g_test_add_func ("/relay/guard/known", test_known);
  g_test_add_func ("/relay/guard/enrolments", test_enrolments);

  return g_test_run ();
}

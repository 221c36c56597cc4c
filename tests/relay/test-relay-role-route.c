/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sqlite3.h>
#include <string.h>

#include "relay-fixture.h"
#include "tpt-test.h"

/* As if the roles had last been looked at @hours ago. The relay must not run. */
static void
age_proofs (Relay *relay,
            guint  hours)
{
  g_autofree char *path = g_build_filename (relay->directory, "journal.db", NULL);
  g_autofree char *sql = g_strdup_printf (
      "UPDATE devices SET feed_proved_at = feed_proved_at - %u * 3600000", hours);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static Reply *
show_role (Relay      *relay,
           Device     *device,
           const char *token)
{
  g_autofree char *path = g_strdup_printf ("/v1/devices/%s/role", device->enrolment->device);
  g_autofree char *body = g_strdup_printf ("{\"calendly_token\":\"%s\"}", token);

  return relay_ask_as (relay, device, "POST", path, body);
}

static void
assert_shown (Relay      *relay,
              Device     *device,
              const char *answer)
{
  g_autoptr (Reply) reply = show_role (relay, device, "tok-owner");

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (reply->body, ==, answer);
}

/* How many events wait for the device: a page of them, without waiting for one. */
static guint
count_waiting (Relay  *relay,
               Device *device)
{
  g_autofree char *fields = g_strdup_printf ("Authorization: Bearer %s\r\n"
                                             "Accept: application/json\r\n",
                                             device->enrolment->token);
  g_autofree char *test = g_strdup_printf ("/v1/devices/%s/test", device->enrolment->device);
  g_autoptr (Reply) made = relay_ask_as (relay, device, "POST", test, "");
  g_autoptr (Reply) page = relay_ask (relay, "GET", "/v1/events", fields, "");
  guint count = 0;

  g_assert_cmpuint (made->status, ==, 202);
  for (const char *at = page->body; (at = strstr (at, "\"nonce\":")) != NULL; at++)
    count++;

  /* The tests themselves stay, and more come with each call. */
  return count;
}

/* 47 hours are good, 49 are not; what came in between is not sent later; showing the role brings
 * the feed back. */
static void
test_expiry (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) owner = NULL;
  g_autoptr (Device) alice = NULL;

  relay_start (relay);
  owner = relay_enrol (relay, "tok-owner", "app", TRUE);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  relay_stop (relay);
  age_proofs (relay, 47);
  relay_start (relay);
  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 200);
  g_assert_cmpuint (count_waiting (relay, owner), ==, 1 + 1);
  relay_stop (relay);
  age_proofs (relay, 2);
  relay_start (relay);
  g_assert_cmpuint (relay_book (relay, "ALICE", 2), ==, 200);
  /* What is his own comes all the same. */
  g_assert_cmpuint (relay_book (relay, "OWNER", 3), ==, 200);
  g_assert_cmpuint (count_waiting (relay, owner), ==, 1 + 1 + 2);
  assert_shown (relay, owner, "{\"role\":\"owner\",\"organization_feed\":true}");
  g_assert_cmpuint (relay_book (relay, "ALICE", 4), ==, 200);
  g_assert_cmpuint (count_waiting (relay, owner), ==, 1 + 1 + 1 + 3);
  g_assert_cmpuint (count_waiting (relay, alice), ==, 3 + 1);
}

/* The same where the webhooks come through the owner's own channel: his own reach him, and those of
 * colleagues only as long as he may have them. */
static void
test_channel (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) owner = NULL;
  const char *path;
  const char *key;

  relay_start (relay);
  owner = relay_enrol (relay, "tok-owner", "personal", TRUE);
  path = strstr (owner->enrolment->webhook_url, "/v1/");
  key = owner->enrolment->signing_key;
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *body = relay_body (i % 2 == 0 ? "ALICE" : "OWNER", i);

      if (i == 2)
        {
          relay_calendly_set_owner_role (relay->calendly, "user");
          assert_shown (relay, owner, "{\"role\":\"user\",\"organization_feed\":false}");
        }
      g_assert_cmpuint (relay_post (relay, path, key, 0, body), ==, 200);
    }
  g_assert_cmpuint (count_waiting (relay, owner), ==, 3 + 1);
}

/* Who is no admin any more gets nothing from the moment that it is known, and again when he is; a
 * restart changes neither. */
static void
test_lost_role (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) owner = NULL;

  relay_start (relay);
  owner = relay_enrol (relay, "tok-owner", "app", TRUE);
  relay_calendly_set_owner_role (relay->calendly, "user");
  assert_shown (relay, owner, "{\"role\":\"user\",\"organization_feed\":false}");
  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 200);
  relay_stop (relay);
  relay_start (relay);
  g_assert_cmpuint (relay_book (relay, "ALICE", 2), ==, 200);
  g_assert_cmpuint (count_waiting (relay, owner), ==, 1);
  relay_calendly_set_owner_role (relay->calendly, "admin");
  assert_shown (relay, owner, "{\"role\":\"admin\",\"organization_feed\":true}");
  g_assert_cmpuint (relay_book (relay, "ALICE", 3), ==, 200);
  g_assert_cmpuint (count_waiting (relay, owner), ==, 1 + 1 + 1);
  /* A word that Calendly does not have today is no admin. */
  relay_calendly_set_owner_role (relay->calendly, "su\\\"per");
  assert_shown (relay, owner, "{\"role\":\"none\",\"organization_feed\":false}");
}

/* A feed of an organization that the relay no longer serves gets nothing of the one that is. */
static void
test_other_organization (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) owner = NULL;
  g_autoptr (GString) config = NULL;
  g_autofree char *text = NULL;

  relay_start (relay);
  owner = relay_enrol (relay, "tok-owner", "app", TRUE);
  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 200);
  relay_stop (relay);
  g_assert_true (g_file_get_contents (relay->config, &text, NULL, NULL));
  config = g_string_new (text);
  g_assert_cmpuint (g_string_replace (config, "/AAAA;", "/BBBB;", 0), ==, 1);
  g_assert_true (g_file_set_contents (relay->config, config->str, -1, NULL));
  relay_start (relay);
  g_assert_cmpuint (relay_book (relay, "ALICE", 2), ==, 200);
  g_assert_cmpuint (count_waiting (relay, owner), ==, 1 + 1);
}

/* Another's token shows nothing, and no wish for a feed is no feed. */
static void
test_refused (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) owner = NULL;
  g_autoptr (Device) modest = NULL;
  static const struct
  {
    const char *token;
    guint       status;
  } cases[] = {
    { "tok-admin", 403 }, { "tok-alice", 403 }, { "tok-foreign", 403 }, { "tok-unknown", 403 },
    { "tok-broken", 503 }, { "", 400 }, { "two words", 400 },
  };

  relay_start (relay);
  owner = relay_enrol (relay, "tok-owner", "app", TRUE);
  modest = relay_enrol (relay, "tok-owner", "app", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Reply) reply = show_role (relay, owner, cases[i].token);

      g_assert_cmpuint (reply->status, ==, cases[i].status);
    }
  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 200);
  g_assert_cmpuint (count_waiting (relay, owner), ==, 1 + 1);
  assert_shown (relay, modest, "{\"role\":\"owner\",\"organization_feed\":false}");
  g_assert_cmpuint (count_waiting (relay, modest), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/role/expiry", test_expiry);
  g_test_add_func ("/relay/role/channel", test_channel);
  g_test_add_func ("/relay/role/lost", test_lost_role);
  g_test_add_func ("/relay/role/other-organization", test_other_organization);
  g_test_add_func ("/relay/role/refused", test_refused);

  return g_test_run ();
}

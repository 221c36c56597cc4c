/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sqlite3.h>
#include <string.h>

#include "relay-admin.h"
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

static guint
count (const char *text,
       const char *what)
{
  g_auto (GStrv) parts = g_strsplit (text, what, -1);

  return g_strv_length (parts) - 1;
}

/* Who is in no organization that is served has no part in it any more: neither the feed nor what
 * comes through his own channel or has him as a host, from that moment on and over a restart, until
 * he is back. */
static void
test_left (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) owner = NULL;
  g_autoptr (Reply) audit = NULL;
  g_autofree char *own = relay_body ("OWNER", 5);
  g_autofree char *again = relay_body ("OWNER", 6);
  const char *path;

  relay_add_admin (relay);
  relay_start (relay);
  owner = relay_enrol (relay, "tok-owner", "personal", TRUE);
  path = strstr (owner->enrolment->webhook_url, "/v1/");
  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 200);
  relay_calendly_set_owner_organization (relay->calendly, "ZZZZ");
  assert_shown (relay, owner, "{\"role\":\"none\",\"organization_feed\":false}");
  assert_shown (relay, owner, "{\"role\":\"none\",\"organization_feed\":false}");
  g_assert_cmpuint (relay_book (relay, "ALICE", 2), ==, 200);
  relay_stop (relay);
  relay_start (relay);
  g_assert_cmpuint (relay_book (relay, "ALICE", 3), ==, 200);
  g_assert_cmpuint (relay_book (relay, "OWNER", 4), ==, 200);
  g_assert_cmpuint (relay_post (relay, path, owner->enrolment->signing_key, 0, own), ==, 200);
  /* What was his then still is. */
  g_assert_cmpuint (count_waiting (relay, owner), ==, 1 + 1);

  relay_calendly_set_owner_organization (relay->calendly, NULL);
  assert_shown (relay, owner, "{\"role\":\"owner\",\"organization_feed\":true}");
  assert_shown (relay, owner, "{\"role\":\"owner\",\"organization_feed\":true}");
  g_assert_cmpuint (relay_book (relay, "ALICE", 7), ==, 200);
  g_assert_cmpuint (relay_post (relay, path, owner->enrolment->signing_key, 0, again), ==, 200);
  g_assert_cmpuint (count_waiting (relay, owner), ==, 1 + 2 + 2);
  audit = relay_ask_admin (relay, "POST", "/v1/admin/audit", "");
  g_assert_cmpuint (count (audit->body, "\"what\":\"role-shown\""), ==, 2);
  g_assert_cmpuint (count (audit->body, "left"), ==, 1);
}

static GSocketConnection *
begin_showing (Relay  *relay,
               Device *device)
{
  GSocketConnection *connection = relay_connect (relay);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autofree char *text = g_strdup_printf ("POST /v1/devices/%s/role HTTP/1.1\r\nHost: r\r\n"
                                           "Connection: close\r\nAuthorization: Bearer %s\r\n"
                                           "Content-Length: 30\r\n\r\n"
                                           "{\"calendly_token\":\"tok-owner\"}",
                                           device->enrolment->device, device->enrolment->token);

  g_assert_true (g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL));

  return connection;
}

typedef struct
{
  RelayCalendly *calendly;
  guint          count;
} Asked;

static gboolean
has_been_asked (gpointer data)
{
  Asked *asked = data;

  return relay_calendly_get_asked (asked->calendly) >= asked->count;
}

/* However often a device asks at once, Calendly is asked once for it. */
static void
test_one_at_a_time (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) owner = NULL;
  g_autoptr (GSocketConnection) first = NULL;
  g_autofree char *answer = NULL;
  Asked asked = { relay->calendly, 0 };

  relay_start (relay);
  owner = relay_enrol (relay, "tok-owner", "app", TRUE);
  asked.count = relay_calendly_get_asked (relay->calendly) + 1;
  relay_calendly_set_held (relay->calendly, TRUE);
  first = begin_showing (relay, owner);
  tpt_test_await_func (has_been_asked, &asked);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (Reply) reply = show_role (relay, owner, i % 2 == 0 ? "tok-owner" : "tok-alice");

      g_assert_cmpuint (reply->status, ==, 429);
      g_assert_nonnull (strstr (reply->head, "\r\nRetry-After: "));
    }
  g_assert_cmpuint (relay_calendly_get_asked (relay->calendly), ==, asked.count);
  relay_calendly_set_held (relay->calendly, FALSE);
  answer = relay_read_all (first);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  assert_shown (relay, owner, "{\"role\":\"owner\",\"organization_feed\":true}");
}

/* All devices together make the relay ask eight things at once, the others wait; and who waits does
 * not hold up the end. */
static void
test_few_at_once (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  Device *owners[12];
  GSocketConnection *connections[G_N_ELEMENTS (owners)];
  Asked asked = { relay->calendly, 0 };

  relay_start (relay);
  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    owners[i] = relay_enrol (relay, "tok-owner", "app", TRUE);
  for (guint round = 0; round < 2; round++)
    {
      asked.count = relay_calendly_get_asked (relay->calendly) + 8;
      relay_calendly_set_held (relay->calendly, TRUE);
      for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
        connections[i] = begin_showing (relay, owners[i]);
      tpt_test_await_func (has_been_asked, &asked);
      /* All have been read when this is answered. */
      reply_free (relay_ask (relay, "GET", "/readyz", "", ""));
      g_assert_cmpuint (relay_calendly_get_asked (relay->calendly), ==, asked.count);
      if (round == 0)
        relay_calendly_set_held (relay->calendly, FALSE);
      else
        relay_stop (relay);
      for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
        {
          g_autofree char *answer = relay_read_all (connections[i]);

          g_assert_true (g_str_has_prefix (answer, round == 0 ? "HTTP/1.1 200 "
                                                              : "HTTP/1.1 503 "));
          g_object_unref (connections[i]);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    device_free (owners[i]);
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
  g_test_add_func ("/relay/role/left", test_left);
  g_test_add_func ("/relay/role/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/relay/role/few-at-once", test_few_at_once);

  return g_test_run ();
}

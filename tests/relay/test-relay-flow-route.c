/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sqlite3.h>
#include <string.h>

#include "relay-fixture.h"
#include "tpt-test.h"

#define STATE "st-ate_of~this.sign-in"

static char *
hash_of (const char *state)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, state, -1);
}

static char *
flow_of (const char *state,
         const char *port,
         const char *path)
{
  g_autofree char *hash = hash_of (state);

  return g_strdup_printf ("{\"state_hash\":\"%s\",\"port\":%s,\"path\":\"%s\"}", hash, port, path);
}

static guint
register_flow (Relay      *relay,
               Device     *device,
               const char *body)
{
  g_autoptr (Reply) reply = relay_ask_as (relay, device, "POST", "/v1/oauth/flows", body);

  return reply->status;
}

static guint
register_state (Relay      *relay,
                Device     *device,
                const char *state)
{
  g_autofree char *body = flow_of (state, "41234", "/back/abc");

  return register_flow (relay, device, body);
}

static Reply *
come_back (Relay      *relay,
           const char *query)
{
  g_autofree char *path = g_strconcat ("/oauth/callback?", query, NULL);

  return relay_ask (relay, "GET", path, "", "");
}

static guint
status_of (Relay      *relay,
           const char *query)
{
  g_autoptr (Reply) reply = come_back (relay, query);

  return reply->status;
}

/* Registered, and sent on with what Calendly said: once. */
static void
test_once (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Reply) reply = NULL;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  g_assert_cmpuint (register_state (relay, alice, STATE), ==, 201);
  g_assert_cmpuint (register_state (relay, alice, STATE), ==, 409);

  reply = come_back (relay, "code=a%2Fb&state=" STATE "&unknown=https://evil.example");
  g_assert_cmpuint (reply->status, ==, 303);
  g_assert_nonnull (strstr (reply->head, "\r\nLocation: http://127.0.0.1:41234/back/abc"
                                         "?code=a%2Fb&state=" STATE "\r\n"));
  g_assert_nonnull (strstr (reply->head, "\r\nCache-Control: no-store\r\n"));
  g_assert_nonnull (strstr (reply->head, "\r\nReferrer-Policy: no-referrer\r\n"));
  g_assert_cmpuint (status_of (relay, "code=a%2Fb&state=" STATE), ==, 404);
  /* What is done with is free again. */
  g_assert_cmpuint (register_state (relay, alice, STATE), ==, 201);
}

/* Denied at Calendly: the desktop hears that, too. */
static void
test_denied (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Reply) reply = NULL;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  g_assert_cmpuint (register_state (relay, alice, "s%41"), ==, 201);
  reply = come_back (relay, "error=access_denied&error_description=%3Cb%3E&state=s%2541");
  g_assert_cmpuint (reply->status, ==, 303);
  g_assert_nonnull (strstr (reply->head, "/back/abc?state=s%2541&error=access_denied"
                                         "&error_description=%3Cb%3E\r\n"));
}

/* Before it has enrolled, a desktop shows the code, which is good for enrolling afterwards. */
static void
test_code (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autofree char *code = NULL;
  g_autofree char *fields = NULL;
  g_autofree char *body = flow_of (STATE, "1024", "/");
  g_autoptr (Reply) taken = NULL;
  g_autoptr (Reply) refused = NULL;
  g_autoptr (Reply) enrolled = NULL;
  Device device = { NULL, { 0 }, { 0 } };

  relay_start (relay);
  code = relay_run (relay, "enrol-code", NULL);
  fields = g_strdup_printf ("Authorization: Bearer %s\r\n", code);
  taken = relay_ask (relay, "POST", "/v1/oauth/flows", fields, body);
  g_assert_cmpuint (taken->status, ==, 201);
  tpt_relay_box_make_keys (device.public_key, device.secret_key);
  enrolled = relay_try_enrol (relay, code, "tok-alice", "app", FALSE, &device);
  g_assert_cmpuint (enrolled->status, ==, 201);
  /* Used up now. */
  refused = relay_ask (relay, "POST", "/v1/oauth/flows", fields, body);
  g_assert_cmpuint (refused->status, ==, 401);
}

/* Neither another host nor a port of somebody's service can be written into a flow. */
static void
test_bad_flows (void)
{
  static const struct
  {
    const char *port;
    const char *path;
  } cases[] = {
    { "80", "/" }, { "1023", "/" }, { "65536", "/" }, { "-1", "/" }, { "\"41234\"", "/" },
    { "41234.0", "/" }, { "41234.5", "/" }, { "null", "/" }, { "1e4", "/" },
    { "99999999999999999999", "/" },
    { "41234", "" }, { "41234", "//evil.example/" }, { "41234", "back" }, { "41234", "/a?b" },
    { "41234", "/a#b" }, { "41234", "/@evil.example" }, { "41234", "/a b" },
    { "41234", "/\\\\evil.example" }, { "41234", "/a%2f" }, { "41234", "/a\\r\\nX: y" },
    { "41234", "/\\u0000" }, { "41234", "/ä" },
  };
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autofree char *long_path = g_strnfill (201, 'a');
  g_autofree char *too_long = NULL;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = flow_of (STATE, cases[i].port, cases[i].path);

      g_test_message ("%s", body);
      g_assert_cmpuint (register_flow (relay, alice, body), ==, 400);
    }
  long_path[0] = '/';
  too_long = flow_of (STATE, "41234", long_path);
  g_assert_cmpuint (register_flow (relay, alice, too_long), ==, 400);
  g_assert_cmpuint (register_flow (relay, alice, "{}"), ==, 400);
  g_assert_cmpuint (register_flow (relay, alice, "[]"), ==, 400);
  g_assert_cmpuint (register_flow (relay, alice, "{\"state_hash\":7,\"port\":41234,\"path\":\"/\"}"),
                    ==, 400);
  g_assert_cmpuint (register_flow (relay, alice,
                                   "{\"state_hash\":\"AB\",\"port\":41234,\"path\":\"/\"}"), ==, 400);
  g_assert_cmpuint (status_of (relay, "code=c&state=" STATE), ==, 404);
}

/* What a stranger could send a browser to. None of it ends the flow that waits. */
static void
test_bad_callbacks (void)
{
  static const struct
  {
    const char *query;
    guint       status;
  } cases[] = {
    { "", 400 }, { "code=c", 400 }, { "state=" STATE, 400 }, { "code=c&state=other", 404 },
    { "code=c&state=", 404 }, { "code=c&code=d&state=" STATE, 400 },
    { "code=c&state=" STATE "&state=" STATE, 400 }, { "code=c&error=e&state=" STATE, 400 },
    { "code=%zz&state=%zz", 400 }, { "code=<b>&state=" STATE, 400 },
    { "code=c&state=" STATE "#x", 400 }, { "code=c&state=%00", 400 },
  };
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autofree char *long_code = g_strnfill (5000, 'a');
  g_autofree char *long_query = g_strdup_printf ("code=%s&state=" STATE, long_code);
  g_autoptr (Reply) posted = NULL;
  g_autoptr (Reply) page = NULL;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  g_assert_cmpuint (register_state (relay, alice, STATE), ==, 201);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].query);
      g_assert_cmpuint (status_of (relay, cases[i].query), ==, cases[i].status);
    }
  g_assert_cmpuint (status_of (relay, long_query), ==, 400);
  posted = relay_ask (relay, "POST", "/oauth/callback?code=c&state=" STATE, "", "");
  g_assert_cmpuint (posted->status, ==, 405);

  page = relay_ask (relay, "GET", "/oauth/callback?code=c&state=<script>",
                    "Accept: text/html,*/*\r\n", "");
  g_assert_nonnull (strstr (page->head, "text/html"));
  g_assert_nonnull (strstr (page->body, "<h1>"));
  g_assert_null (strstr (page->body, "script"));
  g_assert_cmpuint (status_of (relay, "code=c&state=" STATE), ==, 303);
}

/* Five minutes; here they are over because somebody has put the end into the past. */
static void
test_over (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autofree char *path = g_build_filename (relay->directory, "journal.db", NULL);
  sqlite3 *db = NULL;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  g_assert_cmpuint (register_state (relay, alice, STATE), ==, 201);
  relay_stop (relay);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE flows SET expires_at = expires_at - 301", NULL, NULL,
                                 NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), ==, 1);
  sqlite3_close (db);
  relay_start (relay);
  g_assert_cmpuint (status_of (relay, "code=c&state=" STATE), ==, 404);
  g_assert_cmpuint (register_state (relay, alice, STATE), ==, 201);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/flow-route/once", test_once);
  g_test_add_func ("/relay/flow-route/denied", test_denied);
  g_test_add_func ("/relay/flow-route/code", test_code);
  g_test_add_func ("/relay/flow-route/bad-flows", test_bad_flows);
  g_test_add_func ("/relay/flow-route/bad-callbacks", test_bad_callbacks);
  g_test_add_func ("/relay/flow-route/over", test_over);

  return g_test_run ();
}

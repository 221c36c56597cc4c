/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "relay-admin.h"
#include "relay-fixture.h"
#include "relay-postgres.h"
#include "relay-stall.h"
#include "tpt-test.h"

#define LIMITS "limit_per_device=0\nlimit_per_address=0\n"
#define LARGE (240 * 1024)

/* What does not answer here is a server that is there: the connection stands, and nothing comes. */
static Postgres *server;
static guint databases;

static char *
make_database (void)
{
  g_autofree char *name = g_strdup_printf ("stuck%u", databases++);
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s", name);

  postgres_run (server, sql);

  return g_steal_pointer (&name);
}

/* @timeout: (nullable): how long a command may take; the relay's own where it is NULL */
static Relay *
start_relay (const char *location,
             const char *timeout)
{
  g_autofree char *config =
    g_strdup_printf ("journal=%s%s%s%s\n" LIMITS, location,
                     timeout != NULL ? " options='-c statement_timeout=" : "",
                     timeout != NULL ? timeout : "", timeout != NULL ? "'" : "");
  Relay *relay = relay_new (NULL, config);

  relay_add_admin (relay);
  relay_start (relay);

  return relay;
}

static gboolean
is_well (gpointer data)
{
  g_autoptr (Reply) reply = relay_ask (data, "GET", "/readyz", "", "");

  return reply->status == 200;
}

/* Says 200, but knows of other relays what it does not know. */
static gboolean
has_counted (gpointer data)
{
  g_autoptr (Reply) reply = relay_ask_admin (data, "GET", "/metrics", "");

  g_assert_cmpuint (reply->status, ==, 200);

  return strstr (reply->body, "\ntouchpoint_relay_journal_events 1\n") != NULL;
}

static guint
try_stream (Relay  *relay,
            Device *device)
{
  g_autoptr (Reply) reply = relay_ask_as (relay, device, "GET", "/v1/events", "");

  if (reply->status == 503)
    g_assert_nonnull (strstr (reply->head, "\r\nRetry-After: "));

  return reply->status;
}

/* The whole server stands still. Nothing is answered 200 and everything is answered; the figures
 * are those of before, and what needs no journal goes on as ever. Then it goes on, and so does the
 * relay, by itself. */
static void
test_silent (void)
{
  g_autofree char *database = make_database ();
  g_autofree char *location = postgres_location (server, database);
  g_autoptr (Relay) relay = start_relay (location, NULL);
  g_autoptr (Device) alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  g_autoptr (Stream) stream = NULL;
  g_autoptr (Reply) health = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;
  g_autoptr (TptRelayFrame) frame = NULL;

  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 200);
  tpt_test_await_func (has_counted, relay);
  postgres_pause (server);
  g_assert_true (has_counted (relay));
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, "no key", 0, "{}"), ==, 401);
  health = relay_ask (relay, "GET", "/readyz", "", "");
  g_assert_cmpuint (health->status, ==, 503);
  g_assert_nonnull (strstr (health->body, "\"journal\":\"stuck\""));
  g_assert_cmpuint (relay_book (relay, "ALICE", 2), ==, 503);
  g_assert_cmpuint (try_stream (relay, alice), ==, 503);
  g_assert_true (has_counted (relay));

  postgres_resume (server);
  tpt_test_await_func (is_well, relay);
  g_assert_cmpuint (relay_book (relay, "ALICE", 3), ==, 200);
  stream = stream_await (relay, alice, NULL);
  hello = stream_next_of (stream, "hello");
  frame = stream_next_of (stream, "webhook");
}

static char *
make_large_body (void)
{
  g_autofree char *small = relay_body ("ALICE", 7);
  g_autofree char *blanks = g_strnfill (LARGE, ' ');

  return g_strconcat ("{", blanks, small + 1, NULL);
}

/* A server that stops reading in the middle of a command that is larger than what the kernel takes:
 * the webhook is answered 503, and the next one goes over another connection. */
static void
test_deaf (void)
{
  g_autofree char *database = make_database ();
  g_autofree char *directory = tpt_test_make_dir ();
  g_autofree char *target = g_build_filename (server->directory, ".s.PGSQL.5432", NULL);
  g_autofree char *location = NULL;
  g_autoptr (Stall) stall = stall_new (directory, target);
  g_autofree char *body = make_large_body ();
  g_autoptr (GString) through = NULL;
  Relay *relay;
  Device *alice;

  location = postgres_location (server, database);
  through = g_string_new (location);
  g_assert_cmpuint (g_string_replace (through, server->directory, directory, 1), ==, 1);
  relay = start_relay (through->str, "2s");
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  stall_set (stall, "INSERT INTO events");
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, RELAY_KEY, 0, body), ==, 503);
  g_assert_cmpuint (relay_post (relay, RELAY_MAIN, RELAY_KEY, 0, body), ==, 200);
  /* And in the middle of what a connection begins with. */
  stall_set (stall, "SET search_path");
  postgres_run (server, "SELECT pg_terminate_backend (pid) FROM pg_stat_activity"
                        " WHERE application_name = 'touchpoint-relay'");
  tpt_test_await_func (is_well, relay);
  g_assert_cmpuint (relay_book (relay, "ALICE", 8), ==, 200);
  device_free (alice);
  relay_free (relay);
  tpt_test_remove_dir (directory);
}

typedef struct
{
  Relay      *relay;
  const char *code;
} Offer;

static gboolean
is_refused (gpointer data)
{
  Offer *offer = data;
  g_autoptr (Reply) reply = relay_try_enrol (offer->relay, offer->code, "tok-nobody", "app", FALSE,
                                             NULL);

  return reply->status == 401;
}

/* The codes are rolled while no relay can open another connection: those of before are good
 * nowhere, all the same. */
static void
test_roll (void)
{
  g_autofree char *database = make_database ();
  g_autofree char *location = postgres_location (server, database);
  g_autoptr (Relay) here = start_relay (location, NULL);
  g_autoptr (Relay) there = start_relay (location, NULL);
  g_autofree char *code = relay_run (here, "enrol-code", NULL);
  g_autofree char *close = g_strdup_printf ("ALTER DATABASE %s ALLOW_CONNECTIONS false", database);
  g_autofree char *open = g_strdup_printf ("ALTER DATABASE %s ALLOW_CONNECTIONS true", database);
  g_autofree char *next = NULL;
  g_autoptr (Reply) rolled = NULL;
  g_autoptr (Reply) refused = NULL;
  g_autoptr (Reply) enrolled = NULL;
  Offer offer = { there, code };

  g_assert_false (is_refused (&offer));
  postgres_run (server, close);
  rolled = relay_ask_admin (here, "POST", "/v1/admin/codes/roll", "");
  g_assert_cmpuint (rolled->status, ==, 204);
  refused = relay_try_enrol (here, code, "tok-alice", "app", FALSE, NULL);
  g_assert_cmpuint (refused->status, ==, 401);
  tpt_test_await_func (is_refused, &offer);
  postgres_run (server, open);
  next = relay_run (here, "enrol-code", NULL);
  enrolled = relay_try_enrol (there, next, "tok-alice", "app", FALSE, NULL);
  g_assert_cmpuint (enrolled->status, ==, 201);
}

int
main (int    argc,
      char **argv)
{
  int status;

  tpt_test_init (&argc, &argv);
  server = postgres_new ();
  g_test_add_func ("/relay/cluster-stuck/silent", test_silent);
  g_test_add_func ("/relay/cluster-stuck/deaf", test_deaf);
  g_test_add_func ("/relay/cluster-stuck/roll", test_roll);
  status = g_test_run ();
  g_clear_pointer (&server, postgres_free);

  return status;
}

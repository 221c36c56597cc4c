/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sqlite3.h>
#include <string.h>
#include <sys/socket.h>

#include "relay-admin.h"
#include "tpt-test.h"
#include "tpt-webhook-signature.h"

/* Fewer connections are not to be had with the descriptors that the relay keeps for itself. */
#define DESCRIPTORS "80"
#define CONNECTIONS 32

/* What somebody else does to the database meanwhile. */
static sqlite3 *
seize (Relay *relay)
{
  g_autofree char *path = g_build_filename (relay->directory, "journal.db", NULL);
  sqlite3 *other = NULL;

  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN EXCLUSIVE", NULL, NULL, NULL), ==, SQLITE_OK);

  return other;
}

static void
release (sqlite3 *other)
{
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
}

static void
start_small (Relay *relay)
{
  const char *const argv[] = { "/bin/sh", "-c", "ulimit -n " DESCRIPTORS "; exec \"$@\"", "sh",
                               relay->program, "--config", relay->config, NULL };

  relay->process = relay_spawn (G_SUBPROCESS_FLAGS_STDOUT_PIPE, argv);
  relay_await_ready (relay);
}

static GSocketConnection *
begin_request (Relay      *relay,
               const char *text)
{
  GSocketConnection *connection = relay_connect (relay);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_assert_true (g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL));

  return connection;
}

static char *
make_webhook (guint number)
{
  g_autofree char *body = relay_body ("ALICE", number);
  g_autofree char *signature = tpt_webhook_signature_sign (g_get_real_time () / G_USEC_PER_SEC,
                                                           body, strlen (body), RELAY_KEY);

  return g_strdup_printf ("POST " RELAY_MAIN " HTTP/1.1\r\nHost: r\r\nConnection: close\r\n"
                          "Calendly-Webhook-Signature: %s\r\nContent-Length: %" G_GSIZE_FORMAT
                          "\r\n\r\n%s", signature, strlen (body), body);
}

/* As many strangers as there may be connections wait for a journal that does not answer: whoever
 * comes next gets in, the oldest of them go, and a webhook that is older still is answered. */
static void
test_stuck_journal (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "limit_per_address=0\n");
  g_autoptr (Device) alice = NULL;
  g_autoptr (GSocketConnection) webhook = NULL;
  g_autoptr (Reply) first = NULL;
  g_autoptr (GPtrArray) strangers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *text = make_webhook (1);
  g_autofree char *answer = NULL;
  sqlite3 *other;

  start_small (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  other = seize (relay);
  webhook = begin_request (relay, text);
  /* It has been read when this is answered: a sender is not known before. */
  first = relay_ask (relay, "GET", "/nothing", "", "");
  g_assert_cmpuint (first->status, ==, 404);
  for (guint i = 1; i < CONNECTIONS; i++)
    g_ptr_array_add (strangers, begin_request (relay, "GET /healthz HTTP/1.1\r\nHost: r\r\n\r\n"));
  for (guint i = 0; i < CONNECTIONS / 2; i++)
    {
      g_autoptr (Reply) reply = relay_ask (relay, "GET", "/nothing", "", "");

      g_assert_cmpuint (reply->status, ==, 404);
    }
  release (other);
  answer = relay_read_all (webhook);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 ") ||
                 g_str_has_prefix (answer, "HTTP/1.1 503 "));
  g_assert_cmpuint (relay_book (relay, "ALICE", 2), ==, 200);
}

typedef struct
{
  Relay *relay;
  guint  count; /* of requests to Calendly, or of enrolments */
} Wanted;

static gboolean
has_been_asked (gpointer data)
{
  Wanted *wanted = data;

  return relay_calendly_get_asked (wanted->relay->calendly) >= wanted->count;
}

static gboolean
has_enrolled (gpointer data)
{
  Wanted *wanted = data;

  return relay_get_metric (wanted->relay, "enrolments_total{outcome=\"done\"}") >= wanted->count;
}

/* Goes away while Calendly is asked. */
static void
enrol_and_go (Relay *relay,
              guint  number)
{
  static const struct linger reset = { 1, 0 };
  g_autofree char *code = relay_run (relay, "enrol-code", NULL);
  g_autofree char *body = relay_enrolment (code, "tok-alice", "app", FALSE, NULL);
  g_autofree char *text = g_strdup_printf ("POST /v1/devices HTTP/1.1\r\nHost: r\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                           strlen (body), body);
  g_autoptr (GSocketConnection) connection = NULL;
  Wanted asked = { relay, relay_calendly_get_asked (relay->calendly) + 1 };
  Wanted done = { relay, number };

  relay_calendly_set_held (relay->calendly, TRUE);
  connection = begin_request (relay, text);
  tpt_test_await_func (has_been_asked, &asked);
  setsockopt (g_socket_get_fd (g_socket_connection_get_socket (connection)), SOL_SOCKET, SO_LINGER,
              &reset, sizeof reset);
  g_assert_true (g_io_stream_close (G_IO_STREAM (connection), NULL, NULL));
  relay_calendly_set_held (relay->calendly, FALSE);
  tpt_test_await_func (has_enrolled, &done);
}

/* Who enrols and does not wait for the answer has enrolled all the same, and that is none of the
 * thirty attempts in vain that his address has. */
static void
test_gone_enrolment (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  guint in_vain = 0;

  relay_add_admin (relay);
  relay_start (relay);
  for (guint i = 1; i <= 10; i++)
    enrol_and_go (relay, i);
  for (guint status = 401; status != 429; in_vain++)
    {
      g_autoptr (Reply) reply = relay_try_enrol (relay, "wrong", "tok-alice", "app", FALSE, NULL);

      status = reply->status;
    }
  g_assert_cmpuint (in_vain, >=, 30);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/strangers/stuck-journal", test_stuck_journal);
  g_test_add_func ("/relay/strangers/gone-enrolment", test_gone_enrolment);

  return g_test_run ();
}

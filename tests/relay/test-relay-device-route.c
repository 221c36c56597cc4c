/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sqlite3.h>
#include <string.h>

#include "relay-admin.h"
#include "tpt-test.h"

#define SIDES 5

static guint
count (const char *text,
       const char *what)
{
  g_auto (GStrv) parts = g_strsplit (text, what, -1);

  return g_strv_length (parts) - 1;
}

static GSocketConnection *
begin_end (Relay  *relay,
           Device *device)
{
  GSocketConnection *connection = relay_connect (relay);
  g_autofree char *text = g_strdup_printf ("DELETE /v1/devices/%s HTTP/1.1\r\nHost: r\r\n"
                                           "Connection: close\r\nAuthorization: Bearer %s\r\n"
                                           "Content-Length: 0\r\n\r\n", device->enrolment->device,
                                           device->enrolment->token);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_assert_true (g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL));

  return connection;
}

/* Asked for from several sides before the journal can be written: it is done once, and everybody
 * hears that it is done. */
static void
test_end_at_once (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autoptr (Device) second = NULL;
  g_autoptr (Reply) nothing = NULL;
  g_autoptr (Reply) audit = NULL;
  g_autoptr (GSocketConnection) last = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *path = g_build_filename (relay->directory, "journal.db", NULL);
  GSocketConnection *sides[SIDES];
  sqlite3 *other = NULL;

  relay_add_admin (relay);
  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  second = relay_enrol (relay, "tok-alice", "app", FALSE);
  g_assert_cmpfloat (relay_get_metric (relay, "users"), ==, 1);
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN EXCLUSIVE", NULL, NULL, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < SIDES; i++)
    sides[i] = begin_end (relay, alice);
  /* What came before is in the queue when this is answered. */
  nothing = relay_ask (relay, "GET", "/nothing", "", "");
  g_assert_cmpuint (nothing->status, ==, 404);
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  for (guint i = 0; i < SIDES; i++)
    {
      g_autofree char *ended = relay_read_all (sides[i]);

      g_assert_true (g_str_has_prefix (ended, "HTTP/1.1 204 "));
      g_object_unref (sides[i]);
    }
  audit = relay_ask_admin (relay, "POST", "/v1/admin/audit", "");
  g_assert_cmpuint (count (audit->body, "\"what\":\"device-ended\""), ==, 1);
  g_assert_cmpfloat (relay_get_metric (relay, "devices_ended_total"), ==, 1);
  /* With the last of his devices the user goes, too. */
  g_assert_cmpfloat (relay_get_metric (relay, "users"), ==, 1);
  last = begin_end (relay, second);
  answer = relay_read_all (last);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 204 "));
  g_assert_cmpfloat (relay_get_metric (relay, "users"), ==, 0);
}

static Stream *
listen (Relay      *relay,
        Device     *device,
        const char *cursor)
{
  Stream *stream = stream_open (relay, device, cursor);
  g_autoptr (TptRelayFrame) hello = stream_next_of (stream, "hello");

  g_assert_nonnull (hello);

  return stream;
}

/* The next event is @host's booking @number; its cursor. */
static char *
expect (Stream     *stream,
        Device     *device,
        const char *host,
        guint       number)
{
  g_autoptr (TptRelayFrame) frame = stream_next_of (stream, "webhook");
  g_autofree char *body = relay_body (host, number);
  g_autofree char *opened = device_open (device, frame->data);

  g_assert_cmpstr (opened, ==, body);

  return g_strdup (frame->id);
}

static void
end (Relay    *relay,
     Device   *device,
     gboolean  by_operator)
{
  g_autofree char *path = by_operator
                            ? g_strdup_printf ("/v1/admin/devices/%s/end",
                                               device->enrolment->device)
                            : g_strdup_printf ("/v1/devices/%s", device->enrolment->device);
  g_autoptr (Reply) reply = by_operator ? relay_ask_admin (relay, "POST", path, "")
                                        : relay_ask_as (relay, device, "DELETE", path, "");

  g_assert_cmpuint (reply->status, ==, 204);
}

/* What the other devices of the same user hear by may have gone with it: they are made to come
 * again, and miss nothing by that. Nobody else notices, and who polls goes on to wait. */
static void
test_end_beside (gconstpointer by_operator)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) first = NULL;
  g_autoptr (Device) second = NULL;
  g_autoptr (Device) bob = NULL;
  g_autoptr (Stream) stream = NULL;
  g_autoptr (Stream) again = NULL;
  g_autoptr (Stream) aside = NULL;
  g_autofree char *cursor = NULL;

  relay_add_admin (relay);
  relay_start (relay);
  first = relay_enrol (relay, "tok-alice", "app", FALSE);
  second = relay_enrol (relay, "tok-alice", "app", FALSE);
  bob = relay_enrol (relay, "tok-bob", "app", FALSE);
  stream = listen (relay, second, NULL);
  aside = listen (relay, bob, NULL);
  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 200);
  cursor = expect (stream, second, "ALICE", 1);

  end (relay, first, GPOINTER_TO_INT (by_operator));
  g_assert_true (stream_ends (stream));
  g_assert_cmpuint (relay_book (relay, "ALICE", 2), ==, 200);
  again = listen (relay, second, cursor);
  g_free (expect (again, second, "ALICE", 2));
  g_assert_cmpuint (relay_book (relay, "BOB", 3), ==, 200);
  g_free (expect (aside, bob, "BOB", 3));
}

/* The subscription for a whole organization serves all of its administrators. */
static void
test_end_feed (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) owner = NULL;
  g_autoptr (Device) admin = NULL;
  g_autoptr (Device) alice = NULL;
  g_autoptr (Stream) stream = NULL;
  g_autoptr (Stream) aside = NULL;

  relay_start (relay);
  owner = relay_enrol (relay, "tok-owner", "app", TRUE);
  admin = relay_enrol (relay, "tok-admin", "app", TRUE);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  stream = listen (relay, admin, NULL);
  aside = listen (relay, alice, NULL);
  end (relay, owner, FALSE);
  g_assert_true (stream_ends (stream));
  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 200);
  g_free (expect (aside, alice, "ALICE", 1));
}

/* A long poll ends by itself, with an answer. */
static void
test_end_page (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) first = NULL;
  g_autoptr (Device) second = NULL;
  g_autoptr (GSocketConnection) poll = NULL;
  g_autoptr (Reply) nothing = NULL;
  g_autofree char *fields = NULL;
  g_autofree char *text = NULL;

  relay_start (relay);
  first = relay_enrol (relay, "tok-alice", "app", FALSE);
  second = relay_enrol (relay, "tok-alice", "app", FALSE);
  fields = g_strdup_printf ("Authorization: Bearer %s\r\nAccept: application/json\r\n",
                            second->enrolment->token);
  poll = relay_send (relay, "GET", "/v1/events", fields, "");
  /* Who asked before has been heard when this is answered. */
  nothing = relay_ask (relay, "GET", "/nothing", "", "");
  end (relay, first, FALSE);
  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 200);
  text = relay_read_all (poll);
  g_assert_true (g_str_has_prefix (text, "HTTP/1.1 200 "));
  g_assert_nonnull (strstr (text, "\"box\""));
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/device/end-at-once", test_end_at_once);
  g_test_add_data_func ("/relay/device/end-beside", GINT_TO_POINTER (FALSE), test_end_beside);
  g_test_add_data_func ("/relay/device/end-beside-by-operator", GINT_TO_POINTER (TRUE),
                        test_end_beside);
  g_test_add_func ("/relay/device/end-feed", test_end_feed);
  g_test_add_func ("/relay/device/end-page", test_end_page);

  return g_test_run ();
}

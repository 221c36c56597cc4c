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

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/device/end-at-once", test_end_at_once);

  return g_test_run ();
}

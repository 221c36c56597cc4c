/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <malloc.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/socket.h>

#include "tpt-relay-subscriber.h"
#include "tpt-test.h"

#define SECOND G_TIME_SPAN_SECOND
#define DAY (24 * G_GINT64_CONSTANT (3600000))

/* One enrolled device, a journal with both its ends, and a client's end of a socket. */
typedef struct
{
  char               *directory;
  TptRelayJournal    *writer;
  TptRelayJournal    *reader;
  TptRelayDevice     *device;
  GSocket            *client;
  TptRelaySubscriber *subscriber;
} Fixture;

static gint64
enrol (Fixture *fixture)
{
  TptRelayDeviceRecord *record = g_new0 (TptRelayDeviceRecord, 1);
  guint8 secret_key[TPT_RELAY_KEY_SIZE];
  g_autoptr (GError) error = NULL;

  record->name = g_strdup ("d");
  record->user = g_strdup ("u");
  record->organization = g_strdup ("o");
  record->role = g_strdup ("user");
  tpt_relay_box_make_keys (record->public_key, secret_key);
  g_assert_true (tpt_relay_journal_begin (fixture->writer, &error));
  g_assert_true (tpt_relay_journal_add_device (fixture->writer, record, &error));
  g_assert_true (tpt_relay_journal_commit (fixture->writer, &error));
  fixture->device = tpt_relay_device_new (record, NULL);

  return record->id;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autofree char *location = NULL;
  g_autoptr (GError) error = NULL;

  fixture->directory = tpt_test_make_dir ();
  location = g_strdup_printf ("sqlite:%s/journal.db", fixture->directory);
  fixture->writer = tpt_relay_journal_open (location, TPT_RELAY_JOURNAL_WRITER, &error);
  g_assert_no_error (error);
  fixture->reader = tpt_relay_journal_open (location, TPT_RELAY_JOURNAL_READER, &error);
  g_assert_no_error (error);
  enrol (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_clear_pointer (&fixture->subscriber, tpt_relay_subscriber_free);
  g_clear_object (&fixture->client);
  tpt_relay_device_unref (fixture->device);
  g_assert_finalize_object (fixture->reader);
  g_assert_finalize_object (fixture->writer);
  tpt_test_remove_dir (fixture->directory);
  g_free (fixture->directory);
}

/* Writes events that came @days_ago. */
static void
add_events (Fixture *fixture,
            guint    count,
            gint64   days_ago,
            gsize    size)
{
  g_autofree char *text = g_strnfill (size, 'x');
  g_autoptr (GBytes) body = g_bytes_new (text, size);
  gint64 now = g_get_real_time () / 1000;

  g_assert_true (tpt_relay_journal_begin (fixture->writer, NULL));
  for (guint i = 0; i < count; i++)
    {
      TptRelayEventRecord event = { .received_at = now - days_ago * DAY };

      tpt_relay_device_seal (fixture->device, body, now, &event);
      g_assert_true (tpt_relay_journal_add_event (fixture->writer, &event, NULL));
      g_bytes_unref (event.box);
    }
  g_assert_true (tpt_relay_journal_commit (fixture->writer, NULL));
}

static void
subscribe (Fixture                *fixture,
           TptRelaySubscriberKind  kind,
           const char             *cursor_text)
{
  int ends[2];
  GSocket *server;
  TptRelayCursor cursor;

  g_clear_pointer (&fixture->subscriber, tpt_relay_subscriber_free);
  g_clear_object (&fixture->client);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  server = g_socket_new_from_fd (ends[0], NULL);
  fixture->client = g_socket_new_from_fd (ends[1], NULL);
  g_socket_set_blocking (server, FALSE);
  g_socket_set_blocking (fixture->client, FALSE);
  if (cursor_text != NULL)
    g_assert_true (tpt_relay_cursor_parse (cursor_text, &cursor, NULL));
  fixture->subscriber = tpt_relay_subscriber_new (server, fixture->device, kind,
                                                  cursor_text != NULL ? &cursor : NULL);
}

/* What has arrived so far. */
static char *
received (Fixture *fixture)
{
  GString *text = g_string_new (NULL);
  char bytes[4096];
  gssize got;

  while ((got = g_socket_receive (fixture->client, bytes, sizeof bytes, NULL, NULL)) > 0)
    g_string_append_len (text, bytes, got);

  return g_string_free (text, FALSE);
}

static guint
count_of (const char *text,
          const char *what)
{
  g_auto (GStrv) parts = g_strsplit (text, what, -1);

  return g_strv_length (parts) - 1;
}

static void
test_heartbeat (Fixture       *fixture,
                gconstpointer  user_data)
{
  gint64 now;
  g_autofree char *greeting = NULL;
  g_autofree char *quiet = NULL;
  g_autofree char *beat = NULL;

  subscribe (fixture, TPT_RELAY_SUBSCRIBER_STREAM, NULL);
  g_assert_cmpint (tpt_relay_subscriber_start (fixture->subscriber, fixture->reader), ==,
                   TPT_RELAY_SUBSCRIBER_IDLE);
  now = g_get_monotonic_time ();
  greeting = received (fixture);
  g_assert_cmpuint (count_of (greeting, "event: hello\n"), ==, 1);
  g_assert_cmpint (tpt_relay_subscriber_tick (fixture->subscriber, now + 20 * SECOND), ==,
                   TPT_RELAY_SUBSCRIBER_IDLE);
  quiet = received (fixture);
  g_assert_cmpstr (quiet, ==, "");
  g_assert_cmpint (tpt_relay_subscriber_tick (fixture->subscriber, now + 25 * SECOND), ==,
                   TPT_RELAY_SUBSCRIBER_IDLE);
  beat = received (fixture);
  g_assert_cmpstr (beat, ==, ": hb\n\n");
}

/* A reader that takes nothing costs one fetch of memory and ends after a minute. */
static void
test_stuck (Fixture       *fixture,
            gconstpointer  user_data)
{
  gint64 now;

  add_events (fixture, 100, 0, 200 * 1024);
  subscribe (fixture, TPT_RELAY_SUBSCRIBER_STREAM, NULL);
  g_assert_cmpint (tpt_relay_subscriber_start (fixture->subscriber, fixture->reader), ==,
                   TPT_RELAY_SUBSCRIBER_FULL);
  now = g_get_monotonic_time ();
  g_assert_cmpint (tpt_relay_subscriber_tick (fixture->subscriber, now + 55 * SECOND), ==,
                   TPT_RELAY_SUBSCRIBER_FULL);
  g_assert_cmpint (tpt_relay_subscriber_tick (fixture->subscriber, now + 61 * SECOND), ==,
                   TPT_RELAY_SUBSCRIBER_ENDED);
  /* What was not fetched was not sent, so that no ack could drop it. */
  g_assert_cmpint (tpt_relay_device_get_sent (fixture->device), <, 10);
}

/* 256 are under way at most, and as many follow as were acknowledged. */
static void
test_in_flight (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autofree char *first = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *more = NULL;

  add_events (fixture, 300, 0, 10);
  subscribe (fixture, TPT_RELAY_SUBSCRIBER_STREAM, NULL);
  g_assert_cmpint (tpt_relay_subscriber_start (fixture->subscriber, fixture->reader), ==,
                   TPT_RELAY_SUBSCRIBER_IDLE);
  first = received (fixture);
  g_assert_cmpuint (count_of (first, "event: webhook\n"), ==, 256);
  g_assert_cmpint (tpt_relay_device_get_sent (fixture->device), ==, 256);
  tpt_relay_subscriber_go_on (fixture->subscriber, fixture->reader);
  nothing = received (fixture);
  g_assert_cmpstr (nothing, ==, "");
  tpt_relay_device_set_acked (fixture->device, 10);
  tpt_relay_subscriber_go_on (fixture->subscriber, fixture->reader);
  more = received (fixture);
  g_assert_cmpuint (count_of (more, "event: webhook\n"), ==, 10);
}

static void
test_empty_page (Fixture       *fixture,
                 gconstpointer  user_data)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree char *nothing = NULL;
  g_autofree char *page = NULL;
  g_autofree char *end = NULL;

  subscribe (fixture, TPT_RELAY_SUBSCRIBER_PAGE, NULL);
  g_assert_cmpint (tpt_relay_subscriber_start (fixture->subscriber, fixture->reader), ==,
                   TPT_RELAY_SUBSCRIBER_IDLE);
  g_assert_cmpint (tpt_relay_subscriber_tick (fixture->subscriber, now + 20 * SECOND), ==,
                   TPT_RELAY_SUBSCRIBER_IDLE);
  nothing = received (fixture);
  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpint (tpt_relay_subscriber_tick (fixture->subscriber, now + 26 * SECOND), ==,
                   TPT_RELAY_SUBSCRIBER_ENDED);
  page = received (fixture);
  end = g_strdup_printf ("\r\n\r\n{\"events\":[],\"cursor\":\"%s:0\"}",
                         tpt_relay_journal_get_epoch (fixture->reader));
  g_assert_true (g_str_has_suffix (page, end));
}

/* Events outlived their retention before they were fetched: the stream says so, and where it
 * goes on. */
static void
test_retention (Fixture       *fixture,
                gconstpointer  user_data)
{
  const char *epoch = tpt_relay_journal_get_epoch (fixture->reader);
  gint64 now = g_get_real_time () / 1000;
  g_autofree char *gap = g_strdup_printf ("event: gap\ndata: {\"oldest\":\"%s:6\"}\n\n", epoch);
  g_autofree char *after = g_strdup_printf ("%s:5", epoch);
  g_autofree char *first = NULL;
  g_autofree char *resumed = NULL;

  add_events (fixture, 5, 40, 10);
  add_events (fixture, 3, 1, 10);
  g_assert_true (tpt_relay_journal_purge (fixture->writer, now - 30 * DAY, now, NULL));
  g_assert_true (tpt_relay_journal_purge (fixture->writer, now - 30 * DAY, now, NULL));
  g_assert_true (tpt_relay_journal_checkpoint (fixture->writer, NULL));

  subscribe (fixture, TPT_RELAY_SUBSCRIBER_STREAM, NULL);
  tpt_relay_subscriber_start (fixture->subscriber, fixture->reader);
  first = received (fixture);
  g_assert_nonnull (strstr (first, gap));
  g_assert_cmpuint (count_of (first, "event: webhook\n"), ==, 3);

  subscribe (fixture, TPT_RELAY_SUBSCRIBER_STREAM, after);
  tpt_relay_subscriber_start (fixture->subscriber, fixture->reader);
  resumed = received (fixture);
  g_assert_null (strstr (resumed, "event: gap\n"));
  g_assert_cmpuint (count_of (resumed, "event: webhook\n"), ==, 3);
}

/* Many more than one purge step takes; what is younger stays. */
static void
test_purge (Fixture       *fixture,
            gconstpointer  user_data)
{
  gint64 now = g_get_real_time () / 1000;
  gint64 device = tpt_relay_device_get_record (fixture->device)->id;
  g_autoptr (GPtrArray) left = NULL;
  TptRelayPosition position;

  add_events (fixture, 4500, 31, 1);
  add_events (fixture, 7, 29, 1);
  g_assert_true (tpt_relay_journal_purge (fixture->writer, now - 30 * DAY, now, NULL));
  left = tpt_relay_journal_list_events (fixture->reader, device, 0, 10000, G_MAXSIZE, NULL);
  g_assert_cmpuint (left->len, ==, 7);
  g_assert_true (tpt_relay_journal_get_position (fixture->reader, device, &position, NULL));
  g_assert_cmpint (position.purged, ==, 4500);
  g_assert_cmpint (position.oldest, ==, 4501);
  g_assert_cmpint (position.head, ==, 4507);
}

/* Who names a place beyond what was sent would leave events out: they come all the same. */
static void
test_left_out (Fixture       *fixture,
               gconstpointer  user_data)
{
  const char *epoch = tpt_relay_journal_get_epoch (fixture->reader);
  g_autofree char *head = g_strdup_printf ("%s:5", epoch);
  g_autofree char *before_head = g_strdup_printf ("%s:4", epoch);
  g_autofree char *end = g_strdup_printf ("%s:7", epoch);
  g_autofree char *streamed = NULL;
  g_autofree char *paged = NULL;
  g_autofree char *resumed = NULL;

  add_events (fixture, 5, 0, 10);
  subscribe (fixture, TPT_RELAY_SUBSCRIBER_STREAM, head);
  tpt_relay_subscriber_start (fixture->subscriber, fixture->reader);
  streamed = received (fixture);
  g_assert_cmpuint (count_of (streamed, "event: webhook\n"), ==, 5);
  g_assert_cmpint (tpt_relay_device_get_sent (fixture->device), ==, 5);
  subscribe (fixture, TPT_RELAY_SUBSCRIBER_STREAM, before_head);
  tpt_relay_subscriber_start (fixture->subscriber, fixture->reader);
  resumed = received (fixture);
  g_assert_cmpuint (count_of (resumed, "event: webhook\n"), ==, 1);

  add_events (fixture, 2, 0, 10);
  subscribe (fixture, TPT_RELAY_SUBSCRIBER_PAGE, end);
  tpt_relay_subscriber_start (fixture->subscriber, fixture->reader);
  paged = received (fixture);
  g_assert_cmpuint (count_of (paged, "\"relay_key\""), ==, 2);
  g_assert_cmpint (tpt_relay_device_get_sent (fixture->device), ==, 7);
}

static gsize
memory_in_use (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

/* A stream that carried something large is small again when it has been read. */
static void
test_lets_go (Fixture       *fixture,
              gconstpointer  user_data)
{
  gsize with_stream;

  add_events (fixture, 3, 0, 250 * 1024);
  subscribe (fixture, TPT_RELAY_SUBSCRIBER_STREAM, NULL);
  tpt_relay_subscriber_start (fixture->subscriber, fixture->reader);
  do
    g_free (received (fixture));
  while (tpt_relay_subscriber_go_on (fixture->subscriber, fixture->reader) !=
         TPT_RELAY_SUBSCRIBER_IDLE);
  with_stream = memory_in_use ();
  g_clear_pointer (&fixture->subscriber, tpt_relay_subscriber_free);
  g_assert_cmpuint (with_stream, <, memory_in_use () + 16 * 1024);
}

static void
run_sql (Fixture    *fixture,
         const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->directory, "journal.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* Where a device stands can be read, but not what comes next: who begins a stream or a page is told
 * to come again, and nobody 200. A stream that stands ends. */
static void
test_unreadable (Fixture       *fixture,
                 gconstpointer  user_data)
{
  static const TptRelaySubscriberKind kinds[] = { TPT_RELAY_SUBSCRIBER_STREAM,
                                                  TPT_RELAY_SUBSCRIBER_PAGE };

  g_test_expect_message ("touchpoint-relay", G_LOG_LEVEL_MESSAGE, "A stream could not be read*");
  run_sql (fixture, "ALTER TABLE events RENAME COLUMN nonce TO something");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *answer = NULL;

      subscribe (fixture, kinds[i], NULL);
      g_assert_cmpint (tpt_relay_subscriber_start (fixture->subscriber, fixture->reader), ==,
                       TPT_RELAY_SUBSCRIBER_ENDED);
      answer = received (fixture);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 503 "));
      g_assert_nonnull (strstr (answer, "\r\nRetry-After: "));
      g_assert_null (strstr (answer, "200 OK"));
    }
  g_test_assert_expected_messages ();
  run_sql (fixture, "ALTER TABLE events RENAME COLUMN something TO nonce");
  subscribe (fixture, TPT_RELAY_SUBSCRIBER_STREAM, NULL);
  g_assert_cmpint (tpt_relay_subscriber_start (fixture->subscriber, fixture->reader), ==,
                   TPT_RELAY_SUBSCRIBER_IDLE);
  g_free (received (fixture));
  run_sql (fixture, "ALTER TABLE events RENAME COLUMN nonce TO something");
  g_assert_cmpint (tpt_relay_subscriber_go_on (fixture->subscriber, fixture->reader), ==,
                   TPT_RELAY_SUBSCRIBER_ENDED);
}

static void
test_gone (Fixture       *fixture,
           gconstpointer  user_data)
{
  subscribe (fixture, TPT_RELAY_SUBSCRIBER_STREAM, NULL);
  tpt_relay_subscriber_start (fixture->subscriber, fixture->reader);
  g_assert_true (tpt_relay_subscriber_is_there (fixture->subscriber));
  g_assert_cmpint (g_socket_send (fixture->client, "noise", 5, NULL, NULL), ==, 5);
  g_assert_true (tpt_relay_subscriber_is_there (fixture->subscriber));
  g_assert_true (g_socket_close (fixture->client, NULL));
  g_assert_false (tpt_relay_subscriber_is_there (fixture->subscriber));
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add ("/relay/subscriber/heartbeat", Fixture, NULL, set_up, test_heartbeat, tear_down);
  g_test_add ("/relay/subscriber/stuck", Fixture, NULL, set_up, test_stuck, tear_down);
  g_test_add ("/relay/subscriber/in-flight", Fixture, NULL, set_up, test_in_flight, tear_down);
  g_test_add ("/relay/subscriber/empty-page", Fixture, NULL, set_up, test_empty_page, tear_down);
  g_test_add ("/relay/subscriber/retention", Fixture, NULL, set_up, test_retention, tear_down);
  g_test_add ("/relay/subscriber/purge", Fixture, NULL, set_up, test_purge, tear_down);
  g_test_add ("/relay/subscriber/left-out", Fixture, NULL, set_up, test_left_out, tear_down);
  g_test_add ("/relay/subscriber/lets-go", Fixture, NULL, set_up, test_lets_go, tear_down);
  g_test_add ("/relay/subscriber/unreadable", Fixture, NULL, set_up, test_unreadable, tear_down);
  g_test_add ("/relay/subscriber/gone", Fixture, NULL, set_up, test_gone, tear_down);

  return g_test_run ();
}

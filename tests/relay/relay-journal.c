/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-journal.h"

#include <string.h>

#ifdef TPT_HAVE_POSTGRES
#include "relay-postgres.h"
#endif
#include "tpt-test.h"

#ifdef TPT_HAVE_POSTGRES
/* One server for all tests of a program, and a database for each. */
static Postgres *server;
static guint databases;

static char *
make_database (void)
{
  g_autofree char *name = g_strdup_printf ("journal%u", databases++);
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s", name);

  if (server == NULL)
    server = postgres_new ();
  postgres_run (server, sql);

  return postgres_location (server, name);
}
#endif

static void
set_up (Journal       *self,
        gconstpointer  user_data)
{
  self->directory = tpt_test_make_dir ();
#ifdef TPT_HAVE_POSTGRES
  if (strcmp (user_data, "postgres") == 0)
    self->location = make_database ();
#endif
  if (self->location == NULL)
    self->location = g_strdup_printf ("sqlite:%s/journal.db", self->directory);
  self->writer = journal_open (self, TPT_RELAY_JOURNAL_WRITER);
  self->reader = journal_open (self, TPT_RELAY_JOURNAL_READER);
}

static void
tear_down (Journal       *self,
           gconstpointer  user_data)
{
  g_assert_finalize_object (self->reader);
  g_assert_finalize_object (self->writer);
  tpt_test_remove_dir (self->directory);
  g_free (self->directory);
  g_free (self->location);
}

static void
add_for (const char  *engine,
         const char  *path,
         JournalTest  test)
{
  g_autofree char *full = g_strdup_printf ("/relay/journal/%s/%s", engine, path);

  g_test_add (full, Journal, engine, set_up, test, tear_down);
}

/* Registers @test for every engine that was built. */
void
journal_add_test (const char  *path,
                  JournalTest  test)
{
  add_for ("sqlite", path, test);
#ifdef TPT_HAVE_POSTGRES
  add_for ("postgres", path, test);
#endif
}

/* Runs the tests, and ends the server that they may have started. */
int
journal_run_tests (void)
{
  int status = g_test_run ();

#ifdef TPT_HAVE_POSTGRES
  g_clear_pointer (&server, postgres_free);
#endif

  return status;
}

TptRelayJournal *
journal_open (Journal             *self,
              TptRelayJournalMode  mode)
{
  g_autoptr (GError) error = NULL;
  TptRelayJournal *journal = tpt_relay_journal_open (self->location, mode, &error);

  g_assert_no_error (error);

  return journal;
}

/* As the next process finds it. */
void
journal_reopen (Journal *self)
{
  g_assert_finalize_object (self->reader);
  g_assert_finalize_object (self->writer);
  self->writer = journal_open (self, TPT_RELAY_JOURNAL_WRITER);
  self->reader = journal_open (self, TPT_RELAY_JOURNAL_READER);
}

void
journal_begin (TptRelayJournal *writer)
{
  g_autoptr (GError) error = NULL;

  tpt_relay_journal_begin (writer, &error);
  g_assert_no_error (error);
}

void
journal_commit (TptRelayJournal *writer)
{
  g_autoptr (GError) error = NULL;

  tpt_relay_journal_commit (writer, &error);
  g_assert_no_error (error);
}

gint64
journal_enrol (Journal    *self,
               const char *name)
{
  TptRelayDeviceRecord device = { .name = (char *) name, .user = (char *) name,
                                  .organization = (char *) "o", .role = (char *) "user" };
  g_autoptr (GError) error = NULL;

  memset (device.public_key, name[0], sizeof device.public_key);
  memset (device.token_hash, name[0], sizeof device.token_hash);
  journal_begin (self->writer);
  tpt_relay_journal_add_device (self->writer, &device, &error);
  g_assert_no_error (error);
  journal_commit (self->writer);
  g_assert_cmpint (device.id, >, 0);

  return device.id;
}

/* Whether the delivery of that number was new; in a transaction. */
gboolean
journal_claim (TptRelayJournal *writer,
               gint64           channel,
               guint            number)
{
  TptRelayDelivery delivery = { .channel = channel, .created_at = number / 7, .received_at = 1000 };
  TptRelayDelivery *const deliveries[] = { &delivery };
  g_autoptr (GError) error = NULL;

  memcpy (delivery.hash, &number, sizeof number);
  tpt_relay_journal_claim_deliveries (writer, deliveries, 1, &error);
  g_assert_no_error (error);

  return delivery.is_new;
}

/* An event that tells its number; in a transaction. */
void
journal_put (TptRelayJournal *writer,
             gint64           device,
             gint64           received_at,
             guint            number)
{
  g_autofree char *text = g_strdup_printf ("event %u", number);
  g_autoptr (GBytes) box = g_bytes_new (text, strlen (text));
  TptRelayEventRecord event = { .device = device, .received_at = received_at, .late = number % 2,
                                .box = box };
  g_autoptr (GError) error = NULL;

  memset (event.relay_key, (int) (number & 0xff), sizeof event.relay_key);
  memset (event.nonce, (int) (number >> 8 & 0xff), sizeof event.nonce);
  tpt_relay_journal_add_event (writer, &event, &error);
  g_assert_no_error (error);
}

void
journal_put_batch (Journal *self,
                   gint64   device,
                   gint64   received_at,
                   guint    first,
                   guint    count)
{
  journal_begin (self->writer);
  for (guint i = 0; i < count; i++)
    journal_put (self->writer, device, received_at, first + i);
  journal_commit (self->writer);
}

GPtrArray *
journal_list (Journal *self,
              gint64   device,
              gint64   after)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *events = tpt_relay_journal_list_events (self->reader, device, after, 100000,
                                                     G_MAXSIZE, &error);

  g_assert_no_error (error);

  return events;
}

TptRelayPosition
journal_position (Journal *self,
                  gint64   device)
{
  TptRelayPosition position = { 0 };
  g_autoptr (GError) error = NULL;

  tpt_relay_journal_get_position (self->reader, device, &position, &error);
  g_assert_no_error (error);

  return position;
}

/* What journal_put () put, checked to the last byte that is known. */
guint
journal_number (gpointer data)
{
  const TptRelayEventRecord *event = data;
  g_autofree char *text = g_strndup (g_bytes_get_data (event->box, NULL),
                                     g_bytes_get_size (event->box));
  guint number;

  g_assert_true (g_str_has_prefix (text, "event "));
  number = (guint) g_ascii_strtoull (text + 6, NULL, 10);
  g_assert_cmpint (event->relay_key[TPT_RELAY_KEY_SIZE - 1], ==, number & 0xff);
  g_assert_cmpint (event->nonce[TPT_RELAY_NONCE_SIZE - 1], ==, number >> 8 & 0xff);
  g_assert_cmpint (event->late, ==, number % 2);

  return number;
}

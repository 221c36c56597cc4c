/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "relay-journal.h"
#include "tpt-test.h"

#define DAY G_GINT64_CONSTANT (86400000)

/* What is not committed is nowhere, and claims of it are free again. */
static void
test_rollback (Journal       *journal,
               gconstpointer  user_data)
{
  gint64 alice = journal_enrol (journal, "alice");
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) some = NULL;

  journal_begin (journal->writer);
  g_assert_true (journal_claim (journal->writer, 0, 1));
  journal_put (journal->writer, alice, 1000, 1);
  journal_put (journal->writer, alice, 1000, 2);
  tpt_relay_journal_rollback (journal->writer);
  none = journal_list (journal, alice, 0);
  g_assert_cmpuint (none->len, ==, 0);

  journal_begin (journal->writer);
  g_assert_true (journal_claim (journal->writer, 0, 1));
  journal_put (journal->writer, alice, 1000, 3);
  journal_commit (journal->writer);
  some = journal_list (journal, alice, 0);
  g_assert_cmpuint (some->len, ==, 1);
  g_assert_cmpuint (journal_number (some->pdata[0]), ==, 3);
}

/* A reader sees all of a batch or nothing of it. */
static void
test_isolation (Journal       *journal,
                gconstpointer  user_data)
{
  gint64 alice = journal_enrol (journal, "alice");
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  TptRelayPosition position;

  journal_begin (journal->writer);
  for (guint i = 0; i < 20; i++)
    journal_put (journal->writer, alice, 1000, i);
  before = journal_list (journal, alice, 0);
  position = journal_position (journal, alice);
  journal_commit (journal->writer);
  after = journal_list (journal, alice, 0);
  g_assert_cmpuint (before->len, ==, 0);
  g_assert_cmpuint (after->len, ==, 20);
  g_assert_cmpint (position.head, <, ((TptRelayEventRecord *) after->pdata[0])->seq);
  g_assert_cmpint (journal_position (journal, alice).head, ==,
                   ((TptRelayEventRecord *) after->pdata[19])->seq);
}

static void
test_duplicates (Journal       *journal,
                 gconstpointer  user_data)
{
  TptRelayDelivery deliveries[4] = { { .received_at = 1 }, { .received_at = 2 },
                                     { .received_at = 3 }, { .received_at = 4 } };
  TptRelayDelivery *pointers[4];
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (deliveries); i++)
    {
      deliveries[i].hash[5] = i == 3 ? 1 : 0;
      pointers[i] = &deliveries[i];
    }
  journal_begin (journal->writer);
  g_assert_true (tpt_relay_journal_claim_deliveries (journal->writer, pointers, 4, &error));
  g_assert_no_error (error);
  g_assert_true (deliveries[0].is_new);
  g_assert_false (deliveries[1].is_new);
  g_assert_false (deliveries[2].is_new);
  g_assert_true (deliveries[3].is_new);
  journal_commit (journal->writer);

  journal_reopen (journal);
  deliveries[1].created_at = 1;
  deliveries[2].channel = 1;
  journal_begin (journal->writer);
  g_assert_true (tpt_relay_journal_claim_deliveries (journal->writer, pointers, 4, &error));
  g_assert_no_error (error);
  journal_commit (journal->writer);
  g_assert_false (deliveries[0].is_new);
  g_assert_true (deliveries[1].is_new);
  g_assert_true (deliveries[2].is_new);
  g_assert_false (deliveries[3].is_new);
}

/* A place is given once, whatever becomes of who had it. */
static void
test_sequence (Journal       *journal,
               gconstpointer  user_data)
{
  gint64 alice = journal_enrol (journal, "alice");
  gint64 bob = journal_enrol (journal, "bob");
  gint64 last = 0;
  g_autoptr (GError) error = NULL;
  gboolean is_known;

  for (guint round = 0; round < 6; round++)
    {
      gint64 device = round % 2 == 0 ? alice : bob;
      g_autoptr (GPtrArray) events = NULL;

      journal_put_batch (journal, device, 1000, round * 10, 10);
      events = journal_list (journal, device, last);
      g_assert_cmpuint (events->len, ==, 10);
      for (guint i = 0; i < events->len; i++)
        {
          const TptRelayEventRecord *event = events->pdata[i];

          g_assert_cmpint (event->seq, >, last);
          g_assert_cmpuint (journal_number (events->pdata[i]), ==, round * 10 + i);
          last = event->seq;
        }
      g_assert_cmpint (journal_position (journal, device).head, ==, last);
      journal_begin (journal->writer);
      g_assert_true (tpt_relay_journal_ack (journal->writer, device, last, &is_known, &error));
      journal_commit (journal->writer);
      if (round == 3)
        journal_reopen (journal);
    }
}

static void
test_ack (Journal       *journal,
          gconstpointer  user_data)
{
  gint64 alice = journal_enrol (journal, "alice");
  gint64 bob = journal_enrol (journal, "bob");
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) of_bob = NULL;
  gboolean is_known;
  gint64 third;

  journal_put_batch (journal, alice, 1000, 0, 5);
  journal_put_batch (journal, bob, 1000, 5, 5);
  all = journal_list (journal, alice, 0);
  third = ((TptRelayEventRecord *) all->pdata[2])->seq;
  journal_begin (journal->writer);
  g_assert_true (tpt_relay_journal_ack (journal->writer, alice, third, &is_known, NULL));
  journal_commit (journal->writer);
  journal_begin (journal->writer);
  g_assert_true (tpt_relay_journal_ack (journal->writer, alice, third - 1, &is_known, NULL));
  journal_commit (journal->writer);

  left = journal_list (journal, alice, 0);
  g_assert_cmpuint (left->len, ==, 2);
  g_assert_cmpuint (journal_number (left->pdata[0]), ==, 3);
  g_assert_cmpint (journal_position (journal, alice).acked, ==, third);
  g_assert_cmpint (journal_position (journal, alice).oldest, ==,
                   ((TptRelayEventRecord *) left->pdata[0])->seq);
  g_assert_cmpint (journal_position (journal, bob).acked, ==, 0);
  of_bob = journal_list (journal, bob, 0);
  g_assert_cmpuint (of_bob->len, ==, 5);
}

static void
test_limits (Journal       *journal,
             gconstpointer  user_data)
{
  gint64 alice = journal_enrol (journal, "alice");
  g_autoptr (GPtrArray) few = NULL;
  g_autoptr (GPtrArray) short_ones = NULL;
  g_autoptr (GPtrArray) first = NULL;

  journal_put_batch (journal, alice, 1234, 10, 30);
  few = tpt_relay_journal_list_events (journal->reader, alice, 0, 7, G_MAXSIZE, NULL);
  g_assert_cmpuint (few->len, ==, 7);
  g_assert_cmpint (((TptRelayEventRecord *) few->pdata[0])->received_at, ==, 1234);
  g_assert_cmpint (((TptRelayEventRecord *) few->pdata[0])->device, ==, alice);
  /* "event NN" has eight bytes: the third reaches twenty. */
  short_ones = tpt_relay_journal_list_events (journal->reader, alice, 0, 100, 20, NULL);
  g_assert_cmpuint (short_ones->len, ==, 3);
  first = tpt_relay_journal_list_events (journal->reader, alice, 0, 100, 1, NULL);
  g_assert_cmpuint (first->len, ==, 1);
}

/* Retention takes what is old from everybody, remembers it as a gap, and leaves the rest. */
static void
test_purge (Journal       *journal,
            gconstpointer  user_data)
{
  gint64 now = 100 * DAY;
  gint64 alice = journal_enrol (journal, "alice");
  gint64 bob = journal_enrol (journal, "bob");
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) audit = NULL;
  g_autoptr (GPtrArray) all = NULL;
  gint64 last_old;

  journal_put_batch (journal, alice, now - 40 * DAY, 0, 4500);
  all = journal_list (journal, alice, 0);
  last_old = ((TptRelayEventRecord *) all->pdata[4499])->seq;
  journal_put_batch (journal, alice, now - 29 * DAY, 4500, 7);
  journal_put_batch (journal, bob, now - 29 * DAY, 5000, 1);
  g_assert_true (tpt_relay_journal_purge (journal->writer, now - 30 * DAY, now, NULL));
  left = journal_list (journal, alice, 0);
  g_assert_cmpuint (left->len, ==, 7);
  g_assert_cmpint (journal_position (journal, alice).purged, ==, last_old);
  g_assert_cmpint (journal_position (journal, alice).oldest, >, last_old);
  g_assert_cmpint (journal_position (journal, bob).purged, ==, 0);
  audit = tpt_relay_journal_list_audit (journal->reader, 0, 100, NULL);
  g_assert_cmpuint (audit->len, ==, 1);
  g_assert_cmpstr (((TptRelayAuditRecord *) audit->pdata[0])->what, ==, "purged");
  g_assert_cmpint (((TptRelayAuditRecord *) audit->pdata[0])->count, ==, 4500);
}

/* A clock that ran ahead for a while left events of the future behind: those after them age all
 * the same. */
static void
test_purge_after_bad_clock (Journal       *journal,
                            gconstpointer  user_data)
{
  gint64 now = 100 * DAY;
  gint64 alice = journal_enrol (journal, "alice");
  g_autoptr (GPtrArray) left = NULL;

  journal_put_batch (journal, alice, now + 900 * DAY, 0, 2500);
  journal_put_batch (journal, alice, now - 40 * DAY, 2500, 10);
  journal_put_batch (journal, alice, now, 2510, 5);
  g_assert_true (tpt_relay_journal_purge (journal->writer, now - 30 * DAY, now, NULL));
  left = journal_list (journal, alice, 0);
  g_assert_cmpuint (left->len, ==, 2505);
}

static void
put_with_people (Journal    *journal,
                 gint64      device,
                 const char *people)
{
  g_autoptr (GBytes) bytes = g_bytes_new (people, strlen (people));
  g_autoptr (GBytes) box = g_bytes_new ("x", 1);
  TptRelayEventRecord event = { .device = device, .received_at = 1000, .people = bytes,
                                .box = box };

  g_assert_cmpuint (strlen (people) % TPT_RELAY_PERSON_SIZE, ==, 0);
  journal_begin (journal->writer);
  g_assert_true (tpt_relay_journal_add_event (journal->writer, &event, NULL));
  journal_commit (journal->writer);
}

static void
test_erase (Journal       *journal,
            gconstpointer  user_data)
{
  gint64 alice = journal_enrol (journal, "alice");
  gint64 bob = journal_enrol (journal, "bob");
  g_autoptr (GPtrArray) of_alice = NULL;
  g_autoptr (GPtrArray) of_bob = NULL;
  gint64 count = 0;

  put_with_people (journal, alice, "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb");
  put_with_people (journal, alice, "cccccccccccccccc");
  put_with_people (journal, bob, "bbbbbbbbbbbbbbbb");
  put_with_people (journal, bob, "abbbbbbbbbbbbbbbbccccccccccccccc");
  journal_put_batch (journal, bob, 1000, 1, 1);
  journal_begin (journal->writer);
  g_assert_true (tpt_relay_journal_erase_person (journal->writer,
                                                 (const guint8 *) "bbbbbbbbbbbbbbbb", &count,
                                                 NULL));
  journal_commit (journal->writer);
  g_assert_cmpint (count, ==, 2);
  of_alice = journal_list (journal, alice, 0);
  of_bob = journal_list (journal, bob, 0);
  g_assert_cmpuint (of_alice->len, ==, 1);
  g_assert_cmpuint (of_bob->len, ==, 2);
  g_assert_cmpint (journal_position (journal, alice).purged, ==, 0);
}

#define ROUNDS 40
#define ROUND_SIZE 5
#define SHARED (ROUNDS * ROUND_SIZE)
#define TOTAL (SHARED + 2 * ROUNDS)

/* One of several connections that write at the same time. */
typedef struct
{
  Journal *journal;
  gint64   device;
  guint    own;     /* the first of the numbers that nobody else has */
  gint    *running; /* atomic */
} Writer;

static gpointer
write_thread (gpointer data)
{
  Writer *self = data;
  g_autoptr (TptRelayJournal) writer = journal_open (self->journal, TPT_RELAY_JOURNAL_WRITER);

  for (guint round = 0; round < ROUNDS; round++)
    {
      journal_begin (writer);
      journal_put (writer, self->device, 1000, self->own + round);
      journal_commit (writer);
      journal_begin (writer);
      for (guint number = round * ROUND_SIZE; number < (round + 1) * ROUND_SIZE; number++)
        {
          if (journal_claim (writer, 0, number))
            journal_put (writer, self->device, 1000, number);
        }
      journal_commit (writer);
    }
  g_atomic_int_add (self->running, -1);

  return NULL;
}

/* Returns: how many came after @last, which is moved on */
static guint
read_on (Journal  *journal,
         gint64    device,
         gint64   *last,
         gboolean *seen)
{
  g_autoptr (GPtrArray) events = journal_list (journal, device, *last);

  for (guint i = 0; i < events->len; i++)
    {
      guint number = journal_number (events->pdata[i]);

      g_assert_cmpuint (number, <, TOTAL);
      g_assert_false (seen[number]);
      seen[number] = TRUE;
      *last = ((TptRelayEventRecord *) events->pdata[i])->seq;
    }

  return events->len;
}

/* Two writers are given the same deliveries, beside those of their own: each is stored once. And a
 * reader that goes on from the last place it saw misses none: no batch becomes visible behind a
 * later one. */
static void
test_two_writers (Journal       *journal,
                  gconstpointer  user_data)
{
  gint running = 2;
  gint64 alice = journal_enrol (journal, "alice");
  Writer first = { journal, alice, SHARED, &running };
  Writer second = { journal, alice, SHARED + ROUNDS, &running };
  GThread *threads[] = { g_thread_new ("writer", write_thread, &first),
                         g_thread_new ("writer", write_thread, &second) };
  gboolean seen[TOTAL] = { FALSE };
  gint64 last = 0;
  guint count = 0;

  while (g_atomic_int_get (&running) > 0)
    {
      count += read_on (journal, alice, &last, seen);
      g_thread_yield ();
    }
  g_thread_join (threads[0]);
  g_thread_join (threads[1]);
  count += read_on (journal, alice, &last, seen);
  g_assert_cmpuint (count, ==, TOTAL);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  journal_add_test ("rollback", test_rollback);
  journal_add_test ("isolation", test_isolation);
  journal_add_test ("duplicates", test_duplicates);
  journal_add_test ("sequence", test_sequence);
  journal_add_test ("ack", test_ack);
  journal_add_test ("limits", test_limits);
  journal_add_test ("purge", test_purge);
  journal_add_test ("purge-after-bad-clock", test_purge_after_bad_clock);
  journal_add_test ("erase", test_erase);
  journal_add_test ("two-writers", test_two_writers);

  return journal_run_tests ();
}

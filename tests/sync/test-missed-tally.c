/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-missed-tally.h"

#include "tpt-apply-fixture.h"
#include "tpt-settings-table.h"
#include "tpt-sweep-batch.h"
#include "tpt-test.h"

/* The relay tells from SINCE on; at NOW it is looked. */
#define SINCE ((TptTime) 1790000000 * TPT_SECOND)
#define NOW (SINCE + TPT_HOUR)
#define BY (NOW - 2 * TPT_MINUTE)
#define EVENT "https://api.example/scheduled_events/E"

static const TptTimeRange told = { SINCE, BY };

/* A sync that is under way. */
typedef struct
{
  TptApplyFixture *fixture;
  TptPull pull;
} Sync;

/* What is done in one transaction. */
typedef struct
{
  TptApplyFixture *fixture;
  TptSweepBatch *batch;
  gboolean breaks_off;
} Writing;

static GHashTable *
make_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
add_invitee (TptMeeting *meeting,
             const char *uri,
             TptTime     created_at,
             TptTime     canceled_at)
{
  TptInvitee *invitee = tpt_invitee_new ();

  invitee->uri = g_strdup (uri);
  invitee->event = g_strdup (EVENT);
  invitee->email = g_strdup ("ada@customer.example");
  invitee->created_at = created_at;
  invitee->updated_at = MAX (created_at, canceled_at);
  invitee->canceled_at = canceled_at;
  invitee->canceled = canceled_at != TPT_TIME_NONE;
  g_ptr_array_add (meeting->invitees, invitee);
}

/* An event with one booking, and a cancellation of that where @canceled_at says when. */
static TptMeeting *
make_meeting (TptTime created_at,
              TptTime canceled_at)
{
  TptMeeting *meeting = tpt_meeting_new ();

  meeting->uri = g_strdup (EVENT);
  meeting->start = NOW + TPT_DAY;
  meeting->end = meeting->start + TPT_HOUR;
  meeting->created_at = created_at;
  meeting->updated_at = MAX (created_at, canceled_at);
  meeting->canceled_at = canceled_at;
  meeting->canceled = canceled_at != TPT_TIME_NONE;
  meeting->invitees_total = 1;
  meeting->invitees_active = !meeting->canceled;
  add_invitee (meeting, EVENT "/invitees/1", created_at, canceled_at);

  return meeting;
}

/* What was made in time for the relay to tell it, and is news all the same. */
static void
test_find (void)
{
  static const struct
  {
    gboolean is_known;
    TptTime known_canceled_at;
    TptTime created_at;
    TptTime canceled_at;
    guint missed;
  } cases[] = {
    { FALSE, 0, SINCE, 0, 1 },
    { FALSE, 0, BY - 1, 0, 1 },
    { FALSE, 0, SINCE - 1, 0, 0 },
    { FALSE, 0, BY, 0, 0 },
    { FALSE, 0, SINCE, BY - 1, 2 },
    { FALSE, 0, SINCE, BY, 1 },
    { FALSE, 0, SINCE - 1, SINCE, 1 },
    { TRUE, 0, SINCE, 0, 0 },
    { TRUE, 0, SINCE, BY - 1, 1 },
    { TRUE, 0, SINCE - TPT_DAY, SINCE, 1 },
    { TRUE, 0, SINCE - TPT_DAY, SINCE - 1, 0 },
    { TRUE, 0, SINCE, BY, 0 },
    { TRUE, SINCE, SINCE, SINCE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TptMeeting) fact = make_meeting (cases[i].created_at, cases[i].canceled_at);
      g_autoptr (TptMeeting) stored =
        make_meeting (cases[i].created_at, cases[i].known_canceled_at);
      TptMeeting *known = cases[i].is_known ? stored : NULL;
      g_autoptr (GHashTable) missed = make_set ();

      g_assert_cmpuint (tpt_missed_tally_find (known, fact, &told, missed), ==, cases[i].missed);
      g_assert_cmpuint (g_hash_table_size (missed), ==, cases[i].missed);
      g_assert_cmpuint (tpt_missed_tally_find (known, fact, &told, missed), ==, 0);
    }
}

/* Who joins an event that others are in is news alone; who does not say when they left, left when
 * they changed. */
static void
test_group (void)
{
  g_autoptr (TptMeeting) stored = make_meeting (SINCE, TPT_TIME_NONE);
  g_autoptr (TptMeeting) fact = make_meeting (SINCE, TPT_TIME_NONE);
  g_autoptr (GHashTable) missed = make_set ();
  TptInvitee *first;

  add_invitee (fact, EVENT "/invitees/2", SINCE + TPT_MINUTE, TPT_TIME_NONE);
  add_invitee (fact, EVENT "/invitees/3", SINCE - TPT_MINUTE, TPT_TIME_NONE);
  g_assert_cmpuint (tpt_missed_tally_find (stored, fact, &told, missed), ==, 1);

  first = g_ptr_array_index (fact->invitees, 0);
  first->canceled = TRUE;
  first->updated_at = SINCE + TPT_MINUTE;
  g_assert_cmpuint (tpt_missed_tally_find (stored, fact, &told, missed), ==, 1);
}

static guint
read_total (TptApplyFixture *fixture)
{
  guint total = G_MAXUINT;

  tpt_apply_fixture_transact (fixture, tpt_missed_tally_read, &total);

  return total;
}

static gboolean
add_func (TptSession  *session,
          gpointer     count,
          GError     **error)
{
  return tpt_missed_tally_add (session, GPOINTER_TO_UINT (count), error);
}

static void
add (TptApplyFixture *fixture,
     TptTime          at,
     guint            count)
{
  tpt_clock_set (tpt_store_get_clock (fixture->store), at);
  tpt_apply_fixture_transact (fixture, add_func, GUINT_TO_POINTER (count));
}

static gboolean
write_func (TptSession  *session,
            gpointer     text,
            GError     **error)
{
  return tpt_settings_table_set_text (session, TPT_SETTING_MISSED, text, error);
}

static gboolean
read_func (TptSession  *session,
           gpointer     text,
           GError     **error)
{
  return tpt_settings_table_get_text (session, TPT_SETTING_MISSED, text, error);
}

static void
assert_text (TptApplyFixture *fixture,
             const char      *wanted)
{
  g_autofree char *text = NULL;

  tpt_apply_fixture_transact (fixture, read_func, &text);
  g_assert_cmpstr (text, ==, wanted);
}

/* A day of UTC each, for thirty days. */
static void
test_days (TptApplyFixture *fixture,
           gconstpointer    user_data)
{
  TptTime day = SINCE - SINCE % TPT_DAY;

  g_assert_cmpuint (read_total (fixture), ==, 0);
  add (fixture, day, 0);
  assert_text (fixture, NULL);
  add (fixture, day, 2);
  add (fixture, day + TPT_DAY - 1, 1);
  add (fixture, day + TPT_DAY, 4);
  assert_text (fixture, "2026-09-21 3;2026-09-22 4");
  g_assert_cmpuint (read_total (fixture), ==, 7);

  add (fixture, day + 30 * TPT_DAY - 1, 0);
  g_assert_cmpuint (read_total (fixture), ==, 7);
  add (fixture, day + 30 * TPT_DAY, 0);
  g_assert_cmpuint (read_total (fixture), ==, 4);
  add (fixture, day + 30 * TPT_DAY, 1);
  assert_text (fixture, "2026-09-22 4;2026-10-21 1");
  add (fixture, day + 400 * TPT_DAY, 0);
  g_assert_cmpuint (read_total (fixture), ==, 0);

  /* The clock had been ahead. */
  add (fixture, day + 25 * TPT_DAY, 0);
  g_assert_cmpuint (read_total (fixture), ==, 5);
  add (fixture, day + 25 * TPT_DAY, 2);
  assert_text (fixture, "2026-09-22 4;2026-10-16 3");
}

/* What nobody here wrote says nothing, and does not stay. */
static void
test_malformed (TptApplyFixture *fixture,
                gconstpointer    user_data)
{
  static const char *const texts[] = {
    "", ";", " ", "7", "2026-09-21", "2026-09-21 ", "2026-09-21 0", "2026-09-21 -3",
    "2026-09-21 +3", "2026-09-21 03", "2026-09-21  3", "2026-09-21 3 ", " 2026-09-21 3",
    "2026-09-21 3;", ";2026-09-21 3", "2026-09-21 3;;2026-09-22 1", "2026-09-21 3,2026-09-22 1",
    "2026-09-21 3;2026-09-21 1", "2026-09-21 3;2026-09-20 1", "2026-09-21 3;nonsense",
    "2026-9-21 3", "2026-02-30 3", "2026-13-01 3", "1970-01-01 3", "0000-00-00 3", "-026-09-21 3",
    "2026-09-21 1000001", "2026-09-21 99999999999999999999", "2026-09-21 4294967297",
    "2026-09-21 3.5", "2026-09-21 0x3", "2026-09-21T3", "2026-09-21\n3", "\xff\xfe 3",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      tpt_apply_fixture_transact (fixture, write_func, (gpointer) texts[i]);
      tpt_clock_set (tpt_store_get_clock (fixture->store), NOW);
      g_assert_cmpuint (read_total (fixture), ==, 0);
      add (fixture, NOW, 1);
      assert_text (fixture, "2026-09-21 1");
    }
}

/* No number is too large to be kept and read again. */
static void
test_many (TptApplyFixture *fixture,
           gconstpointer    user_data)
{
  for (guint i = 0; i < 40; i++)
    {
      add (fixture, NOW + i * TPT_DAY, G_MAXUINT);
      add (fixture, NOW + i * TPT_DAY, G_MAXUINT - i);
      g_assert_cmpuint (read_total (fixture), ==, MIN (i + 1, 30) * 1000000);
    }
}

/* Whatever is found, and wherever the clock jumps to: what is added is in the sum, and nothing
 * else is. */
static void
test_random (TptApplyFixture *fixture,
             gconstpointer    user_data)
{
  for (guint round = 0; round < 20; round++)
    {
      guint64 found = 0;
      TptTime now = SINCE;

      tpt_apply_fixture_transact (fixture, write_func, NULL);
      for (guint i = 0; i < 50; i++)
        {
          guint count = (guint) g_test_rand_int_range (0, 4);
          guint before, after;

          now += g_test_rand_int_range (-3, 5) * (TPT_DAY / 2);
          add (fixture, now, 0);
          before = read_total (fixture);
          add (fixture, now, count);
          after = read_total (fixture);
          found += count;
          g_assert_cmpuint (after, ==, before + count);
          g_assert_cmpuint (after, <=, found);
        }
    }
}

/* What is found is counted in the transaction that takes it in, or neither is. */
static gboolean
take_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  Writing *writing = user_data;
  TptApplyCounts counts = { 0 };

  for (guint i = 0; i < writing->batch->meetings->len; i++)
    tpt_apply_stamp (g_ptr_array_index (writing->batch->meetings, i), TPT_SOURCE_POLL, NOW);
  if (!tpt_apply_facts (writing->fixture->apply, session, writing->batch->meetings, &counts, error)
      || !tpt_sweep_batch_note (session, &counts, writing->batch, error))
    return FALSE;
  if (writing->breaks_off)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "As if the power had gone");

  return !writing->breaks_off;
}

static void
sync_init (Sync            *sync,
           TptApplyFixture *fixture,
           TptSweepKind     kind,
           TptTime          live_since)
{
  *sync = (Sync) { fixture, { .plan = { .kind = kind }, .now = NOW, .live_since = live_since } };
  sync->pull.missed = make_set ();
  tpt_clock_set (tpt_store_get_clock (fixture->store), NOW);
}

/* One page with an event that was booked and canceled meanwhile. */
static TptSweepBatch *
look (Sync *sync)
{
  g_autoptr (TptPage) page = tpt_page_new ();
  g_autoptr (TptPage) invitees = tpt_page_new ();
  g_autoptr (TptMeeting) fact = make_meeting (SINCE, SINCE + TPT_MINUTE);
  TptSweepBatch *batch;

  g_ptr_array_add (invitees->items, g_object_ref (g_ptr_array_index (fact->invitees, 0)));
  g_ptr_array_set_size (fact->invitees, 0);
  g_ptr_array_add (page->items, g_object_ref (fact));
  batch = tpt_sweep_batch_new (page, &sync->pull, NOW);
  tpt_apply_fixture_transact (sync->fixture, tpt_sweep_batch_compare, batch);
  for (guint i = 0; i < batch->wanting->len; i++)
    tpt_sweep_batch_take (batch, g_ptr_array_index (batch->wanting, i), invitees);

  return batch;
}

/* Takes @batch. */
static void
write_batch (Sync          *sync,
             TptSweepBatch *batch,
             gboolean       breaks_off)
{
  Writing writing = { sync->fixture, batch, breaks_off };
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_transact_async (sync->fixture->store, take_func, &writing, NULL, NULL,
                            tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_cmpint (tpt_store_transact_finish (sync->fixture->store, result, &error), ==,
                   !breaks_off);
  tpt_sweep_batch_free (batch);
}

static void
sweep (TptApplyFixture *fixture,
       TptSweepKind     kind,
       TptTime          live_since,
       gboolean         breaks_off)
{
  Sync sync;

  sync_init (&sync, fixture, kind, live_since);
  write_batch (&sync, look (&sync), breaks_off);
  g_hash_table_unref (sync.pull.missed);
}

static void
test_transaction (TptApplyFixture *fixture,
                  gconstpointer    user_data)
{
  sweep (fixture, TPT_SWEEP_NEAR, SINCE, TRUE);
  g_assert_cmpuint (read_total (fixture), ==, 0);
  sweep (fixture, TPT_SWEEP_NEAR, SINCE, FALSE);
  g_assert_cmpuint (read_total (fixture), ==, 2);
  sweep (fixture, TPT_SWEEP_NEAR, SINCE, FALSE);
  sweep (fixture, TPT_SWEEP_FULL, SINCE, FALSE);
  g_assert_cmpuint (read_total (fixture), ==, 2);
}

/* The service tells an event on two pages, and the second comes before the first is stored. */
static void
test_overlap (TptApplyFixture *fixture,
              gconstpointer    user_data)
{
  TptSweepBatch *first, *second;
  Sync sync;

  sync_init (&sync, fixture, TPT_SWEEP_NEAR, SINCE);
  first = look (&sync);
  second = look (&sync);
  g_assert_cmpuint (second->wanting->len, ==, 1);
  write_batch (&sync, first, FALSE);
  write_batch (&sync, second, FALSE);
  g_assert_cmpuint (read_total (fixture), ==, 2);
  g_hash_table_unref (sync.pull.missed);
}

/* An import looks for what is old. */
static void
test_import (TptApplyFixture *fixture,
             gconstpointer    user_data)
{
  sweep (fixture, TPT_SWEEP_IMPORT, SINCE, FALSE);
  g_assert_cmpuint (read_total (fixture), ==, 0);
}

/* Without the relay nobody would have told. */
static void
test_polling (TptApplyFixture *fixture,
              gconstpointer    user_data)
{
  sweep (fixture, TPT_SWEEP_NEAR, TPT_TIME_NONE, FALSE);
  g_assert_cmpuint (read_total (fixture), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/sync/missed-tally/find", test_find);
  g_test_add_func ("/sync/missed-tally/group", test_group);
  tpt_apply_fixture_add ("/sync/missed-tally/days", test_days);
  tpt_apply_fixture_add ("/sync/missed-tally/malformed", test_malformed);
  tpt_apply_fixture_add ("/sync/missed-tally/many", test_many);
  tpt_apply_fixture_add ("/sync/missed-tally/random", test_random);
  tpt_apply_fixture_add ("/sync/missed-tally/transaction", test_transaction);
  tpt_apply_fixture_add ("/sync/missed-tally/overlap", test_overlap);
  tpt_apply_fixture_add ("/sync/missed-tally/import", test_import);
  tpt_apply_fixture_add ("/sync/missed-tally/polling", test_polling);

  return g_test_run ();
}

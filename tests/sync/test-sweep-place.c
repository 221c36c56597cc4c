/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-apply-fixture.h"
#include "tpt-collection.h"
#include "tpt-settings-table.h"
#include "tpt-sweep-group.h"
#include "tpt-test.h"
#include "tpt-view-memory.h"

#define SOMEWHERE ((TptTime) 1800000000 * TPT_SECOND)

/* Where a sweep of everything had come to when it was cut off. */
typedef struct
{
  gint64 reached;
  gint64 ahead;
  gint64 at;
} Place;

static gboolean
cut_off_func (TptSession  *session,
              gpointer     data,
              GError     **error)
{
  return tpt_settings_table_set_int (session, TPT_SETTING_REACHED, SOMEWHERE, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_REACHED_AHEAD, SOMEWHERE, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_REACHED_AT, SOMEWHERE, error);
}

static gboolean
read_func (TptSession  *session,
           gpointer     data,
           GError     **error)
{
  Place *place = data;

  return tpt_settings_table_get_int (session, TPT_SETTING_REACHED, &place->reached, error)
         && tpt_settings_table_get_int (session, TPT_SETTING_REACHED_AHEAD, &place->ahead, error)
         && tpt_settings_table_get_int (session, TPT_SETTING_REACHED_AT, &place->at, error);
}

static gboolean
switch_func (TptSession  *session,
             gpointer     account,
             GError     **error)
{
  TptColleagueMeetings counts;

  return tpt_view_memory_switch (session, account, TRUE, &counts, error);
}

static gboolean
note_func (TptSession  *session,
           gpointer     batch,
           GError     **error)
{
  const TptApplyCounts counts = { 0 };

  return tpt_sweep_batch_note (session, &counts, batch, error);
}

/* Of what is looked at from now on, nothing was reached, neither back nor ahead. */
static void
test_switch (TptApplyFixture *fixture,
             gconstpointer    user_data)
{
  g_autoptr (TptUser) account = tpt_user_new ();
  Place place;

  tpt_apply_fixture_transact (fixture, cut_off_func, NULL);
  tpt_apply_fixture_transact (fixture, switch_func, account);
  tpt_apply_fixture_transact (fixture, read_func, &place);
  g_assert_cmpint (place.reached, ==, TPT_TIME_NONE);
  g_assert_cmpint (place.ahead, ==, TPT_TIME_NONE);
  g_assert_cmpint (place.at, ==, TPT_TIME_NONE);
}

/* The past comes before what is ahead: a place there is of an earlier sweep, and another one that
 * is cut off must not go on from it. */
static void
test_anew (TptApplyFixture *fixture,
           gconstpointer    user_data)
{
  g_autoptr (TptPage) page = tpt_page_new ();
  TptMeeting *meeting = tpt_meeting_new ();
  TptPull pull = { .plan = { .kind = TPT_SWEEP_PAST }, .now = SOMEWHERE + TPT_HOUR,
                   .begun = SOMEWHERE + TPT_MINUTE };
  TptSweepBatch *batch;
  Place place;

  meeting->uri = g_strdup ("https://api.example/scheduled_events/E");
  meeting->start = SOMEWHERE - TPT_DAY;
  g_ptr_array_add (page->items, meeting);
  batch = tpt_sweep_batch_new (page, &pull, pull.now);
  tpt_apply_fixture_transact (fixture, cut_off_func, NULL);
  tpt_apply_fixture_transact (fixture, note_func, batch);
  tpt_apply_fixture_transact (fixture, read_func, &place);
  g_assert_cmpint (place.reached, ==, meeting->start);
  g_assert_cmpint (place.ahead, ==, TPT_TIME_NONE);
  g_assert_cmpint (place.at, ==, pull.begun);
  tpt_sweep_batch_free (batch);
}

/* A page whose events want invitees is not complete before these are there, whether anybody has
 * asked for them or a sweep that fails never will. */
static void
test_complete (TptApplyFixture *fixture,
               gconstpointer    user_data)
{
  g_autoptr (TptPage) page = tpt_page_new ();
  g_autoptr (TptPage) invitees = tpt_page_new ();
  TptMeeting *meeting = tpt_meeting_new ();
  TptPull pull = { .plan = { .kind = TPT_SWEEP_PAST }, .now = SOMEWHERE };
  GQueue batches = G_QUEUE_INIT;
  TptSweepBatch *batch;

  meeting->uri = g_strdup ("https://api.example/scheduled_events/E");
  meeting->start = SOMEWHERE - TPT_DAY;
  g_ptr_array_add (page->items, meeting);
  batch = tpt_sweep_batch_new (page, &pull, pull.now);
  g_queue_push_tail (&batches, batch);
  g_assert_cmpuint (tpt_sweep_group_count (&batches), ==, 0);
  tpt_apply_fixture_transact (fixture, tpt_sweep_batch_compare, batch);
  batch->is_compared = TRUE;
  g_assert_cmpuint (batch->wanting->len, ==, 1);
  g_assert_cmpuint (tpt_sweep_group_count (&batches), ==, 0);
  tpt_sweep_batch_take (batch, meeting, invitees);
  g_assert_cmpuint (tpt_sweep_group_count (&batches), ==, 1);
  g_queue_clear_full (&batches, (GDestroyNotify) tpt_sweep_batch_free);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  tpt_apply_fixture_add ("/sync/sweep-place/switch", test_switch);
  tpt_apply_fixture_add ("/sync/sweep-place/anew", test_anew);
  tpt_apply_fixture_add ("/sync/sweep-place/complete", test_complete);

  return g_test_run ();
}

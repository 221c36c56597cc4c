/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-apply-fixture.h"

#include "tpt-test.h"

/* @now: where the clock stands */
void
tpt_apply_fixture_set_up (TptApplyFixture *self,
                          TptTime          now)
{
  g_autoptr (GBytes) key = g_bytes_new_take (g_malloc0 (TPT_STORE_KEY_BYTES), TPT_STORE_KEY_BYTES);
  g_autoptr (TptClock) clock = tpt_clock_new_frozen (now);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_open_async (":memory:", key, clock, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  self->store = tpt_store_open_finish (result, &error);
  g_assert_no_error (error);
  self->matcher = tpt_matcher_new ();
  self->apply = tpt_apply_new (self->store, self->matcher);
}

void
tpt_apply_fixture_tear_down (TptApplyFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_close_async (self->store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_store_close_finish (self->store, result, &error);
  g_assert_no_error (error);
  tpt_test_finalized (self->apply);
  tpt_test_finalized (self->matcher);
  g_clear_object (&result);
  tpt_test_finalized (self->store);
}

static void
set_up (TptApplyFixture *self,
        gconstpointer    user_data)
{
  tpt_apply_fixture_set_up (self, (TptTime) 1790000000 * TPT_SECOND + TPT_DAY);
}

static void
tear_down (TptApplyFixture *self,
           gconstpointer    user_data)
{
  tpt_apply_fixture_tear_down (self);
}

/* A test whose clock stands a day after the stories begin. */
void
tpt_apply_fixture_add (const char  *path,
                       void       (*func) (TptApplyFixture *, gconstpointer))
{
  g_test_add (path, TptApplyFixture, NULL, set_up, func, tear_down);
}

void
tpt_apply_fixture_transact (TptApplyFixture *self,
                            TptStoreFunc     func,
                            gpointer         data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_transact_async (self->store, func, data, NULL, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_store_transact_finish (self->store, result, &error);
  g_assert_no_error (error);
}

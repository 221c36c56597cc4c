/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-store-thread.h"

#include "tpt-test.h"

/* What the thread does is told to the test through atomics. */
typedef struct
{
  TptStoreThread *thread;
  int begun;
  int later;
  int steps;               /* of what can wait; each asks for the next */
} Work;

static void
later_job (gpointer data)
{
  Work *work = data;

  g_atomic_int_inc (&work->later);
  if (--work->steps > 0)
    tpt_store_thread_push_later (work->thread, later_job, work);
}

static void
begin_job (gpointer data)
{
  Work *work = data;

  tpt_store_thread_push_later (work->thread, later_job, work);
  g_atomic_int_inc (&work->begun);
}

/* Nothing that can wait has been done when the next job in line runs. */
static void
look_job (gpointer data)
{
  Work *work = data;

  g_assert_cmpint (g_atomic_int_get (&work->later), ==, 0);
  g_atomic_int_inc (&work->begun);
}

static gboolean
is_done (gpointer data)
{
  Work *work = data;

  return g_atomic_int_get (&work->later) == 3;
}

static Work *
begin (void)
{
  Work *work = g_new0 (Work, 1);

  work->thread = tpt_store_thread_new ("test-thread");
  work->steps = 3;
  tpt_store_thread_push (work->thread, begin_job, work);

  return work;
}

static void
end (Work *work)
{
  tpt_store_thread_end (work->thread);
  tpt_test_await_func (is_done, work);
  g_free (work);
}

static void
test_rest (void)
{
  Work *work = begin ();

  tpt_store_thread_push (work->thread, look_job, work);
  tpt_test_await_func (is_done, work);
  g_assert_cmpint (g_atomic_int_get (&work->begun), ==, 2);
  end (work);
}

static void
test_hurry (void)
{
  Work *work = begin ();

  tpt_store_thread_push (work->thread, look_job, work);
  tpt_store_thread_hurry (work->thread);
  tpt_test_await_func (is_done, work);
  end (work);
}

/* Who still waits when the thread ends may let go of what belongs to it. */
static void
test_end (void)
{
  Work *work = begin ();

  end (work);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/store-thread/rest", test_rest);
  g_test_add_func ("/store-thread/hurry", test_hurry);
  g_test_add_func ("/store-thread/end", test_end);

  return g_test_run ();
}

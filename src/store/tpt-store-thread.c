/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-store-thread.h"

/* For so long nobody must have wanted anything before what can wait is begun. */
#define REST (400 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  TptStoreJob job; /* NULL: the last one */
  gpointer data;
} Entry;

struct _TptStoreThread
{
  GAsyncQueue *jobs;

  /* on the thread */
  Entry later;             /* job NULL: nothing waits */
  gboolean is_calm;        /* nothing was wanted since what can wait was begun */
  gboolean is_hurried;
};

static void
run_later (TptStoreThread *self)
{
  Entry entry = self->later;

  self->later.job = NULL;
  self->is_calm = TRUE;
  entry.job (entry.data);
}

/* Waits for the next job; %NULL: it is time for what could wait. */
static Entry *
wait_for_entry (TptStoreThread *self)
{
  if (self->later.job == NULL)
    return g_async_queue_pop (self->jobs);
  if (self->is_calm || self->is_hurried)
    return g_async_queue_try_pop (self->jobs);

  return g_async_queue_timeout_pop (self->jobs, REST);
}

static void
hurry_job (gpointer data)
{
  TptStoreThread *self = data;

  self->is_hurried = TRUE;
}

static gpointer
thread_func (gpointer data)
{
  TptStoreThread *self = data;
  gboolean running = TRUE;

  while (running)
    {
      Entry *entry = wait_for_entry (self);

      if (entry == NULL)
        {
          run_later (self);
          continue;
        }
      self->is_calm = FALSE;
      running = entry->job != NULL;
      if (running)
        entry->job (entry->data);
      g_free (entry);
    }
  while (self->later.job != NULL)
    run_later (self);
  g_async_queue_unref (self->jobs);
  g_free (self);

  return NULL;
}

/**
 * tpt_store_thread_new:
 *
 * Returns: a running thread; it frees itself after tpt_store_thread_end()
 */
TptStoreThread *
tpt_store_thread_new (const char *name)
{
  TptStoreThread *self = g_new0 (TptStoreThread, 1);

  self->jobs = g_async_queue_new ();
  g_thread_unref (g_thread_new (name, thread_func, self));

  return self;
}

/** tpt_store_thread_push: from any thread; @job owns @data */
void
tpt_store_thread_push (TptStoreThread *self,
                       TptStoreJob     job,
                       gpointer        data)
{
  Entry *entry = g_new0 (Entry, 1);

  g_assert (job != NULL);
  entry->job = job;
  entry->data = data;
  g_async_queue_push (self->jobs, entry);
}

/**
 * tpt_store_thread_push_later:
 *
 * On the thread itself: @job, which owns @data, is done when there is time, and at the latest
 * before the thread ends. There is one such job; it may ask for the next.
 */
void
tpt_store_thread_push_later (TptStoreThread *self,
                             TptStoreJob     job,
                             gpointer        data)
{
  g_assert (job != NULL);
  g_assert (self->later.job == NULL);

  self->later = (Entry) { job, data };
}

/** tpt_store_thread_hurry: from any thread: what can wait shall not wait any more */
void
tpt_store_thread_hurry (TptStoreThread *self)
{
  tpt_store_thread_push (self, hurry_job, self);
}

/**
 * tpt_store_thread_end:
 *
 * Lets the thread end after the jobs that are waiting, without waiting for it. @self belongs to the
 * thread from here on.
 */
void
tpt_store_thread_end (TptStoreThread *self)
{
  g_async_queue_push (self->jobs, g_new0 (Entry, 1));
}

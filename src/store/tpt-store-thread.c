/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-store-thread.h"

struct _TptStoreThread
{
  GAsyncQueue *jobs;
};

typedef struct
{
  TptStoreJob job; /* NULL: the last one */
  gpointer data;
} Entry;

static gpointer
thread_func (gpointer data)
{
  TptStoreThread *self = data;
  gboolean running = TRUE;

  while (running)
    {
      Entry *entry = g_async_queue_pop (self->jobs);

      running = entry->job != NULL;
      if (running)
        entry->job (entry->data);
      g_free (entry);
    }
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

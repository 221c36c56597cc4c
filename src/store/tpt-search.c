/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-search.h"

#include "tpt-search-index.h"
#include "tpt-store-call.h"
#include "tpt-store-thread.h"

struct _TptSearch
{
  TptStoreThread *thread;
  TptSearchIndex *index;   /* from here on: only on the thread */
  gboolean ready;
  GError *error;           /* why it cannot answer, once it is ready */
  GQueue waiting;          /* (element-type TptStoreCall) until it is ready */
};

typedef struct
{
  TptSearch *search;
  GPtrArray *documents;
  GError *error;
  TptStoreCall *call;
} Job;

typedef struct
{
  char *text;
  guint limit;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->text);
  g_free (request);
}

static void
push_job (TptSearch   *self,
          TptStoreJob  func,
          Job          content)
{
  Job *job = g_memdup2 (&content, sizeof content);

  job->search = self;
  tpt_store_thread_push (self->thread, func, job);
}

static void
put_job (gpointer data)
{
  Job *job = data;

  for (guint i = 0; i < job->documents->len; i++)
    tpt_search_index_put (job->search->index, g_ptr_array_index (job->documents, i));
  g_ptr_array_unref (job->documents);
  g_free (job);
}

static void
clear_job (gpointer data)
{
  Job *job = data;

  g_clear_error (&job->search->error);
  tpt_search_index_free (job->search->index);
  job->search->index = tpt_search_index_new ();
  g_free (job);
}

static void
answer (TptSearch    *self,
        TptStoreCall *call)
{
  GCancellable *cancellable = g_task_get_cancellable (call->task);
  const Request *request = call->data;

  if (self->error != NULL)
    call->error = g_error_copy (self->error);
  else if (!g_cancellable_set_error_if_cancelled (cancellable, &call->error))
    call->result = tpt_search_index_find (self->index, request->text, request->limit);
  tpt_store_call_answer (call);
}

static void
find_job (gpointer data)
{
  Job *job = data;

  if (job->search->ready)
    answer (job->search, job->call);
  else
    g_queue_push_tail (&job->search->waiting, job->call);
  g_free (job);
}

static void
answer_waiting (TptSearch *self)
{
  TptStoreCall *call;

  self->ready = TRUE;
  while ((call = g_queue_pop_head (&self->waiting)) != NULL)
    answer (self, call);
}

static void
ready_job (gpointer data)
{
  Job *job = data;

  if (job->search->error == NULL)
    job->search->error = g_steal_pointer (&job->error);
  g_clear_error (&job->error);
  g_debug ("Search index ready: %" G_GINT64_FORMAT, g_get_monotonic_time ());
  answer_waiting (job->search);
  g_free (job);
}

static void
end_job (gpointer data)
{
  Job *job = data;
  TptSearch *self = job->search;

  if (self->error == NULL)
    self->error = g_error_new_literal (TPT_STORE_ERROR, TPT_STORE_ERROR_CLOSED,
                                       "The data is closed");
  answer_waiting (self);
  g_clear_pointer (&self->index, tpt_search_index_free);
  g_clear_error (&self->error);
  tpt_store_thread_end (self->thread);
  g_free (self);
  g_free (job);
}

TptSearch *
tpt_search_new (void)
{
  TptSearch *self = g_new0 (TptSearch, 1);

  g_queue_init (&self->waiting);
  self->index = tpt_search_index_new ();
  self->thread = tpt_store_thread_new ("touchpoint-find");

  return self;
}

/** tpt_search_end: answers what was asked before, then frees @self */
void
tpt_search_end (TptSearch *self)
{
  push_job (self, end_job, (Job) { 0 });
}

/** tpt_search_clear: forgets everything */
void
tpt_search_clear (TptSearch *self)
{
  push_job (self, clear_job, (Job) { 0 });
}

/** tpt_search_put: takes @documents (element-type TptSearchDocument) */
void
tpt_search_put (TptSearch *self,
                GPtrArray *documents)
{
  push_job (self, put_job, (Job) { .documents = documents });
}

/**
 * tpt_search_set_ready:
 *
 * Everything was put, or @error (nullable) came instead; searches waited for that.
 */
void
tpt_search_set_ready (TptSearch    *self,
                      const GError *error)
{
  push_job (self, ready_job, (Job) { .error = error != NULL ? g_error_copy (error) : NULL });
}

/**
 * tpt_search_find:
 *
 * Takes @task and answers it with a GArray of TptSearchHit, customers first, newest first.
 */
void
tpt_search_find (TptSearch  *self,
                 GTask      *task,
                 const char *text,
                 guint       limit)
{
  Request *request = g_new0 (Request, 1);
  TptStoreCall *call;

  request->text = g_strdup (text);
  request->limit = limit;
  call = tpt_store_call_new (task, NULL, request, request_free, (GDestroyNotify) g_array_unref);
  push_job (self, find_job, (Job) { .call = call });
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-queue.h"

#include "tpt-relay-error.h"
#include "tpt-relay-metrics.h"

/* A batch never outgrows what SQLite writes in a moment. */
#define BATCH_MAX 512
/* More than wait while a healthy disk is slow. */
#define JOBS_MAX 20000
/* Who waits behind a batch that takes longer has not much time left. */
#define SLOW_SECONDS 2
/* A batch that takes longer may never end. */
#define STUCK_SECONDS 10

/**
 * One thread writes. It commits what came while the last commit was under way, and waits for
 * nothing: one client alone is answered as fast as the disk allows, many share one flush.
 */
struct _TptRelayQueue
{
  char            *location;
  TptRelayJournal *journal; /* the thread's own */
  GAsyncQueue     *jobs;
  GThread         *thread;
  guint            failed; /* batches since one was written; the thread's */
};

typedef struct
{
  TptRelayDelivery *delivery; /* the caller's */
  TptRelayJobWrite  write;
  TptRelayJobDone   done;
  gpointer          data;
} Job;

typedef struct
{
  GPtrArray *jobs;
  GError    *error;
} Batch;

static Job last_job;

static gboolean
deliver_cb (gpointer user_data)
{
  Batch *batch = user_data;

  for (guint i = 0; i < batch->jobs->len; i++)
    {
      Job *job = batch->jobs->pdata[i];

      job->done (job->data, batch->error);
    }

  return G_SOURCE_REMOVE;
}

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_ptr_array_unref (batch->jobs);
  g_clear_error (&batch->error);
  g_free (batch);
}

/* Always on the main thread: g_main_context_invoke () would call from here while nobody runs the
 * main loop, which is so before it begins and after it has ended. */
static void
hand_over (Batch *batch)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, batch, batch_free);
  g_source_attach (source, NULL);
}

/* All at once: an engine that is asked over a wire would take longer for the asking than for the
 * answers. */
static gboolean
claim_deliveries (TptRelayQueue  *self,
                  GPtrArray      *jobs,
                  GError        **error)
{
  TptRelayDelivery *deliveries[BATCH_MAX];
  guint count = 0;

  for (guint i = 0; i < jobs->len; i++)
    {
      Job *job = jobs->pdata[i];

      if (job->delivery != NULL)
        deliveries[count++] = job->delivery;
    }

  return tpt_relay_journal_claim_deliveries (self->journal, deliveries, count, error);
}

static gboolean
write_jobs (TptRelayQueue  *self,
            GPtrArray      *jobs,
            GError        **error)
{
  if (!claim_deliveries (self, jobs, error))
    return FALSE;
  for (guint i = 0; i < jobs->len; i++)
    {
      Job *job = jobs->pdata[i];

      if (!job->write (self->journal, job->data, error))
        return FALSE;
    }

  return tpt_relay_journal_commit (self->journal, error);
}

/* After a failed flush nobody knows what the operating system still holds, so the connection that
 * met it is never asked again: the next batch opens a new one, which reads what is really there. */
static gboolean
write_batch (TptRelayQueue  *self,
             GPtrArray      *jobs,
             GError        **error)
{
  gint64 start = g_get_monotonic_time ();

  if (self->journal == NULL)
    self->journal = tpt_relay_journal_open (self->location, TPT_RELAY_JOURNAL_WRITER, error);
  if (self->journal == NULL)
    return FALSE;
  if (!tpt_relay_journal_begin (self->journal, error))
    {
      g_clear_object (&self->journal);
      return FALSE;
    }
  if (write_jobs (self, jobs, error))
    {
      tpt_relay_metrics_add_commit (g_get_monotonic_time () - start, jobs->len);
      return TRUE;
    }

  tpt_relay_journal_rollback (self->journal);
  g_clear_object (&self->journal);

  return FALSE;
}

/* Returns: whether the last job was among them */
static gboolean
collect (TptRelayQueue *self,
         GPtrArray     *jobs)
{
  Job *job = g_async_queue_pop (self->jobs);

  while (job != NULL && job != &last_job)
    {
      g_ptr_array_add (jobs, job);
      job = jobs->len < BATCH_MAX ? g_async_queue_try_pop (self->jobs) : NULL;
    }

  return job == &last_job;
}

/* Who came while a journal took its time for nothing does not wait for another try. Returns:
 * whether the last job was among them */
static gboolean
give_up_waiting (TptRelayQueue *self,
                 GPtrArray     *jobs)
{
  Job *job = g_async_queue_try_pop (self->jobs);

  while (job != NULL && job != &last_job)
    {
      g_ptr_array_add (jobs, job);
      job = g_async_queue_try_pop (self->jobs);
    }

  return job == &last_job;
}

/* While a journal cannot be written, one line says so, and one that it can again. */
static void
write_and_tell (TptRelayQueue *self,
                Batch         *batch,
                gboolean      *ended)
{
  gint64 start = g_get_monotonic_time ();
  gboolean is_written;

  tpt_relay_metrics_set_writing (TRUE);
  is_written = write_batch (self, batch->jobs, &batch->error);
  tpt_relay_metrics_set_writing (FALSE);
  if (is_written)
    {
      if (self->failed > 1)
        g_message ("Written again, after %u batches that were not", self->failed);
      self->failed = 0;
      return;
    }
  if (self->failed++ == 0)
    g_message ("A batch of %u was not written: %s", batch->jobs->len, batch->error->message);
  if (!*ended && g_get_monotonic_time () - start >= SLOW_SECONDS * G_TIME_SPAN_SECOND)
    *ended = give_up_waiting (self, batch->jobs);
}

static gpointer
run (gpointer data)
{
  TptRelayQueue *self = data;
  gboolean ended = FALSE;

  while (!ended)
    {
      Batch *batch = g_new0 (Batch, 1);

      batch->jobs = g_ptr_array_new_with_free_func (g_free);
      ended = collect (self, batch->jobs);
      if (batch->jobs->len > 0)
        write_and_tell (self, batch, &ended);
      hand_over (batch);
    }

  return NULL;
}

/**
 * tpt_relay_queue_new:
 * @location: where the journal is, to open it again after an error
 * @journal: (transfer full): a writer; the queue's from now on
 */
TptRelayQueue *
tpt_relay_queue_new (const char      *location,
                     TptRelayJournal *journal)
{
  TptRelayQueue *self = g_new0 (TptRelayQueue, 1);

  self->location = g_strdup (location);
  self->journal = journal;
  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new ("writer", run, self);

  return self;
}

void
tpt_relay_queue_push (TptRelayQueue    *self,
                      TptRelayJobWrite  write,
                      TptRelayJobDone   done,
                      gpointer          data)
{
  tpt_relay_queue_push_delivery (self, NULL, write, done, data);
}

/* Nobody is to wait where the one that writes does not come back, and what waits must not fill the
 * memory meanwhile. */
static gboolean
is_stuck (TptRelayQueue *self)
{
  return tpt_relay_metrics_get_writing () >= STUCK_SECONDS ||
         g_async_queue_length (self->jobs) >= JOBS_MAX;
}

static void
refuse (Job *job)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->jobs = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (batch->jobs, job);
  g_set_error_literal (&batch->error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL,
                       "The journal does not answer");
  hand_over (batch);
}

/**
 * tpt_relay_queue_push_delivery:
 * @delivery: (nullable): part of @data; when @write is called the journal has said whether it is
 *   new
 *
 * Where the journal is stuck, @done is told so soon, and @write is never called.
 */
void
tpt_relay_queue_push_delivery (TptRelayQueue    *self,
                               TptRelayDelivery *delivery,
                               TptRelayJobWrite  write,
                               TptRelayJobDone   done,
                               gpointer          data)
{
  Job *job = g_new0 (Job, 1);

  job->delivery = delivery;
  job->write = write;
  job->done = done;
  job->data = data;
  if (is_stuck (self))
    refuse (job);
  else
    g_async_queue_push (self->jobs, job);
}

/* Everything that was pushed is written before; what is done with it is told from the main loop. */
void
tpt_relay_queue_free (TptRelayQueue *self)
{
  if (self == NULL)
    return;
  g_async_queue_push (self->jobs, &last_job);
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  g_clear_object (&self->journal);
  g_free (self->location);
  g_free (self);
}

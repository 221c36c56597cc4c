/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-scheduled-events.h"

#include "tpt-event-pages.h"
#include "tpt-invitee-client.h"
#include "tpt-refusals.h"
#include "tpt-sweep-group.h"
#include "tpt-sweep-pace.h"

/* Pages held in memory, and those of them that miss something: what is asked for ahead. While some
 * are written none can be compared, and there must be enough to ask for all the same. */
#define MAX_BATCHES 30
#define MAX_AHEAD 16

/* Pages that share a commit, which writes half of the indexes anew, however few they are. The first
 * ones wait for the others, but for no longer than it takes somebody to wonder. */
#define MAX_GROUP 6
#define GROUP_WAIT (G_USEC_PER_SEC / 4)

struct _TptScheduledEvents
{
  GObject parent_instance;

  /* owned */
  TptApiClient *client;
  TptStore *store;
  TptApply *apply;
  TptOrganizationView *view;
  TptRefusals *refusals;   /* of the invitees of events */
};

/* One pass through the range: pages are asked for one by one; the invitees of several events
 * at once; batches are written in order, so that the place reached is true. */
typedef struct
{
  TptPull *pull;           /* borrowed */
  TptEventPages *pages;
  GCancellable *cancellable;
  GCancellable *outer;
  gulong outer_id;
  GQueue batches;          /* of TptSweepBatch */
  TptSweepGroup *writing;  /* the ones before them, on their way into the store, or NULL */
  gint64 written_at;       /* monotonic, µs: when the last ones set out */
  GQueue jobs;             /* of Job */
  TptSweepPace pace;
  guint retries;           /* of the client, when it was asked last */
  TptTime seen_at;         /* of the page that is asked for */
  guint under_way;
  guint fetching;
  guint failed;            /* in a row */
  gboolean is_paging;
  gboolean is_unwritable;  /* the store has failed */
  GSource *wait;           /* after which complete pages are written, or NULL */
  GError *error;
} Sweep;

/* The invitees of one event are asked for. */
typedef struct
{
  GTask *task;
  TptSweepBatch *batch;
  TptMeeting *meeting;
  gint64 asked_at;         /* monotonic, µs */
} Job;

static void collection_init (TptCollectionInterface *interface);
static void step (GTask *task);

G_DEFINE_FINAL_TYPE_WITH_CODE (TptScheduledEvents, tpt_scheduled_events, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_COLLECTION, collection_init))

static void
job_free (Job *job)
{
  g_object_unref (job->task);
  g_object_unref (job->meeting);
  g_free (job);
}

static void
sweep_free (Sweep *sweep)
{
  g_cancellable_disconnect (sweep->outer, sweep->outer_id);
  g_clear_object (&sweep->outer);
  g_clear_object (&sweep->pages);
  g_object_unref (sweep->cancellable);
  g_queue_clear_full (&sweep->jobs, (GDestroyNotify) job_free);
  g_queue_clear_full (&sweep->batches, (GDestroyNotify) tpt_sweep_batch_free);
  g_clear_pointer (&sweep->writing, tpt_sweep_group_free);
  g_clear_error (&sweep->error);
  g_free (sweep);
}

/* The first error ends the sweep; what is under way is called off and waited for. */
static void
fail (Sweep  *sweep,
      GError *error)
{
  if (sweep->error == NULL)
    sweep->error = g_steal_pointer (&error);
  g_clear_error (&error);
  g_queue_clear_full (&sweep->jobs, (GDestroyNotify) job_free);
  g_cancellable_cancel (sweep->cancellable);
}

static void
apply_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sweep *sweep = g_task_get_task_data (task);
  TptApplyCounts counts[] = { { 0 }, { 0 } };
  GError *error = NULL;
  gboolean applied = tpt_apply_run_finish (TPT_APPLY (source), result, &counts[0], &error);

  sweep->under_way--;
  sweep->is_unwritable |= !applied;
  if (!applied)
    fail (sweep, error);
  /* What was done is that of all of them together. */
  for (guint i = 0; applied && i < sweep->writing->batches->len; i++)
    tpt_sweep_batch_report (g_ptr_array_index (sweep->writing->batches, i), &counts[i > 0],
                            sweep->pull);
  g_clear_pointer (&sweep->writing, tpt_sweep_group_free);
  step (task);
}

/* What is complete is written whatever became of the rest: nothing here is to be called off. */
static void
write_group (GTask *task,
             guint  count)
{
  TptScheduledEvents *self = g_task_get_source_object (task);
  Sweep *sweep = g_task_get_task_data (task);

  sweep->writing = tpt_sweep_group_new (&sweep->batches, count);
  sweep->written_at = g_get_monotonic_time ();
  sweep->under_way++;
  tpt_apply_run_async (self->apply, sweep->writing->meetings, tpt_sweep_group_note, sweep->writing,
                       NULL, NULL, apply_cb, g_object_ref (task));
}

static void
end_wait (Sweep *sweep)
{
  if (sweep->wait != NULL)
    g_source_destroy (sweep->wait);
  g_clear_pointer (&sweep->wait, g_source_unref);
}

static gboolean
waited_cb (gpointer user_data)
{
  GTask *task = user_data;

  end_wait (g_task_get_task_data (task));
  step (task);

  return G_SOURCE_REMOVE;
}

/* Whether the first @count pages wait for no others. */
static gboolean
is_due (Sweep *sweep,
        guint  count)
{
  gboolean none_follow = !sweep->is_paging && !tpt_event_pages_has_next (sweep->pages);

  return count >= MAX_GROUP || none_follow || sweep->error != NULL
         || g_get_monotonic_time () - sweep->written_at >= GROUP_WAIT;
}

/* The pages that came first, as far as they are complete. */
static void
write_ready (GTask *task)
{
  static const TptApplyCounts none = { 0 };
  Sweep *sweep = g_task_get_task_data (task);
  guint count = tpt_sweep_group_count (&sweep->batches);

  for (; count > 0 && !tpt_sweep_batch_has_news (g_queue_peek_head (&sweep->batches)); count--)
    {
      TptSweepBatch *batch = g_queue_pop_head (&sweep->batches);

      tpt_sweep_batch_report (batch, &none, sweep->pull);
      tpt_sweep_batch_free (batch);
    }
  if (count > 0 && is_due (sweep, count))
    write_group (task, MIN (count, MAX_GROUP));
  /* The next answer may be a long time coming: the limits may have to be waited for. */
  else if (count > 0 && sweep->wait == NULL)
    {
      sweep->wait = g_timeout_source_new (GROUP_WAIT / 1000);
      g_task_attach_source (task, sweep->wait, waited_cb);
    }
}

static void
note_pace (Sweep        *sweep,
           const Job    *job,
           TptApiClient *client)
{
  guint retries = tpt_api_client_get_retries (client);

  tpt_sweep_pace_answered (&sweep->pace, g_get_monotonic_time () - job->asked_at,
                           retries != sweep->retries);
  sweep->retries = retries;
}

static void
invitees_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Job *job = user_data;
  g_autoptr (GTask) task = g_object_ref (job->task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TptPage) page =
    tpt_invitee_client_list_finish (TPT_API_CLIENT (source), result, &error);
  TptScheduledEvents *self = g_task_get_source_object (task);
  Sweep *sweep = g_task_get_task_data (task);

  sweep->under_way--;
  sweep->fetching--;
  note_pace (sweep, job, TPT_API_CLIENT (source));
  tpt_refusals_note (self->refusals, sweep->pull->account, job->meeting->uri,
                     job->meeting->updated_at, sweep->pull->now, error);
  if (page != NULL)
    {
      sweep->failed = 0;
      tpt_sweep_batch_take (job->batch, job->meeting, page);
    }
  else if (tpt_pull_is_about_record (error, &sweep->failed))
    tpt_sweep_batch_set_aside (job->batch, job->meeting, error->message);
  else
    fail (sweep, g_steal_pointer (&error));
  job_free (job);
  step (task);
}

/* Whether nobody waits for the invitees of @meeting, which were refused a moment ago, and it can be
 * read where people look that they are missing: what was refused while a sweep failed cannot. */
static gboolean
may_skip (TptScheduledEvents *self,
          const TptPull      *pull,
          TptMeeting         *meeting)
{
  return pull->is_routine && pull->suspects == NULL && pull->aside != NULL
         && g_hash_table_contains (pull->aside, meeting->uri)
         && tpt_refusals_stands (self->refusals, pull->account, meeting->uri, meeting->updated_at,
                                 pull->now);
}

static void
compare_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Job *job = user_data;
  g_autoptr (GTask) task = g_object_ref (job->task);
  TptScheduledEvents *self = g_task_get_source_object (task);
  Sweep *sweep = g_task_get_task_data (task);
  TptSweepBatch *batch = job->batch;
  GError *error = NULL;

  sweep->under_way--;
  g_object_unref (job->task);
  g_free (job);
  batch->is_compared = tpt_store_transact_finish (TPT_STORE (source), result, &error);
  if (!batch->is_compared)
    fail (sweep, error);
  for (guint i = batch->wanting->len; sweep->error == NULL && i > 0; i--)
    {
      TptMeeting *meeting = g_ptr_array_index (batch->wanting, i - 1);
      Job *fetch;

      if (may_skip (self, sweep->pull, meeting))
        {
          tpt_sweep_batch_skip (batch, meeting);
          continue;
        }
      fetch = g_new0 (Job, 1);
      fetch->task = g_object_ref (task);
      fetch->batch = batch;
      fetch->meeting = g_object_ref (meeting);
      g_queue_push_tail (&sweep->jobs, fetch);
    }
  step (task);
}

/* What cannot be read is there all the same. */
static void
note_listed (TptPull *pull,
             TptPage *page)
{
  for (guint i = 0; i < page->items->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (page->items, i);

      g_hash_table_remove (pull->unseen, meeting->uri);
      if (meeting->start >= pull->now)
        g_hash_table_add (pull->listed, g_strdup (meeting->uri));
    }
  for (guint i = 0; i < page->failures->len; i++)
    {
      const TptRecordFailure *failure = g_ptr_array_index (page->failures, i);

      g_hash_table_remove (pull->unseen, failure->uri);
      g_hash_table_add (pull->listed, g_strdup (failure->uri));
    }
}

static void
page_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptScheduledEvents *self = g_task_get_source_object (task);
  Sweep *sweep = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TptPage) page = tpt_event_pages_next_finish (TPT_EVENT_PAGES (source), result, &error);
  Job *job;

  sweep->under_way--;
  sweep->is_paging = FALSE;
  if (page == NULL)
    {
      fail (sweep, error);
      step (task);
      return;
    }

  note_listed (sweep->pull, page);
  job = g_new0 (Job, 1);
  job->task = g_object_ref (task);
  job->batch = tpt_sweep_batch_new (page, sweep->pull, sweep->seen_at);
  g_queue_push_tail (&sweep->batches, job->batch);
  sweep->under_way++;
  tpt_store_transact_async (self->store, tpt_sweep_batch_compare, job->batch, NULL,
                            sweep->cancellable, compare_cb, job);
  step (task);
}

static gboolean
may_page (Sweep *sweep)
{
  guint held = sweep->batches.length;
  guint ahead = held - tpt_sweep_group_count (&sweep->batches);

  if (sweep->writing != NULL)
    held += sweep->writing->batches->len;

  return !sweep->is_paging && held < MAX_BATCHES && ahead < MAX_AHEAD
         && tpt_event_pages_has_next (sweep->pages);
}

static void
ask (GTask *task)
{
  TptScheduledEvents *self = g_task_get_source_object (task);
  Sweep *sweep = g_task_get_task_data (task);

  if (may_page (sweep))
    {
      sweep->is_paging = TRUE;
      sweep->under_way++;
      sweep->seen_at = tpt_apply_look (self->apply);
      tpt_event_pages_next_async (sweep->pages, sweep->cancellable, page_cb, g_object_ref (task));
    }
  while (sweep->fetching + sweep->is_paging < sweep->pace.width && !g_queue_is_empty (&sweep->jobs))
    {
      Job *job = g_queue_pop_head (&sweep->jobs);

      sweep->fetching++;
      sweep->under_way++;
      job->asked_at = g_get_monotonic_time ();
      tpt_invitee_client_list_async (self->client, job->meeting->uri, sweep->cancellable,
                                     invitees_cb, job);
    }
}

/* Does whatever can be done now. */
static void
step (GTask *task)
{
  Sweep *sweep = g_task_get_task_data (task);

  if (!sweep->is_unwritable && sweep->writing == NULL)
    write_ready (task);
  if (sweep->error == NULL)
    ask (task);
  if (sweep->under_way > 0)
    return;

  end_wait (sweep);
  if (sweep->error != NULL)
    g_task_return_error (task, g_steal_pointer (&sweep->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
canceled_cb (GCancellable *outer,
             gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static void
tpt_scheduled_events_pull_async (TptCollection       *collection,
                                 TptPull             *pull,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  TptScheduledEvents *self = TPT_SCHEDULED_EVENTS (collection);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Sweep *sweep = g_new0 (Sweep, 1);

  sweep->pull = pull;
  tpt_sweep_pace_init (&sweep->pace);
  sweep->retries = tpt_api_client_get_retries (self->client);
  sweep->cancellable = g_cancellable_new ();
  sweep->pages = tpt_event_pages_new (self->client, self->store,
                                      tpt_apply_get_matcher (self->apply), self->view, pull);
  g_task_set_source_tag (task, tpt_scheduled_events_pull_async);
  g_task_set_task_data (task, sweep, (GDestroyNotify) sweep_free);
  if (cancellable != NULL)
    {
      sweep->outer = g_object_ref (cancellable);
      sweep->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (canceled_cb),
                                               g_object_ref (sweep->cancellable), g_object_unref);
    }
  step (task);
}

static gboolean
tpt_scheduled_events_pull_finish (TptCollection  *collection,
                                  GAsyncResult   *result,
                                  GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
collection_init (TptCollectionInterface *interface)
{
  interface->pull_async = tpt_scheduled_events_pull_async;
  interface->pull_finish = tpt_scheduled_events_pull_finish;
}

static void
tpt_scheduled_events_finalize (GObject *object)
{
  TptScheduledEvents *self = TPT_SCHEDULED_EVENTS (object);

  g_object_unref (self->client);
  g_object_unref (self->store);
  g_object_unref (self->apply);
  g_object_unref (self->view);
  tpt_refusals_free (self->refusals);

  G_OBJECT_CLASS (tpt_scheduled_events_parent_class)->finalize (object);
}

static void
tpt_scheduled_events_class_init (TptScheduledEventsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_scheduled_events_finalize;
}

static void
tpt_scheduled_events_init (TptScheduledEvents *self)
{
  self->refusals = tpt_refusals_new ();
}

TptCollection *
tpt_scheduled_events_new (TptApiClient        *client,
                          TptStore            *store,
                          TptApply            *apply,
                          TptOrganizationView *view)
{
  TptScheduledEvents *self = g_object_new (TPT_TYPE_SCHEDULED_EVENTS, NULL);

  self->client = g_object_ref (client);
  self->store = g_object_ref (store);
  self->apply = g_object_ref (apply);
  self->view = g_object_ref (view);

  return TPT_COLLECTION (self);
}

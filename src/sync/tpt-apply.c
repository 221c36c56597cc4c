/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-apply.h"

#include "tpt-chain.h"
#include "tpt-invitees-table.h"
#include "tpt-ledger.h"
#include "tpt-meetings-table.h"
#include "tpt-merge.h"
#include "tpt-session.h"
#include "tpt-settings-table.h"

/* The latest time of anything seen. */
#define NEWEST "sync.newest"

struct _TptApply
{
  GObject parent_instance;

  /* owned */
  TptStore *store;
  TptMatcher *matcher;
  GMutex mutex;
  TptTime newest;          /* guarded by mutex */
};

typedef struct
{
  GPtrArray *meetings;
  TptApplyFunc also;
  gpointer also_data;
  GDestroyNotify also_free;
  TptApply *apply;
  TptApplyCounts counts;
} Run;

/* What one event's fact does. */
typedef struct
{
  TptApply *apply;
  TptSession *session;
  TptSource source;
  GPtrArray *touched;      /* (element-type TptInvitee) */
  TptMeeting *meeting;     /* as it is stored now */
  gboolean changed;
  gboolean stale;
} Deed;

G_DEFINE_FINAL_TYPE (TptApply, tpt_apply, G_TYPE_OBJECT)

static void
run_free (Run *run)
{
  g_ptr_array_unref (run->meetings);
  if (run->also_free != NULL)
    run->also_free (run->also_data);
  g_object_unref (run->apply);
  g_free (run);
}

/* Most events are heard of once, with those who are in them. Not so what is in a chain: there a
 * customer can be inherited. */
static void
describe (Deed       *deed,
          TptMeeting *merged,
          guint       first)
{
  gint64 last = 0;

  for (guint i = first; i < deed->touched->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (deed->touched, i);

      if (invitee->old_invitee != NULL || invitee->new_invitee != NULL || invitee->id <= last)
        return;
      last = invitee->id;
    }
  tpt_session_describe (deed->session, merged, deed->touched, first);
}

/* Whether @fact tells of a time before @stored and would have said something else. */
static gboolean
is_stale (TptInvitee *stored,
          TptInvitee *fact,
          TptInvitee *merged)
{
  return (fact->updated_at < stored->updated_at || fact->seen_at < stored->seen_at)
         && (g_strcmp0 (fact->no_show_uri, merged->no_show_uri) != 0
             || fact->canceled != merged->canceled);
}

static gboolean
apply_invitee (Deed        *deed,
               TptMeeting  *stored_meeting,
               TptInvitee  *fact,
               GError     **error)
{
  gint64 meeting = g_strcmp0 (fact->event, deed->meeting->uri) == 0 ? deed->meeting->id : 0;
  TptInvitee *stored =
    stored_meeting != NULL ? tpt_invitee_find (stored_meeting->invitees, fact->uri) : NULL;
  g_autoptr (TptInvitee) merged = tpt_merge_invitee (stored != NULL ? stored : fact, fact);
  gboolean same;

  if (!tpt_chain_join (deed->session, merged, error)
      || !tpt_matcher_apply (deed->apply->matcher, deed->session, merged, error))
    return FALSE;

  same = stored != NULL && tpt_merge_invitee_is_same (stored, merged);
  deed->stale |= stored != NULL && is_stale (stored, fact, merged);
  deed->changed |= !same;
  if (same && merged->seen_at == stored->seen_at)
    return TRUE;
  if (!tpt_invitees_table_save_joined (deed->session, merged, meeting, error)
      || !tpt_matcher_inherit (deed->apply->matcher, deed->session, merged, error))
    return FALSE;
  if (!same)
    g_ptr_array_add (deed->touched, g_object_ref (merged));

  return TRUE;
}

/* Which link a booking may have come through depends on the event's type as well, and that can be
 * heard of later than the booking. */
static void
touch_stored (Deed       *deed,
              TptMeeting *stored,
              TptMeeting *merged)
{
  if (stored == NULL || g_strcmp0 (stored->event_type, merged->event_type) == 0)
    return;
  for (guint i = 0; i < stored->invitees->len; i++)
    g_ptr_array_add (deed->touched, g_object_ref (g_ptr_array_index (stored->invitees, i)));
}

static gboolean
apply_meeting (Deed        *deed,
               TptMeeting  *fact,
               gboolean    *created,
               GError     **error)
{
  g_autoptr (TptMeeting) stored = NULL;
  g_autoptr (TptMeeting) merged = NULL;
  guint first = deed->touched->len;

  if (!tpt_meetings_table_find (deed->session, fact->uri, &stored, error))
    return FALSE;
  *created = stored == NULL;
  merged = tpt_merge_meeting (stored != NULL ? stored : fact, fact);
  deed->changed = stored == NULL || !tpt_merge_meeting_is_same (stored, merged);
  if (deed->changed
      && !tpt_meetings_table_save_at (deed->session, merged, stored != NULL ? stored->id : 0,
                                      error))
    return FALSE;
  deed->meeting = merged;
  touch_stored (deed, stored, merged);

  for (guint i = 0; i < fact->invitees->len; i++)
    {
      if (!apply_invitee (deed, stored, g_ptr_array_index (fact->invitees, i), error))
        return FALSE;
    }
  if (*created)
    describe (deed, merged, first);

  return TRUE;
}

/* Remembers that something was seen at @time, across a restart, too: the clock may be behind it
 * then. What another transaction wrote of it may have been rolled back, so the record is asked. */
static gboolean
note_seen (TptApply    *self,
           TptSession  *session,
           TptTime      time,
           GError     **error)
{
  gint64 newest;

  g_mutex_lock (&self->mutex);
  self->newest = MAX (self->newest, time);
  g_mutex_unlock (&self->mutex);
  if (!tpt_settings_table_get_int (session, NEWEST, &newest, error))
    return FALSE;

  return time <= newest || tpt_settings_table_set_int (session, NEWEST, time, error);
}

static gboolean
run_func (TptSession  *session,
          gpointer     user_data,
          GError     **error)
{
  Run *run = user_data;

  run->counts = (TptApplyCounts) { 0 };

  return tpt_apply_facts (run->apply, session, run->meetings, &run->counts, error)
         && (run->also == NULL || run->also (session, &run->counts, run->also_data, error));
}

static void
transact_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
tpt_apply_finalize (GObject *object)
{
  TptApply *self = TPT_APPLY (object);

  g_object_unref (self->store);
  g_object_unref (self->matcher);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (tpt_apply_parent_class)->finalize (object);
}

static void
tpt_apply_class_init (TptApplyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_apply_finalize;
}

static void
tpt_apply_init (TptApply *self)
{
  g_mutex_init (&self->mutex);
}

TptApply *
tpt_apply_new (TptStore   *store,
               TptMatcher *matcher)
{
  TptApply *self = g_object_new (TPT_TYPE_APPLY, NULL);

  self->store = g_object_ref (store);
  self->matcher = g_object_ref (matcher);

  return self;
}

/* The matcher that facts go through. */
TptMatcher *
tpt_apply_get_matcher (TptApply *self)
{
  return self->matcher;
}

/* A #TptStoreFunc, to be run before @apply is used: what was seen may be ahead of the clock. */
gboolean
tpt_apply_load (TptSession  *session,
                gpointer     apply,
                GError     **error)
{
  TptApply *self = apply;
  gint64 newest = 0;

  if (!tpt_settings_table_get_int (session, NEWEST, &newest, error))
    return FALSE;
  g_mutex_lock (&self->mutex);
  self->newest = MAX (self->newest, newest);
  g_mutex_unlock (&self->mutex);

  return TRUE;
}

/**
 * tpt_apply_look:
 *
 * Returns: the time to stamp the answer of a request with that is about to be sent: later than
 *   anything seen so far, even where the service's clock is ahead of ours
 */
TptTime
tpt_apply_look (TptApply *self)
{
  TptTime now = tpt_clock_now (tpt_store_get_clock (self->store));

  g_mutex_lock (&self->mutex);
  self->newest = now = MAX (now, self->newest + 1);
  g_mutex_unlock (&self->mutex);

  return now;
}

/**
 * tpt_apply_stamp:
 * @seen_at: as of when @meeting and its invitees are so
 *
 * To be called once for each fact before it is applied.
 */
void
tpt_apply_stamp (TptMeeting *meeting,
                 TptSource   source,
                 TptTime     seen_at)
{
  meeting->source = source;
  meeting->first_synced_at = seen_at;
  meeting->last_synced_at = seen_at;
  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (meeting->invitees, i);

      invitee->seen_at = seen_at;
    }
}

/**
 * tpt_apply_facts:
 * @meetings: (element-type TptMeeting): events, each with those of its invitees that are known
 * @counts: added to
 *
 * On the store's thread: merges each fact into what is stored, finds its customer, and keeps chains
 * and ledger true. What says nothing new is not written.
 */
gboolean
tpt_apply_facts (TptApply        *self,
                 TptSession      *session,
                 GPtrArray       *meetings,
                 TptApplyCounts  *counts,
                 GError         **error)
{
  g_autoptr (GPtrArray) touched = g_ptr_array_new_with_free_func (g_object_unref);
  TptTime newest = TPT_TIME_NONE;

  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *fact = g_ptr_array_index (meetings, i);
      Deed deed = { self, session, fact->source, touched, NULL, FALSE, FALSE };
      gboolean created;

      if (!apply_meeting (&deed, fact, &created, error))
        return FALSE;
      /* A long transaction must not keep who waits for this core: the main loop, the service. */
      g_thread_yield ();
      newest = MAX (newest, fact->last_synced_at);
      counts->stale += deed.stale;
      if (created)
        counts->created++;
      else if (deed.changed)
        counts->updated++;
      else
        counts->unchanged++;
    }

  return tpt_ledger_update (session, touched, error)
         && note_seen (self, session, newest, error);
}

/**
 * tpt_apply_run_async:
 * @meetings: (element-type TptMeeting): as tpt_apply_facts ()
 * @also: (nullable): runs in the same transaction, after the facts
 */
void
tpt_apply_run_async (TptApply            *self,
                     GPtrArray           *meetings,
                     TptApplyFunc         also,
                     gpointer             also_data,
                     GDestroyNotify       also_free,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  run->meetings = g_ptr_array_ref (meetings);
  run->also = also;
  run->also_data = also_data;
  run->also_free = also_free;
  run->apply = g_object_ref (self);
  g_task_set_source_tag (task, tpt_apply_run_async);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  tpt_store_transact_async (self->store, run_func, run, NULL, cancellable, transact_cb, task);
}

/* @counts: (out) (optional) */
gboolean
tpt_apply_run_finish (TptApply        *self,
                      GAsyncResult    *result,
                      TptApplyCounts  *counts,
                      GError         **error)
{
  Run *run;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  run = g_task_get_task_data (G_TASK (result));
  if (counts != NULL)
    *counts = run->counts;

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sweep-batch.h"

#include "tpt-import-place.h"
#include "tpt-import-tally.h"
#include "tpt-meeting-digest.h"
#include "tpt-meetings-table.h"
#include "tpt-merge.h"
#include "tpt-missed-tally.h"
#include "tpt-record-label.h"
#include "tpt-set-aside-table.h"
#include "tpt-settings-table.h"

/* A no-show mark may not touch the event, so events are looked into again for a while. */
#define MARKED_UNTIL (72 * TPT_HOUR)

/* What was seen so much after the beginning of a sync was seen while the clock was ahead. What is
 * less may have been seen by the sync itself. */
#define AHEAD TPT_HOUR

/* A delivery takes seconds; one that the service has to try again is on its way for longer. */
#define DELIVERED_WITHIN (2 * TPT_MINUTE)

/* Whether an earlier run of the same import has told of it already. */
static gboolean
is_counted (TptSweepBatch *self,
            const char    *uri)
{
  return self->counted != NULL && g_hash_table_contains (self->counted, uri);
}

/* Whether it was set aside, of which nobody knows how it was told of. */
static gboolean
is_suspect (TptSweepBatch *self,
            TptMeeting    *meeting)
{
  return self->suspects != NULL && g_hash_table_contains (self->suspects, meeting->uri);
}

static void
add_failure (TptSweepBatch *self,
             const char    *uri,
             const char    *reason,
             const char    *label)
{
  TptRecordFailure *failure;

  if (is_counted (self, uri))
    return;

  failure = g_new0 (TptRecordFailure, 1);
  failure->uri = g_strdup (uri);
  failure->reason = g_strdup (reason);
  failure->label = g_strdup (label);
  g_ptr_array_add (self->failures, failure);
}

static void
failure_free (TptRecordFailure *failure)
{
  g_free (failure->uri);
  g_free (failure->reason);
  g_free (failure->label);
  g_free (failure);
}

/* The sweep has come to @meeting. */
static void
reach (TptSweepBatch *self,
       TptMeeting    *meeting)
{
  gboolean is_further = self->reached == TPT_TIME_NONE
                        || (self->kind == TPT_SWEEP_PAST ? meeting->start < self->reached
                                                         : meeting->start > self->reached);

  if (self->first == TPT_TIME_NONE)
    self->first = meeting->start;
  if (is_further)
    {
      self->reached = meeting->start;
      g_string_truncate (self->edge, 0);
    }
  if (meeting->start != self->reached)
    return;
  if (self->edge->len > 0)
    g_string_append_c (self->edge, ' ');
  g_string_append (self->edge, meeting->uri);
}

/**
 * tpt_sweep_batch_new:
 * @page: of TptMeeting
 * @pull: for which it was asked for
 * @seen_at: tpt_apply_look () of the request
 */
TptSweepBatch *
tpt_sweep_batch_new (TptPage       *page,
                     const TptPull *pull,
                     TptTime        seen_at)
{
  TptSweepBatch *self = g_new0 (TptSweepBatch, 1);

  self->meetings = g_ptr_array_new_with_free_func (g_object_unref);
  self->wanting = g_ptr_array_new_with_free_func (g_object_unref);
  self->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) failure_free);
  self->edge = g_string_new (NULL);
  self->kind = pull->plan.kind;
  self->seen_at = seen_at;
  self->now = pull->now;
  self->begun = pull->begun;
  self->looks_ahead = pull->looks_ahead;
  self->suspects = pull->suspects;
  self->counted = pull->counted;
  self->before = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->missed = pull->missed;
  self->is_told = pull->live_since != TPT_TIME_NONE && self->kind != TPT_SWEEP_IMPORT;
  self->told = (TptTimeRange) { pull->live_since, pull->now - DELIVERED_WITHIN };
  for (guint i = 0; i < page->items->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (page->items, i);

      g_ptr_array_add (self->meetings, g_object_ref (meeting));
      meeting->last_synced_at = seen_at;
      reach (self, meeting);
    }
  for (guint i = 0; i < page->failures->len; i++)
    {
      const TptRecordFailure *failure = g_ptr_array_index (page->failures, i);

      add_failure (self, failure->uri, failure->reason, failure->label);
    }

  return self;
}

void
tpt_sweep_batch_free (TptSweepBatch *self)
{
  g_ptr_array_unref (self->meetings);
  g_ptr_array_unref (self->wanting);
  g_ptr_array_unref (self->failures);
  g_string_free (self->edge, TRUE);
  g_hash_table_unref (self->before);
  g_free (self);
}

static gboolean
may_be_marked (TptMeeting *fact,
               TptTime     now)
{
  return fact->end <= now && now - fact->end <= MARKED_UNTIL;
}

/* Whether the bookings that are known are as many as @fact counts, and as many of them stand. One
 * that was only concluded to be replaced does not say who did it, and when. */
static gboolean
adds_up (TptMeeting *fact,
         TptMeeting *stored)
{
  int active = 0;

  for (guint i = 0; i < stored->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (stored->invitees, i);

      if (invitee->canceled && invitee->canceled_at == TPT_TIME_NONE)
        return FALSE;
      active += !invitee->canceled;
    }

  return (int) stored->invitees->len >= fact->invitees_total && active <= fact->invitees_active;
}

/* A webhook counts all bookings of an event and tells of one. So the event seems to be known as it
 * is, although what another webhook had to tell of it never came. Whether that was so is asked
 * once: whoever has looked has seen somebody later than the webhook. */
static gboolean
is_half_told (TptMeeting *fact,
              TptMeeting *stored)
{
  if (stored->source != TPT_SOURCE_WEBHOOK || fact->invitees_total == 0)
    return FALSE;
  for (guint i = 0; i < stored->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (stored->invitees, i);

      if (invitee->seen_at > stored->last_synced_at)
        return FALSE;
    }

  return !adds_up (fact, stored);
}

/**
 * tpt_sweep_batch_needs_invitees:
 * @fact: an event as the service has just told it
 * @stored: (nullable): the same as it is known, with its invitees
 * @looks_ahead: whether it is time to look again at what seems to have been seen after @now
 *
 * There is no "changed since" for invitees: they are asked for where the event says that something
 * happened, where some are missing, and while a no-show mark can be expected.
 */
gboolean
tpt_sweep_batch_needs_invitees (TptMeeting *fact,
                                TptMeeting *stored,
                                TptTime     now,
                                gboolean    looks_ahead)
{
  g_autoptr (TptMeeting) merged = NULL;
  TptTime seen_at;
  gboolean is_time;

  if (stored == NULL)
    return TRUE;
  merged = tpt_merge_meeting (stored, fact);
  if (!tpt_merge_meeting_is_same (stored, merged))
    return TRUE;

  seen_at = stored->invitees->len == 0 ? stored->last_synced_at : G_MAXINT64;
  for (guint i = 0; i < stored->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (stored->invitees, i);

      seen_at = MIN (seen_at, invitee->seen_at);
    }

  is_time = seen_at - now > AHEAD ? looks_ahead : now - seen_at >= TPT_LOOK_AGAIN;
  /* Where nobody comes of asking, that is known by the end of the hour. */
  if (is_half_told (fact, stored) && (is_time || now - stored->last_synced_at < TPT_HOUR))
    return TRUE;

  return (may_be_marked (fact, now) || (int) stored->invitees->len < fact->invitees_total)
         && is_time;
}

/* Most events are as they were the last time, which is seen without reading what is stored. An
 * import that goes on does not look again at what it has told of. */
static gboolean
compare (TptSweepBatch  *self,
         TptSession     *session,
         TptMeeting     *fact,
         gboolean       *is_wanted,
         GError        **error)
{
  g_autoptr (TptMeeting) stored = NULL;
  gboolean is_same;
  gint64 row;

  *is_wanted = is_suspect (self, fact) && !is_counted (self, fact->uri);
  if (*is_wanted || is_counted (self, fact->uri))
    return TRUE;
  if (!tpt_meeting_digest_find (session, fact, &row, &is_same, error))
    return FALSE;
  *is_wanted = row == 0;
  if (*is_wanted || (is_same && !may_be_marked (fact, self->now)))
    return TRUE;
  if (!tpt_meetings_table_load (session, row, &stored, error))
    return FALSE;
  *is_wanted = tpt_sweep_batch_needs_invitees (fact, stored, self->now, self->looks_ahead);
  if (*is_wanted && self->is_told)
    g_hash_table_insert (self->before, fact, g_steal_pointer (&stored));

  return *is_wanted
         || tpt_meeting_digest_note (session, row, tpt_meeting_digest_make (session, fact), error);
}

/**
 * tpt_sweep_batch_compare:
 * @batch: a #TptSweepBatch
 *
 * A #TptStoreFunc: leaves only those events in the batch that have something new to tell or whose
 * invitees have to be asked for.
 */
gboolean
tpt_sweep_batch_compare (TptSession  *session,
                         gpointer     batch,
                         GError     **error)
{
  TptSweepBatch *self = batch;

  for (guint i = self->meetings->len; i > 0; i--)
    {
      TptMeeting *fact = g_ptr_array_index (self->meetings, i - 1);
      gboolean is_wanted;

      if (!compare (self, session, fact, &is_wanted, error))
        return FALSE;
      if (is_wanted)
        g_ptr_array_add (self->wanting, g_object_ref (fact));
      else
        {
          self->unchanged += !is_counted (self, fact->uri);
          g_ptr_array_remove_index (self->meetings, i - 1);
        }
    }
  self->waiting = self->wanting->len;

  return TRUE;
}

static char *
make_label (TptMeeting *meeting)
{
  g_autofree char *start = tpt_time_format (meeting->start);

  return tpt_record_label_make (meeting->name, start);
}

/* @meeting cannot be taken this time; the rest of the page can. */
void
tpt_sweep_batch_set_aside (TptSweepBatch *self,
                           TptMeeting    *meeting,
                           const char    *reason)
{
  g_autofree char *label = make_label (meeting);

  self->waiting--;
  add_failure (self, meeting->uri, reason, label);
  g_ptr_array_remove (self->meetings, meeting);
}

/* @meeting is left as it was set aside before. */
void
tpt_sweep_batch_skip (TptSweepBatch *self,
                      TptMeeting    *meeting)
{
  self->waiting--;
  g_ptr_array_remove (self->meetings, meeting);
}

/* Takes the invitees of @meeting; those that could not be read are set aside. */
void
tpt_sweep_batch_take (TptSweepBatch *self,
                      TptMeeting    *meeting,
                      TptPage       *invitees)
{
  self->waiting--;
  for (guint i = 0; i < invitees->items->len; i++)
    g_ptr_array_add (meeting->invitees, g_object_ref (g_ptr_array_index (invitees->items, i)));
  for (guint i = 0; i < invitees->failures->len; i++)
    {
      const TptRecordFailure *failure = g_ptr_array_index (invitees->failures, i);
      g_autofree char *label = make_label (meeting);

      /* Where the next look has to be, whatever such a record calls itself. */
      add_failure (self,
                   g_str_has_prefix (failure->uri, meeting->uri) ? failure->uri : meeting->uri,
                   failure->reason, label);
    }
  if (self->is_told && !is_suspect (self, meeting))
    self->n_missed += tpt_missed_tally_find (g_hash_table_lookup (self->before, meeting), meeting,
                                             &self->told, self->missed);
}

static gboolean
keeps_place (TptSweepBatch *self)
{
  return self->kind != TPT_SWEEP_NEAR && self->kind != TPT_SWEEP_FULL
         && self->reached != TPT_TIME_NONE;
}

/* Whether there is anything to write. */
gboolean
tpt_sweep_batch_has_news (TptSweepBatch *self)
{
  return self->meetings->len > 0 || self->failures->len > 0 || keeps_place (self);
}

/* What was set aside before of a meeting that could be read now with all its bookings, those that
 * it has no more included. Most of the time nothing is set aside at all. */
static gboolean
forget_failures (TptSession     *session,
                 TptSweepBatch  *self,
                 GError        **error)
{
  gboolean is_empty;

  if (!tpt_set_aside_table_is_empty (session, &is_empty, error))
    return FALSE;
  for (guint i = 0; !is_empty && i < self->meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (self->meetings, i);

      if (!tpt_set_aside_table_remove_meeting (session, meeting->uri, error))
        return FALSE;
    }

  return TRUE;
}

/* How far a sweep of everything has come. It goes back first: a place ahead is of one before. */
static gboolean
save_place (TptSession     *session,
            TptSweepBatch  *self,
            GError        **error)
{
  gboolean is_past = self->kind == TPT_SWEEP_PAST;
  TptTime ahead = is_past ? TPT_TIME_NONE : self->reached;

  if (is_past && !tpt_settings_table_set_int (session, TPT_SETTING_REACHED, self->reached, error))
    return FALSE;

  return tpt_settings_table_set_int (session, TPT_SETTING_REACHED_AHEAD, ahead, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_REACHED_AT, self->begun, error);
}

/**
 * tpt_sweep_batch_report:
 * @counts: what was done with the page, when it was written
 *
 * Tells it to whom @pull is for.
 */
void
tpt_sweep_batch_report (TptSweepBatch        *self,
                        const TptApplyCounts *counts,
                        TptPull              *pull)
{
  TptSyncReport *report = pull->report;
  TptSyncProgress progress;

  report->created += counts->created;
  report->updated += counts->updated;
  report->unchanged += counts->unchanged + self->unchanged;
  report->synced = report->created + report->updated + report->unchanged;
  for (guint i = 0; i < self->failures->len; i++)
    {
      const TptRecordFailure *failure = g_ptr_array_index (self->failures, i);

      tpt_sync_report_add_failure (report, failure->uri, failure->reason);
    }

  if (pull->progress == NULL || self->reached == TPT_TIME_NONE)
    return;
  /* Of days without a first one, that of what has come is known now. */
  if (pull->plan.begin == TPT_TIME_NONE)
    pull->plan.begin = self->first;
  progress.fraction = tpt_sync_plan_get_fraction (&pull->plan, self->reached, pull->now);
  progress.reached = self->reached;
  progress.synced = report->synced;
  progress.created = report->created;
  progress.updated = report->updated;
  progress.failed = report->failed->len;
  pull->progress (&progress, pull->progress_data);
}

/**
 * tpt_sweep_batch_note:
 * @batch: a #TptSweepBatch
 *
 * A #TptApplyFunc: notes what was set aside, what the relay had not told, how far the sweep has
 * come and, of an import, what it did.
 */
gboolean
tpt_sweep_batch_note (TptSession            *session,
                      const TptApplyCounts  *counts,
                      gpointer               batch,
                      GError               **error)
{
  TptSweepBatch *self = batch;

  if (!forget_failures (session, self, error))
    return FALSE;
  for (guint i = 0; i < self->failures->len; i++)
    {
      const TptRecordFailure *failure = g_ptr_array_index (self->failures, i);

      if (!tpt_set_aside_table_save (session, failure->uri, failure->reason, failure->label,
                                     error))
        return FALSE;
    }
  if (self->kind == TPT_SWEEP_IMPORT && !tpt_import_tally_add (session, self, counts, error))
    return FALSE;
  if (!tpt_missed_tally_add (session, self->n_missed, error))
    return FALSE;
  if (!keeps_place (self))
    return TRUE;

  if (self->kind == TPT_SWEEP_IMPORT)
    return tpt_import_place_save (session, self->reached, self->now, error);

  return save_place (session, self, error);
}

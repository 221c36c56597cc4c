/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sync-run.h"

#include "tpt-config.h"

#include <string.h>

#include "tpt-account-loader.h"
#include "tpt-event-types.h"
#include "tpt-gone-events.h"
#include "tpt-import-place.h"
#include "tpt-import-tally.h"
#include "tpt-set-aside-table.h"
#include "tpt-settings-table.h"

/* The version of this program that has tried to read everything. */
#define READ_BY "sync.read-by"

/* When what seems to be seen later than now was last looked into. After the clock had been ahead,
 * the time at which it was seen does not tell when that is due. */
#define LOOKED_AHEAD "sync.looked-ahead"

/* An import that was cut off goes on where it was for so long; then it begins anew. */
#define IMPORT_KEPT (7 * TPT_DAY)

struct _TptSyncRun
{
  GObject parent_instance;

  /* owned */
  TptStore *store;
  TptApiClient *client;
  TptCollection *event_types;
  TptCollection *events;
  TptCollection *unlisted;
  TptCollection *gone;
  TptUser *account;
  TptSyncReport *report;

  TptSyncOptions options;
  gboolean is_routine;
  TptPull pull;
  TptSyncHistory history;
  TptTime import_reached;
  gint64 event_types_at;
  TptTime last_sync;
  gint64 began;            /* monotonic, µs */
  guint requests;
  guint retries;
};

static void pull_events (GTask *task);

G_DEFINE_FINAL_TYPE (TptSyncRun, tpt_sync_run, G_TYPE_OBJECT)

static gboolean
is_fresh (TptSyncRun           *self,
          const TptImportPlace *place)
{
  return place->reached_at <= self->pull.now && self->pull.now - place->reached_at < IMPORT_KEPT;
}

/* Where the import of the range that was asked for goes on, if it was cut off. */
static gboolean
read_import (TptSession  *session,
             TptSyncRun  *self,
             GError     **error)
{
  const TptTimeRange *range = &self->options.range;
  TptImportPlace place;

  if (!tpt_sync_plan_is_import (range))
    return TRUE;
  if (!tpt_import_place_load (session, &place, error))
    return FALSE;
  if ((place.range.start != range->start || place.range.end != range->end)
      && !tpt_import_place_begin (session, range, &place, error))
    return FALSE;
  if (!is_fresh (self, &place))
    return tpt_import_place_begin (session, range, &place, error);

  self->import_reached = place.reached;
  g_clear_pointer (&self->pull.counted, g_hash_table_unref);
  self->pull.counted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return tpt_import_tally_load (session, self->report, self->pull.counted, error);
}

/* The event that a record which was set aside belongs to. */
static char *
dup_event (const char *uri)
{
  const char *invitee = strstr (uri, "/invitees/");

  if (strstr (uri, "/scheduled_events/") == NULL)
    return NULL;

  return invitee != NULL ? g_strndup (uri, (gsize) (invitee - uri)) : g_strdup (uri);
}

/* What could not be read is tried again by who asks for a sync, and by a newer version of this
 * program, which looks everywhere for it. */
static gboolean
read_suspects (TptSession  *session,
               TptSyncRun  *self,
               GError     **error)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *read_by = NULL;
  gboolean is_upgraded;

  if (!tpt_settings_table_get_text (session, READ_BY, &read_by, error)
      || !tpt_set_aside_table_list (session, &records, error))
    return FALSE;

  g_clear_pointer (&self->pull.aside, g_hash_table_unref);
  self->pull.aside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < records->len; i++)
    {
      const TptSetAside *record = g_ptr_array_index (records, i);
      char *event = dup_event (record->uri);

      if (event == NULL)
        continue;
      g_hash_table_add (self->pull.unseen, g_strdup (event));
      g_hash_table_add (self->pull.aside, event);
    }
  is_upgraded = g_strcmp0 (read_by, TPT_VERSION) != 0;
  if (self->is_routine && !is_upgraded)
    return TRUE;
  g_clear_pointer (&self->pull.suspects, g_hash_table_unref);
  self->pull.suspects = g_hash_table_ref (self->pull.aside);
  if (is_upgraded && g_hash_table_size (self->pull.suspects) > 0)
    self->history.full_at = TPT_TIME_NONE;

  return TRUE;
}

static gboolean
read_looked_ahead (TptSession  *session,
                   TptSyncRun  *self,
                   GError     **error)
{
  gint64 looked;

  if (!tpt_settings_table_get_int (session, LOOKED_AHEAD, &looked, error))
    return FALSE;
  self->pull.looks_ahead = looked > self->pull.now || self->pull.now - looked >= TPT_LOOK_AGAIN;

  return TRUE;
}

static gboolean
read_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  TptSyncRun *self = user_data;

  return tpt_settings_table_get_int (session, TPT_SETTING_FULL_AT, &self->history.full_at, error)
         && read_looked_ahead (session, self, error)
         && read_import (session, self, error)
         && read_suspects (session, self, error)
         && tpt_settings_table_get_int (session, TPT_SETTING_REACHED, &self->history.reached, error)
         && tpt_settings_table_get_int (session, TPT_SETTING_REACHED_AHEAD,
                                        &self->history.reached_ahead, error)
         && tpt_settings_table_get_int (session, TPT_SETTING_REACHED_AT, &self->history.reached_at,
                                        error)
         && tpt_settings_table_get_int (session, TPT_SETTING_EVENT_TYPES_AT,
                                        &self->event_types_at, error)
         && tpt_settings_table_get_int (session, TPT_SETTING_LAST_SYNC, &self->last_sync, error);
}

/* A sweep of a range that was asked for says nothing about the rest. */
static gboolean
note_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  TptSyncRun *self = user_data;

  if (!tpt_settings_table_set_int (session, TPT_SETTING_REFUSED, FALSE, error))
    return FALSE;
  if (self->pull.plan.kind == TPT_SWEEP_IMPORT)
    return tpt_import_place_end (session, error);
  self->last_sync = self->pull.now;
  if (!tpt_settings_table_set_int (session, TPT_SETTING_LAST_SYNC, self->pull.now, error)
      || (self->pull.looks_ahead
          && !tpt_settings_table_set_int (session, LOOKED_AHEAD, self->pull.now, error)))
    return FALSE;
  if (self->pull.plan.kind == TPT_SWEEP_NEAR)
    return TRUE;

  return tpt_settings_table_set_int (session, TPT_SETTING_FULL_AT, self->pull.begun, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_REACHED, 0, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_REACHED_AHEAD, 0, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_REACHED_AT, 0, error)
         && tpt_settings_table_set_text (session, READ_BY, TPT_VERSION, error);
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptSyncRun *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  self->report->requests = tpt_api_client_get_requests (self->client) - self->requests;
  self->report->retries = tpt_api_client_get_retries (self->client) - self->retries;
  self->report->duration_ms = (g_get_monotonic_time () - self->began) / 1000;
  g_task_return_pointer (task, g_steal_pointer (&self->report),
                         (GDestroyNotify) tpt_sync_report_free);
}

/* All of it is done by now: there is nothing left to call off. */
static void
note (GTask *task)
{
  TptSyncRun *self = g_task_get_source_object (task);

  g_task_set_check_cancellable (task, FALSE);
  tpt_store_transact_async (self->store, note_func, self, NULL, NULL, noted_cb,
                            g_object_ref (task));
}

static void
gone_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (tpt_collection_pull_finish (TPT_COLLECTION (source), result, &error))
    note (task);
  else
    g_task_return_error (task, error);
}

static void
unlisted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptSyncRun *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!tpt_collection_pull_finish (TPT_COLLECTION (source), result, &error))
    g_task_return_error (task, error);
  else if (tpt_sync_plan_go_on (&self->pull.plan, &self->history))
    pull_events (task);
  else if (self->pull.plan.kind == TPT_SWEEP_AHEAD)
    tpt_collection_pull_async (self->gone, &self->pull, g_task_get_cancellable (task), gone_cb,
                               g_object_ref (task));
  else
    note (task);
}

static void
events_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptSyncRun *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!tpt_collection_pull_finish (TPT_COLLECTION (source), result, &error))
    g_task_return_error (task, error);
  else
    tpt_collection_pull_async (self->unlisted, &self->pull, g_task_get_cancellable (task),
                               unlisted_cb, g_object_ref (task));
}

static void
pull_events (GTask *task)
{
  TptSyncRun *self = g_task_get_source_object (task);

  g_hash_table_remove_all (self->pull.listed);
  tpt_collection_pull_async (self->events, &self->pull, g_task_get_cancellable (task), events_cb,
                             g_object_ref (task));
}

/* A sign-in that may not see event types still sees meetings, and so does one to which the service
 * tells nonsense about them, or that it has a problem: whether it has one with everything shows at
 * once. One that is not there, or says nothing for a minute, is not asked for more. */
static gboolean
is_about_event_types (const GError *error)
{
  static const TptApiError codes[] = {
    TPT_API_ERROR_SCOPE,   TPT_API_ERROR_PERMISSION, TPT_API_ERROR_PLAN,
    TPT_API_ERROR_INVALID, TPT_API_ERROR_NOT_FOUND,  TPT_API_ERROR_EXTERNAL,
    TPT_API_ERROR_PROTOCOL,
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (g_error_matches (error, TPT_API_ERROR, (int) codes[i]))
        return TRUE;
    }

  return g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_UNAVAILABLE)
         && tpt_api_error_get_status (error) >= 500;
}

static void
event_types_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TptSyncRun *self = g_task_get_source_object (task);

  if (tpt_collection_pull_finish (TPT_COLLECTION (source), result, &error))
    {
      pull_events (task);
      return;
    }
  if (is_about_event_types (error))
    {
      tpt_sync_report_add_failure (self->report, "event_types", error->message);
      pull_events (task);
      return;
    }

  g_task_return_error (task, g_steal_pointer (&error));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptSyncRun *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  /* Who asks for everything gets what has changed behind that place, too. What is known by now
   * costs no more than its pages. */
  if (self->options.full)
    self->history.reached_at = TPT_TIME_NONE;
  self->pull.begun = tpt_sync_plan_get_begin (&self->history);
  /* Who looks for the first time was told of nothing before. */
  if (self->last_sync == TPT_TIME_NONE)
    self->pull.live_since = TPT_TIME_NONE;
  self->pull.plan = tpt_sync_plan_is_import (&self->options.range)
                      ? tpt_sync_plan_make_import (&self->options.range, self->import_reached)
                      : tpt_sync_plan_make (&self->history, self->options.full);
  if (!self->options.full && self->event_types_at != TPT_TIME_NONE
      && ABS (self->pull.now - self->event_types_at) < TPT_EVENT_TYPES_FRESH)
    pull_events (task);
  else
    tpt_collection_pull_async (self->event_types, &self->pull, g_task_get_cancellable (task),
                               event_types_cb, g_object_ref (task));
}

static void
tpt_sync_run_finalize (GObject *object)
{
  TptSyncRun *self = TPT_SYNC_RUN (object);

  g_object_unref (self->store);
  g_object_unref (self->client);
  g_object_unref (self->event_types);
  g_object_unref (self->events);
  g_object_unref (self->unlisted);
  g_object_unref (self->gone);
  g_object_unref (self->account);
  g_clear_pointer (&self->report, tpt_sync_report_free);
  g_clear_pointer (&self->pull.suspects, g_hash_table_unref);
  g_clear_pointer (&self->pull.aside, g_hash_table_unref);
  g_clear_pointer (&self->pull.counted, g_hash_table_unref);
  g_hash_table_unref (self->pull.listed);
  g_hash_table_unref (self->pull.unseen);
  g_hash_table_unref (self->pull.missed);

  G_OBJECT_CLASS (tpt_sync_run_parent_class)->finalize (object);
}

static void
tpt_sync_run_class_init (TptSyncRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_sync_run_finalize;
}

static void
tpt_sync_run_init (TptSyncRun *self)
{
  self->pull.listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pull.unseen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pull.missed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * tpt_sync_run_new:
 * @options: (nullable): what was asked for
 * @is_routine: nobody asked: what is fresh enough is left alone
 */
TptSyncRun *
tpt_sync_run_new (const TptSyncParts   *parts,
                  TptUser              *account,
                  const TptSyncOptions *options,
                  gboolean              is_routine,
                  TptPullProgressFunc   progress,
                  gpointer              progress_data)
{
  TptSyncRun *self = g_object_new (TPT_TYPE_SYNC_RUN, NULL);

  self->store = g_object_ref (parts->store);
  self->client = g_object_ref (parts->client);
  self->event_types = g_object_ref (parts->event_types);
  self->events = g_object_ref (parts->events);
  self->unlisted = g_object_ref (parts->unlisted);
  self->gone = tpt_gone_events_new (parts->client, parts->store);
  self->account = g_object_ref (account);
  self->report = tpt_sync_report_new ();
  self->is_routine = is_routine;
  if (options != NULL)
    self->options = *options;
  self->pull.account = self->account;
  self->pull.is_routine = is_routine;
  self->pull.now = tpt_clock_now (tpt_store_get_clock (self->store));
  self->pull.report = self->report;
  self->history.now = self->pull.now;
  self->pull.progress = progress;
  self->pull.progress_data = progress_data;

  return self;
}

/**
 * tpt_sync_run_set_live_since:
 * @live_since: from when on the relay has told of everything; TPT_TIME_NONE, as it is unless this
 *   is called: it has not
 *
 * What was made since and is found all the same counts as missed.
 */
void
tpt_sync_run_set_live_since (TptSyncRun *self,
                             TptTime     live_since)
{
  self->pull.live_since = live_since;
}

/* To be run once. Errors are those of the modules below. */
void
tpt_sync_run_async (TptSyncRun          *self,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_sync_run_async);
  self->began = g_get_monotonic_time ();
  self->requests = tpt_api_client_get_requests (self->client);
  self->retries = tpt_api_client_get_retries (self->client);
  tpt_store_transact_async (self->store, read_func, self, NULL, cancellable, read_cb, task);
}

/* Returns: (transfer full) */
TptSyncReport *
tpt_sync_run_finish (TptSyncRun    *self,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* When everything near was last looked at, this run included. */
TptTime
tpt_sync_run_get_last_sync (TptSyncRun *self)
{
  return self->last_sync;
}

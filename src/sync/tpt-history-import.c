/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-history-import.h"

#include "tpt-import-place.h"
#include "tpt-sync-lane.h"

struct _TptHistoryImport
{
  GObject parent_instance;

  /* owned */
  TptStore *store;
  TptSyncLane *lane;
  GCancellable *cancellable; /* of the run under way */
  TptSyncReport *report;
  char *message;

  TptHistoryState state;
  TptHistoryState next;      /* when the run under way has been called off */
  gboolean is_called_off;    /* by us, and not because the account ends */
  TptTimeRange range;
  TptSyncProgress progress;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptHistoryImport, tpt_history_import, G_TYPE_OBJECT)

static void run (TptHistoryImport *self);

static void
set_state (TptHistoryImport *self,
           TptHistoryState   state)
{
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_message ("How far the import has come could not be noted: %s", error->message);
}

/* Whether it is to go on by itself when the program starts again. */
static void
note (TptHistoryImport *self,
      TptStoreFunc      func)
{
  tpt_store_transact_async (self->store, func, g_memdup2 (&self->range, sizeof self->range), g_free,
                            NULL, noted_cb, NULL);
}

static void
fail (TptHistoryImport *self,
      const GError     *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      set_state (self, self->is_called_off ? self->next : TPT_HISTORY_NONE);
      return;
    }

  self->message = g_strdup (error->message);
  if (g_error_matches (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OFFLINE))
    set_state (self, TPT_HISTORY_WAITING);
  else
    {
      note (self, tpt_import_place_rest);
      set_state (self, TPT_HISTORY_FAILED);
    }
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  TptHistoryImport *self = TPT_HISTORY_IMPORT (source);
  g_autoptr (GError) error = NULL;
  TptSyncReport *report = g_task_propagate_pointer (G_TASK (result), &error);

  g_clear_object (&self->cancellable);
  if (report == NULL)
    {
      fail (self, error);
      return;
    }

  self->report = report;
  note (self, tpt_import_place_rest);
  set_state (self, TPT_HISTORY_DONE);
}

static void
moved_cb (TptHistoryImport *self)
{
  const TptSyncProgress *progress;

  if (self->state != TPT_HISTORY_RUNNING)
    return;
  progress = tpt_sync_lane_get_progress (self->lane, self->cancellable);
  if (progress == NULL)
    return;

  self->progress = *progress;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
run (TptHistoryImport *self)
{
  TptSyncOptions options = { .range = self->range };

  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->report, tpt_sync_report_free);
  self->cancellable = g_cancellable_new ();
  self->is_called_off = FALSE;
  set_state (self, TPT_HISTORY_RUNNING);
  tpt_sync_lane_push (self->lane, g_task_new (self, self->cancellable, ended_cb, NULL), &options,
                      FALSE);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptHistoryImport) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree TptImportPlace *place = tpt_import_place_read_finish (TPT_STORE (source), result,
                                                                   &error);
  TptSyncPlan plan;

  if (place == NULL)
    {
      g_message ("Whether an import was under way could not be read: %s", error->message);
      return;
    }
  if (self->state != TPT_HISTORY_NONE || !tpt_sync_plan_is_import (&place->range))
    return;

  plan = tpt_sync_plan_make_import (&place->range, place->reached);
  self->range = place->range;
  self->progress.fraction = tpt_sync_plan_get_fraction (&plan, place->reached, place->reached_at);
  self->progress.reached = place->reached;
  self->progress.synced = place->synced;
  set_state (self, place->goes_on ? TPT_HISTORY_WAITING : TPT_HISTORY_PAUSED);
}

/* Calls off what is under way; @state is what it ends in. */
static void
call_off (TptHistoryImport *self,
          TptHistoryState   state)
{
  self->next = state;
  self->is_called_off = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    set_state (self, state);
}

static void
tpt_history_import_finalize (GObject *object)
{
  TptHistoryImport *self = TPT_HISTORY_IMPORT (object);

  g_object_unref (self->store);
  g_object_unref (self->lane);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->report, tpt_sync_report_free);
  g_free (self->message);

  G_OBJECT_CLASS (tpt_history_import_parent_class)->finalize (object);
}

static void
tpt_history_import_class_init (TptHistoryImportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_history_import_finalize;

  signals[CHANGED] = g_signal_new ("changed", TPT_TYPE_HISTORY_IMPORT, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
tpt_history_import_init (TptHistoryImport *self)
{
}

TptHistoryImport *
tpt_history_import_new (TptStore    *store,
                        TptSyncLane *lane)
{
  TptHistoryImport *self = g_object_new (TPT_TYPE_HISTORY_IMPORT, NULL);

  self->store = g_object_ref (store);
  self->lane = g_object_ref (lane);
  g_signal_connect_object (lane, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/* Finds out whether an import was cut off: it then waits, or is paused as it was. */
void
tpt_history_import_load (TptHistoryImport *self)
{
  tpt_import_place_read_async (self->store, NULL, loaded_cb, g_object_ref (self));
}

/* The account is gone: what was imported for it is nothing to go on with. */
void
tpt_history_import_reset (TptHistoryImport *self)
{
  self->progress = (TptSyncProgress) { 0 };
  if (self->cancellable == NULL && self->state != TPT_HISTORY_NONE)
    set_state (self, TPT_HISTORY_NONE);
}

/* The service answers: an import that waits for that goes on. */
void
tpt_history_import_go_on (TptHistoryImport *self)
{
  if (self->state == TPT_HISTORY_WAITING && self->cancellable == NULL)
    run (self);
}

/* The program ends; the import goes on when it starts again. */
void
tpt_history_import_suspend (TptHistoryImport *self)
{
  if (self->state == TPT_HISTORY_RUNNING)
    call_off (self, TPT_HISTORY_WAITING);
}

/**
 * tpt_history_import_start:
 * @range: at least one side of it set
 *
 * An import that was paused is forgotten for it. Nothing happens while one is under way.
 */
void
tpt_history_import_start (TptHistoryImport   *self,
                          const TptTimeRange *range)
{
  g_return_if_fail (tpt_sync_plan_is_import (range));

  if (self->cancellable != NULL)
    return;
  self->range = *range;
  self->progress = (TptSyncProgress) { 0 };
  note (self, tpt_import_place_go_on);
  run (self);
}

/* What is written already stays; it goes on from there. */
void
tpt_history_import_pause (TptHistoryImport *self)
{
  if (self->state != TPT_HISTORY_RUNNING && self->state != TPT_HISTORY_WAITING)
    return;

  note (self, tpt_import_place_rest);
  call_off (self, TPT_HISTORY_PAUSED);
}

void
tpt_history_import_resume (TptHistoryImport *self)
{
  if (self->cancellable != NULL
      || (self->state != TPT_HISTORY_PAUSED && self->state != TPT_HISTORY_FAILED
          && self->state != TPT_HISTORY_WAITING))
    return;

  note (self, tpt_import_place_go_on);
  run (self);
}

/* What is written already stays, but the place is forgotten. */
void
tpt_history_import_cancel (TptHistoryImport *self)
{
  if (self->state == TPT_HISTORY_NONE || self->state == TPT_HISTORY_DONE)
    return;

  note (self, tpt_import_place_forget);
  call_off (self, TPT_HISTORY_NONE);
}

TptHistoryState
tpt_history_import_get_state (TptHistoryImport *self)
{
  return self->state;
}

/* Of starts. */
const TptTimeRange *
tpt_history_import_get_range (TptHistoryImport *self)
{
  return &self->range;
}

const TptSyncProgress *
tpt_history_import_get_progress (TptHistoryImport *self)
{
  return &self->progress;
}

/* Returns: (transfer none) (nullable): what it did, when it is done */
TptSyncReport *
tpt_history_import_get_report (TptHistoryImport *self)
{
  return self->report;
}

/* Returns: (nullable): a sentence: why it waits or has stopped */
const char *
tpt_history_import_get_message (TptHistoryImport *self)
{
  return self->message;
}

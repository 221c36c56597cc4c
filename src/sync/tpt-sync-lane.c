/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sync-lane.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-account-verify.h"
#include "tpt-connection-error.h"

struct _TptSyncLane
{
  GObject parent_instance;

  /* owned */
  TptConnection *connection;
  TptSyncParts parts;
  GQueue waiting;          /* of GTask */
  GTask *running;
  GCancellable *stop;      /* of the one that runs */
  TptSyncRun *run;

  TptSyncProgress progress;
  guint asked;             /* requests that asked whose account it is */
  gboolean has_progress;
  TptTime last_sync;
  TptTime live_since;      /* from when on the relay has told of everything, or TPT_TIME_NONE */
};

/* One sync that was asked for. */
typedef struct
{
  TptSyncOptions options;
  gboolean is_routine;
  gulong unwanted;         /* while it waits: the handler for its being called off */
} Request;

enum
{
  MOVED,
  ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptSyncLane, tpt_sync_lane, G_TYPE_OBJECT)

static void start_next (TptSyncLane *self);

static void
progress_cb (const TptSyncProgress *progress,
             gpointer               user_data)
{
  TptSyncLane *self = user_data;

  self->progress = *progress;
  self->has_progress = TRUE;
  g_signal_emit (self, signals[MOVED], 0);
}

/* Ends the sync under way with @report, or with @error, and goes on. */
static void
finish (TptSyncLane   *self,
        TptSyncReport *report,
        GError        *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->running);

  g_clear_object (&self->run);
  g_clear_object (&self->stop);
  self->has_progress = FALSE;
  g_signal_emit (self, signals[ENDED], 0, error);
  g_signal_emit (self, signals[MOVED], 0);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, report, (GDestroyNotify) tpt_sync_report_free);
  start_next (self);
}

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (TptSyncLane) self = user_data;
  g_autoptr (GError) error = NULL;
  TptSyncReport *report = tpt_sync_run_finish (TPT_SYNC_RUN (source), result, &error);

  if (report != NULL)
    {
      self->last_sync = tpt_sync_run_get_last_sync (TPT_SYNC_RUN (source));
      report->requests += self->asked;
      finish (self, report, NULL);
    }
  else
    finish (self, NULL, tpt_connection_take_error (self->connection, error));
}

/* It ends with the wish of who asked for it, and with the account: what still came would get among
 * the records of another one. */
static void
make_stop (TptSyncLane *self)
{
  GCancellable *wish = g_task_get_cancellable (self->running);

  self->stop = g_cancellable_new ();
  if (wish == NULL)
    return;
  g_signal_connect_object (wish, "cancelled", G_CALLBACK (g_cancellable_cancel), self->stop,
                           G_CONNECT_SWAPPED);
  if (g_cancellable_is_cancelled (wish))
    g_cancellable_cancel (self->stop);
}

static void
ending_cb (TptSyncLane *self)
{
  if (self->stop != NULL)
    g_cancellable_cancel (self->stop);
}

static void
verified_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TptSyncLane) self = user_data;
  const Request *request = g_task_get_task_data (self->running);
  TptUser *account = tpt_connection_get_account (self->connection);
  GError *error = NULL;

  if (!tpt_account_verify_finish (TPT_CONNECTION (source), result, &error)
      || !tpt_connection_check (self->connection, &error))
    {
      finish (self, NULL, error);
      return;
    }

  self->asked = tpt_api_client_get_requests (self->parts.client) - self->asked;
  self->run = tpt_sync_run_new (&self->parts, account, &request->options, request->is_routine,
                                progress_cb, self);
  tpt_sync_run_set_live_since (self->run, self->live_since);
  tpt_sync_run_async (self->run, self->stop, run_cb, g_object_ref (self));
}

/* Nothing of another organisation gets into the record. */
static void
run (TptSyncLane *self)
{
  const Request *request = g_task_get_task_data (self->running);

  make_stop (self);
  self->asked = tpt_api_client_get_requests (self->parts.client);
  tpt_account_verify_async (self->connection, self->parts.client, request->options.full, self->stop,
                            verified_cb, g_object_ref (self));
}

/* The store had lost whose account it is. */
static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptSyncLane) self = user_data;
  GError *error = NULL;

  if (!tpt_connection_load_finish (TPT_CONNECTION (source), result, &error))
    finish (self, NULL, error);
  else if (tpt_connection_get_account (self->connection) == NULL)
    finish (self, NULL, tpt_sync_lane_new_unknown_account ());
  else
    run (self);
}

static void
load (TptSyncLane *self)
{
  if (tpt_connection_get_account (self->connection) != NULL)
    run (self);
  else
    tpt_connection_load_async (self->connection, g_task_get_cancellable (self->running), loaded_cb,
                               g_object_ref (self));
}

static void
keyring_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TptSyncLane) self = user_data;
  GError *error = NULL;

  if (tpt_connection_check_keyring_finish (TPT_CONNECTION (source), result, &error)
      && tpt_connection_check (self->connection, &error))
    load (self);
  else
    finish (self, NULL, error);
}

/* @task waits no longer. */
static void
leave_queue (TptSyncLane *self,
             GTask       *task)
{
  Request *request = g_task_get_task_data (task);

  g_queue_remove (&self->waiting, task);
  g_clear_signal_handler (&request->unwanted, g_task_get_cancellable (task));
}

static void
start_next (TptSyncLane *self)
{
  const Request *request;
  GError *error = NULL;

  if (self->running != NULL || g_queue_is_empty (&self->waiting))
    return;

  self->running = g_queue_peek_head (&self->waiting);
  leave_queue (self, self->running);
  if (!tpt_connection_check (self->connection, &error))
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->running);

      g_task_return_error (task, error);
      start_next (self);
      return;
    }

  g_signal_emit (self, signals[MOVED], 0);
  request = g_task_get_task_data (self->running);
  if (request->is_routine)
    tpt_connection_check_keyring_async (self->connection, g_task_get_cancellable (self->running),
                                        keyring_cb, g_object_ref (self));
  else
    load (self);
}

static TptTime
get_now (TptSyncLane *self)
{
  return tpt_clock_now (tpt_store_get_clock (self->parts.store));
}

/* Nobody was told here of what colleagues did until now, or was told and did not take it. */
static void
view_cb (TptSyncLane *self)
{
  if (self->live_since != TPT_TIME_NONE)
    self->live_since = get_now (self);
}

static void
tpt_sync_lane_finalize (GObject *object)
{
  TptSyncLane *self = TPT_SYNC_LANE (object);

  g_object_unref (self->connection);
  g_object_unref (self->parts.store);
  g_object_unref (self->parts.client);
  g_object_unref (self->parts.event_types);
  g_object_unref (self->parts.events);
  g_object_unref (self->parts.unlisted);

  G_OBJECT_CLASS (tpt_sync_lane_parent_class)->finalize (object);
}

static void
tpt_sync_lane_class_init (TptSyncLaneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_sync_lane_finalize;

  signals[MOVED] = g_signal_new ("moved", TPT_TYPE_SYNC_LANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", TPT_TYPE_SYNC_LANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
tpt_sync_lane_init (TptSyncLane *self)
{
}

/* Returns: (transfer full): what an end without an account means */
GError *
tpt_sync_lane_new_unknown_account (void)
{
  return g_error_new (TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OFFLINE, "%s",
                      _ ("Calendly could not be asked whose account this is."));
}

TptSyncLane *
tpt_sync_lane_new (TptConnection      *connection,
                   const TptSyncParts *parts)
{
  TptOrganizationView *view = tpt_connection_get_view (connection);
  TptSyncLane *self = g_object_new (TPT_TYPE_SYNC_LANE, NULL);

  self->connection = g_object_ref (connection);
  self->parts.store = g_object_ref (parts->store);
  self->parts.client = g_object_ref (parts->client);
  self->parts.event_types = g_object_ref (parts->event_types);
  self->parts.events = g_object_ref (parts->events);
  self->parts.unlisted = g_object_ref (parts->unlisted);
  g_signal_connect_object (connection, "ending", G_CALLBACK (ending_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "switching", G_CALLBACK (ending_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::state", G_CALLBACK (view_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/* Returns: (nullable): the first of those that wait for nothing any more */
static GTask *
find_unwanted (TptSyncLane *self)
{
  for (GList *link = self->waiting.head; link != NULL; link = link->next)
    {
      if (g_cancellable_is_cancelled (g_task_get_cancellable (link->data)))
        return link->data;
    }

  return NULL;
}

static gboolean
drop_unwanted_cb (gpointer user_data)
{
  TptSyncLane *self = user_data;
  GTask *task;

  while ((task = find_unwanted (self)) != NULL)
    {
      leave_queue (self, task);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s",
                               "Called off before its turn");
      g_object_unref (task);
    }

  return G_SOURCE_REMOVE;
}

/* What has not begun ends at once: the one before it may take hours. Not in the signal itself,
 * since who called it off may let go of what it was called off with. */
static void
unwanted_cb (TptSyncLane *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, drop_unwanted_cb, g_object_ref (self), g_object_unref);
}

/**
 * tpt_sync_lane_push:
 * @task: (transfer full): returns a TptSyncReport, or an error of %TPT_CONNECTION_ERROR
 * @options: (nullable): what to look at; %NULL for what is due
 * @is_routine: nobody asked for it
 */
void
tpt_sync_lane_push (TptSyncLane          *self,
                    GTask                *task,
                    const TptSyncOptions *options,
                    gboolean              is_routine)
{
  GCancellable *wish = g_task_get_cancellable (task);
  Request *request = g_new0 (Request, 1);

  if (options != NULL)
    request->options = *options;
  request->is_routine = is_routine;
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, request, g_free);
  if (wish != NULL)
    request->unwanted = g_signal_connect_object (wish, "cancelled", G_CALLBACK (unwanted_cb), self,
                                                 G_CONNECT_SWAPPED);
  if (g_cancellable_is_cancelled (wish))
    unwanted_cb (self);
  g_queue_push_tail (&self->waiting, task);
  start_next (self);
}

/* Whether the relay tells of everything that is looked at: what a sync finds without having been
 * told counts as missed. */
void
tpt_sync_lane_set_relay_live (TptSyncLane *self,
                              gboolean     is_live)
{
  if (!is_live)
    self->live_since = TPT_TIME_NONE;
  else if (self->live_since == TPT_TIME_NONE)
    self->live_since = get_now (self);
}

gboolean
tpt_sync_lane_is_busy (TptSyncLane *self)
{
  return self->running != NULL;
}

/**
 * tpt_sync_lane_get_progress:
 * @wish: (nullable): what the sync was asked for with; %NULL for whichever is under way
 *
 * Returns: (nullable): %NULL while nothing is known, or another one is under way
 */
const TptSyncProgress *
tpt_sync_lane_get_progress (TptSyncLane  *self,
                            GCancellable *wish)
{
  if (!self->has_progress || (wish != NULL && g_task_get_cancellable (self->running) != wish))
    return NULL;

  return &self->progress;
}

/* When everything near was last looked at, as the last sync of this lane found. */
TptTime
tpt_sync_lane_get_last_sync (TptSyncLane *self)
{
  return self->last_sync;
}

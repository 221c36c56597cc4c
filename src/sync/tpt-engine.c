/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-engine.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-connection-error.h"
#include "tpt-event-types.h"
#include "tpt-pulse.h"
#include "tpt-scheduled-events.h"
#include "tpt-settings-table.h"
#include "tpt-sync-run.h"

struct _TptEngine
{
  GObject parent_instance;

  /* owned */
  TptConnection *connection;
  TptSyncParts parts;
  TptPulse *pulse;
  GQueue waiting;          /* of GTask: syncs that were asked for */
  GTask *running;
  TptSyncRun *run;
  GCancellable *routine;   /* of the sync that nobody asked for */
  char *message;

  TptEngineState state;
  TptTime last_sync;
  double progress;
  gboolean is_offline;     /* as the last sync found */
};

/* One sync that was asked for. */
typedef struct
{
  TptSyncOptions options;
  gboolean is_routine;
} Request;

enum
{
  PROP_STATE = 1,
  PROP_LAST_SYNC_AT,
  PROP_PROGRESS,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TptEngine, tpt_engine, G_TYPE_OBJECT)

static void start_next (TptEngine *self);

static void
set_state (TptEngine      *self,
           TptEngineState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
set_last_sync (TptEngine *self,
               TptTime    time)
{
  if (self->last_sync == time)
    return;

  self->last_sync = time;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LAST_SYNC_AT]);
}

static void
set_progress (double   fraction,
              gpointer user_data)
{
  TptEngine *self = user_data;

  if (self->progress == fraction)
    return;

  self->progress = fraction;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROGRESS]);
}

static GError *
new_unknown_account (void)
{
  return g_error_new (TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OFFLINE, "%s",
                      _ ("Calendly could not be asked whose account this is."));
}

/* Ends the sync under way with @report, or with @error, and goes on. */
static void
finish (TptEngine     *self,
        TptSyncReport *report,
        GError        *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->running);
  gboolean is_offline = g_error_matches (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OFFLINE);
  gboolean is_canceled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_clear_object (&self->run);
  set_progress (-1, self);
  if (!is_canceled)
    {
      g_free (self->message);
      self->message = error != NULL ? g_strdup (error->message) : NULL;
      self->is_offline = is_offline;
      tpt_pulse_note (self->pulse, error != NULL);
    }
  set_state (self, self->is_offline ? TPT_ENGINE_OFFLINE : TPT_ENGINE_IDLE);

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
  g_autoptr (TptEngine) self = user_data;
  g_autoptr (GError) error = NULL;
  TptSyncReport *report = tpt_sync_run_finish (TPT_SYNC_RUN (source), result, &error);

  if (report != NULL)
    {
      set_last_sync (self, tpt_sync_run_get_last_sync (TPT_SYNC_RUN (source)));
      finish (self, report, NULL);
    }
  else
    finish (self, NULL, tpt_connection_take_error (self->connection, error));
}

static void
run (TptEngine *self)
{
  const Request *request = g_task_get_task_data (self->running);
  TptUser *account = tpt_connection_get_account (self->connection);

  self->run = tpt_sync_run_new (&self->parts, account, &request->options, request->is_routine,
                                set_progress, self);
  tpt_sync_run_async (self->run, g_task_get_cancellable (self->running), run_cb,
                      g_object_ref (self));
}

/* The store had lost whose account it is. */
static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptEngine) self = user_data;
  GError *error = NULL;

  if (!tpt_connection_load_finish (TPT_CONNECTION (source), result, &error))
    finish (self, NULL, error);
  else if (tpt_connection_get_account (self->connection) == NULL)
    finish (self, NULL, new_unknown_account ());
  else
    run (self);
}

/* One sync at a time; the others wait for their turn. */
static void
start_next (TptEngine *self)
{
  GError *error = NULL;

  if (self->running != NULL || g_queue_is_empty (&self->waiting))
    return;

  self->running = g_queue_pop_head (&self->waiting);
  if (!tpt_connection_check (self->connection, &error))
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->running);

      g_task_return_error (task, error);
      start_next (self);
      return;
    }

  set_state (self, TPT_ENGINE_SYNCING);
  if (tpt_connection_get_account (self->connection) != NULL)
    run (self);
  else
    tpt_connection_load_async (self->connection, g_task_get_cancellable (self->running), loaded_cb,
                               g_object_ref (self));
}

static void
push (TptEngine            *self,
      const TptSyncOptions *options,
      gboolean              is_routine,
      GCancellable         *cancellable,
      GAsyncReadyCallback   callback,
      gpointer              user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  if (options != NULL)
    request->options = *options;
  request->is_routine = is_routine;
  g_task_set_source_tag (task, tpt_engine_sync_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, request, g_free);
  g_queue_push_tail (&self->waiting, task);
  start_next (self);
}

/* Nobody waits for it: what went wrong stands in the engine's state and message. */
static void
routine_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptSyncReport) report = tpt_engine_sync_finish (TPT_ENGINE (source), result, &error);

  if (report == NULL)
    g_debug ("A sync of its own failed: %s", error->message);
}

static void
beat_cb (TptEngine *self)
{
  if (self->running == NULL
      && tpt_connection_get_state (self->connection) == TPT_CONNECTION_CONNECTED)
    push (self, NULL, TRUE, self->routine, routine_cb, NULL);
}

static void
connection_cb (TptEngine *self)
{
  if (tpt_connection_get_state (self->connection) == TPT_CONNECTION_CONNECTED)
    tpt_pulse_wake (self->pulse);
}

static void
refreshed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TptEngine *self = g_task_get_source_object (task);

  if (tpt_event_types_refresh_finish (TPT_EVENT_TYPES (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, tpt_connection_take_error (self->connection, error));
}

static void
tpt_engine_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  TptEngine *self = TPT_ENGINE (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_LAST_SYNC_AT:
      g_value_set_int64 (value, self->last_sync);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tpt_engine_finalize (GObject *object)
{
  TptEngine *self = TPT_ENGINE (object);

  g_object_unref (self->pulse);
  g_object_unref (self->connection);
  g_object_unref (self->parts.store);
  g_object_unref (self->parts.client);
  g_object_unref (self->parts.event_types);
  g_object_unref (self->parts.events);
  g_clear_object (&self->routine);
  g_free (self->message);

  G_OBJECT_CLASS (tpt_engine_parent_class)->finalize (object);
}

static void
tpt_engine_class_init (TptEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = tpt_engine_finalize;
  object_class->get_property = tpt_engine_get_property;

  props[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL, TPT_ENGINE_IDLE, TPT_ENGINE_OFFLINE, TPT_ENGINE_IDLE,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_LAST_SYNC_AT] =
    g_param_spec_int64 ("last-sync-at", NULL, NULL, 0, G_MAXINT64, 0,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_PROGRESS] =
    g_param_spec_double ("progress", NULL, NULL, -1, 1, -1,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tpt_engine_init (TptEngine *self)
{
  self->progress = -1;
  self->pulse = tpt_pulse_new ();
  g_signal_connect_object (self->pulse, "beat", G_CALLBACK (beat_cb), self, G_CONNECT_SWAPPED);
}

/* A #TptStoreFunc: into the TptTime @time, when everything near was last looked at. */
gboolean
tpt_engine_read_last_sync (TptSession  *session,
                           gpointer     time,
                           GError     **error)
{
  return tpt_settings_table_get_int (session, TPT_SETTING_LAST_SYNC, time, error);
}

/**
 * tpt_engine_new:
 * @last_sync: what tpt_engine_read_last_sync () found
 */
TptEngine *
tpt_engine_new (TptConnection *connection,
                TptApiClient  *client,
                TptStore      *store,
                TptApply      *apply,
                TptTime        last_sync)
{
  TptEngine *self = g_object_new (TPT_TYPE_ENGINE, NULL);

  self->connection = g_object_ref (connection);
  self->last_sync = last_sync;
  self->parts.store = g_object_ref (store);
  self->parts.client = g_object_ref (client);
  self->parts.event_types = tpt_event_types_new (client, store);
  self->parts.events = tpt_scheduled_events_new (client, store, apply);
  g_signal_connect_object (connection, "notify::state", G_CALLBACK (connection_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* As tpt_pulse_set_relay_live (). */
void
tpt_engine_set_relay_live (TptEngine *self,
                           gboolean   is_live)
{
  tpt_pulse_set_relay_live (self->pulse, is_live);
}

/* Something may have been missed: syncs now, if the engine is on. */
void
tpt_engine_wake (TptEngine *self)
{
  tpt_pulse_wake (self->pulse);
}

TptEngineState
tpt_engine_get_state (TptEngine *self)
{
  return self->state;
}

TptTime
tpt_engine_get_last_sync (TptEngine *self)
{
  return self->last_sync;
}

/* Returns: (nullable): a sentence: why the last sync failed; %NULL where it did not */
const char *
tpt_engine_get_message (TptEngine *self)
{
  return self->message;
}

/* From now on syncs by itself, at once for the first time. */
void
tpt_engine_start (TptEngine *self)
{
  if (tpt_pulse_is_on (self->pulse))
    return;

  self->routine = g_cancellable_new ();
  tpt_pulse_start (self->pulse);
}

/* Syncs that were asked for go on; the engine's own are called off. */
void
tpt_engine_stop (TptEngine *self)
{
  if (!tpt_pulse_is_on (self->pulse))
    return;

  tpt_pulse_stop (self->pulse);
  g_cancellable_cancel (self->routine);
  g_clear_object (&self->routine);
}

/**
 * tpt_engine_sync_async:
 * @options: (nullable): what to look at; %NULL for what is due
 *
 * Waits for a sync that is under way, then does its own. Errors are of %TPT_CONNECTION_ERROR; what
 * was written before one stays.
 */
void
tpt_engine_sync_async (TptEngine            *self,
                       const TptSyncOptions *options,
                       GCancellable         *cancellable,
                       GAsyncReadyCallback   callback,
                       gpointer              user_data)
{
  push (self, options, FALSE, cancellable, callback, user_data);
}

/* Returns: (transfer full) */
TptSyncReport *
tpt_engine_sync_finish (TptEngine     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
tpt_engine_refresh_event_types_async (TptEngine           *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  TptUser *account = tpt_connection_get_account (self->connection);
  GError *error = NULL;

  g_task_set_source_tag (task, tpt_engine_refresh_event_types_async);
  if (!tpt_connection_check (self->connection, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
    }
  else if (account == NULL)
    {
      g_task_return_error (task, new_unknown_account ());
      g_object_unref (task);
    }
  else
    tpt_event_types_refresh_async (TPT_EVENT_TYPES (self->parts.event_types), account, cancellable,
                                   refreshed_cb, task);
}

gboolean
tpt_engine_refresh_event_types_finish (TptEngine     *self,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

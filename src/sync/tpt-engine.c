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
#include "tpt-sync-lane.h"
#include "tpt-unlisted-events.h"

struct _TptEngine
{
  GObject parent_instance;

  /* owned */
  TptConnection *connection;
  TptCollection *event_types;
  TptPulse *pulse;
  TptSyncLane *lane;       /* of the days that are looked at again and again */
  TptSyncLane *imports;    /* of ranges, which take long: a booking of today need not wait */
  TptHistoryImport *history;
  GCancellable *routine;   /* of the sync that nobody asked for */
  char *message;

  TptEngineState state;
  TptTime last_sync;
  double progress;
  gboolean is_offline;     /* as the last sync found */
  gboolean is_doubted;     /* something was missed after the sync under way had begun */
};

enum
{
  PROP_STATE = 1,
  PROP_LAST_SYNC_AT,
  PROP_PROGRESS,
  N_PROPS,
};

enum
{
  MOVED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptEngine, tpt_engine, G_TYPE_OBJECT)

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
set_fraction (TptEngine *self,
              double     fraction)
{
  if (self->progress == fraction)
    return;

  self->progress = fraction;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROGRESS]);
}

/* What a lane does can be seen from outside. An import goes on beside the state. */
static void
moved_cb (TptEngine *self)
{
  const TptSyncProgress *progress = tpt_sync_lane_get_progress (self->lane, NULL);

  set_fraction (self, progress != NULL ? progress->fraction : -1);
  if (tpt_sync_lane_is_busy (self->lane))
    set_state (self, TPT_ENGINE_SYNCING);
  else
    set_state (self, self->is_offline ? TPT_ENGINE_OFFLINE : TPT_ENGINE_IDLE);
  g_signal_emit (self, signals[MOVED], 0);
}

/* A sync has ended, with @error or well. */
static void
ended_cb (TptEngine    *self,
          const GError *error,
          TptSyncLane  *lane)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_free (self->message);
  self->message = error != NULL ? g_strdup (error->message) : NULL;
  self->is_offline = g_error_matches (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OFFLINE);
  if (lane != self->lane)
    return;

  tpt_pulse_note (self->pulse, error != NULL);
  if (error != NULL)
    return;
  if (self->is_doubted)
    tpt_pulse_wake (self->pulse);
  self->is_doubted = FALSE;
  set_last_sync (self, tpt_sync_lane_get_last_sync (lane));
  if (tpt_pulse_is_on (self->pulse))
    tpt_history_import_go_on (self->history);
}

static TptSyncLane *
make_lane (TptEngine          *self,
           const TptSyncParts *parts)
{
  TptSyncLane *lane = tpt_sync_lane_new (self->connection, parts);

  g_signal_connect_object (lane, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lane, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);

  return lane;
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
  if (!tpt_sync_lane_is_busy (self->lane)
      && tpt_connection_get_state (self->connection) == TPT_CONNECTION_CONNECTED)
    tpt_sync_lane_push (self->lane, g_task_new (self, self->routine, routine_cb, NULL), NULL, TRUE);
}

static gboolean
read_last_sync_func (TptSession  *session,
                     gpointer     user_data,
                     GError     **error)
{
  return tpt_engine_read_last_sync (session, g_task_get_task_data (user_data), error);
}

/* What does not come now is told by the next sync. */
static void
last_sync_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TptTime *last_sync = g_task_get_task_data (task);

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_message ("When the last sync was could not be read: %s", error->message);
  else
    set_last_sync (g_task_get_source_object (task), *last_sync);
}

/* Another record may be here now, or none. */
static void
reload_last_sync (TptEngine *self)
{
  GTask *task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_source_tag (task, reload_last_sync);
  g_task_set_task_data (task, g_new0 (TptTime, 1), g_free);
  tpt_store_transact_async (tpt_connection_get_store (self->connection), read_last_sync_func, task,
                            NULL, NULL, last_sync_cb, task);
}

static void
connection_cb (TptEngine *self)
{
  TptConnectionState state = tpt_connection_get_state (self->connection);

  reload_last_sync (self);
  if (state == TPT_CONNECTION_DISCONNECTED)
    tpt_history_import_reset (self->history);
  if (state != TPT_CONNECTION_CONNECTED)
    return;
  tpt_pulse_wake (self->pulse);
  if (tpt_pulse_is_on (self->pulse))
    tpt_history_import_load (self->history);
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
  g_object_unref (self->lane);
  g_object_unref (self->imports);
  g_object_unref (self->history);
  g_object_unref (self->event_types);
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

  signals[MOVED] = g_signal_new ("moved", TPT_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
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
  g_autoptr (TptCollection) event_types = tpt_event_types_new (client, store);
  TptOrganizationView *view = tpt_connection_get_view (connection);
  g_autoptr (TptCollection) events = tpt_scheduled_events_new (client, store, apply, view);
  g_autoptr (TptCollection) unlisted = tpt_unlisted_events_new (client, store, apply);
  TptSyncParts parts = { store, client, event_types, events, unlisted };
  TptEngine *self = g_object_new (TPT_TYPE_ENGINE, NULL);

  self->connection = g_object_ref (connection);
  self->last_sync = last_sync;
  self->event_types = g_object_ref (event_types);
  self->lane = make_lane (self, &parts);
  self->imports = make_lane (self, &parts);
  self->history = tpt_history_import_new (store, self->imports);
  g_signal_connect_object (connection, "notify::state", G_CALLBACK (connection_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::state", G_CALLBACK (tpt_engine_wake), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* As tpt_pulse_set_relay_live (); what is found all the same from then on counts as missed. */
void
tpt_engine_set_relay_live (TptEngine *self,
                           gboolean   is_live)
{
  tpt_pulse_set_relay_live (self->pulse, is_live);
  tpt_sync_lane_set_relay_live (self->lane, is_live);
}

/* Something may have been missed: syncs now, if the engine is on, or once more after the sync under
 * way, which may have been past it. */
void
tpt_engine_wake (TptEngine *self)
{
  if (tpt_sync_lane_is_busy (self->lane))
    self->is_doubted = TRUE;
  else
    tpt_pulse_wake (self->pulse);
}

/* How to wait; @timer has to outlive the engine. */
void
tpt_engine_set_timer (TptEngine           *self,
                      const TptPulseTimer *timer)
{
  tpt_pulse_set_timer (self->pulse, timer);
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

/* Returns: (nullable): of the sync that was asked for with @wish; of any, the near one before an
 *   import, where that is %NULL */
const TptSyncProgress *
tpt_engine_get_progress (TptEngine    *self,
                         GCancellable *wish)
{
  const TptSyncProgress *progress = tpt_sync_lane_get_progress (self->lane, wish);

  return progress != NULL ? progress : tpt_sync_lane_get_progress (self->imports, wish);
}

/* Returns: (transfer none) */
TptHistoryImport *
tpt_engine_get_history (TptEngine *self)
{
  return self->history;
}

/* From now on syncs by itself, at once for the first time. */
void
tpt_engine_start (TptEngine *self)
{
  if (tpt_pulse_is_on (self->pulse))
    return;

  self->routine = g_cancellable_new ();
  tpt_history_import_load (self->history);
  tpt_pulse_start (self->pulse);
}

/* Syncs that were asked for go on; the engine's own are called off. */
void
tpt_engine_stop (TptEngine *self)
{
  if (!tpt_pulse_is_on (self->pulse))
    return;

  tpt_pulse_stop (self->pulse);
  tpt_history_import_suspend (self->history);
  g_cancellable_cancel (self->routine);
  g_clear_object (&self->routine);
}

/**
 * tpt_engine_sync_async:
 * @options: (nullable): what to look at; %NULL for what is due
 *
 * Waits for a sync that is under way, then does its own; ranges wait for ranges only. Errors are of
 * %TPT_CONNECTION_ERROR; what was written before one stays.
 */
void
tpt_engine_sync_async (TptEngine            *self,
                       const TptSyncOptions *options,
                       GCancellable         *cancellable,
                       GAsyncReadyCallback   callback,
                       gpointer              user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  gboolean is_import = options != NULL && tpt_sync_plan_is_import (&options->range);

  g_task_set_source_tag (task, tpt_engine_sync_async);
  tpt_sync_lane_push (is_import ? self->imports : self->lane, task, options, FALSE);
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
      g_task_return_error (task, tpt_sync_lane_new_unknown_account ());
      g_object_unref (task);
    }
  else
    tpt_event_types_refresh_async (TPT_EVENT_TYPES (self->event_types), account, cancellable,
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

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test-double.h"

struct _TptConnection
{
  GObject parent_instance;

  int state;
  TptUser *account;
};

struct _TptEngine
{
  GObject parent_instance;

  guint refreshes;
  gint64 last_sync;
  gboolean fails;
  gboolean hangs;
  GTask *task;             /* that hangs, or NULL */
};

struct _TptLinkMaker
{
  GObject parent_instance;

  gboolean held;
  GTask *task;
  TptLink *link;
  char *origin;
  char *email;
};

struct _TptRelayListener
{
  GObject parent_instance;
};

enum
{
  PROP_STATE = 1,
  PROP_ACCOUNT,
};

enum
{
  PROP_LAST_SYNC_AT = 1,
};

G_DEFINE_FINAL_TYPE (TptConnection, tpt_connection, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (TptEngine, tpt_engine, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (TptLinkMaker, tpt_link_maker, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (TptRelayListener, tpt_relay_listener, G_TYPE_OBJECT)

static void
tpt_connection_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TptConnection *self = TPT_CONNECTION (object);

  if (property_id == PROP_STATE)
    g_value_set_int (value, self->state);
  else
    g_value_set_object (value, self->account);
}

static void
tpt_connection_dispose (GObject *object)
{
  g_clear_object (&TPT_CONNECTION (object)->account);

  G_OBJECT_CLASS (tpt_connection_parent_class)->dispose (object);
}

static void
tpt_connection_class_init (TptConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tpt_connection_get_property;
  object_class->dispose = tpt_connection_dispose;
  g_object_class_install_property (object_class, PROP_STATE,
                                   g_param_spec_int ("state", NULL, NULL, 0, G_MAXINT, 0,
                                                     G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_ACCOUNT,
                                   g_param_spec_object ("account", NULL, NULL, TPT_TYPE_USER,
                                                        G_PARAM_READABLE));
}

static void
tpt_connection_init (TptConnection *self)
{
  self->account = tpt_user_new ();
  self->account->name = g_strdup ("Robin Falk");
  self->account->email = g_strdup ("robin@touchpoint.example");
  self->account->timezone = g_strdup ("Europe/Berlin");
}

static void
tpt_engine_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  g_value_set_int64 (value, TPT_ENGINE (object)->last_sync);
}

static void
tpt_engine_class_init (TptEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = tpt_engine_get_property;
  g_object_class_install_property (
    G_OBJECT_CLASS (klass), PROP_LAST_SYNC_AT,
    g_param_spec_int64 ("last-sync-at", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE));
  g_signal_new ("moved", TPT_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tpt_engine_init (TptEngine *self)
{
}

static void
tpt_relay_listener_class_init (TptRelayListenerClass *klass)
{
}

static void
tpt_relay_listener_init (TptRelayListener *self)
{
}

static void
tpt_link_maker_finalize (GObject *object)
{
  TptLinkMaker *self = TPT_LINK_MAKER (object);

  g_clear_object (&self->task);
  g_clear_object (&self->link);
  g_free (self->origin);
  g_free (self->email);

  G_OBJECT_CLASS (tpt_link_maker_parent_class)->finalize (object);
}

static void
tpt_link_maker_class_init (TptLinkMakerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_link_maker_finalize;
}

static void
tpt_link_maker_init (TptLinkMaker *self)
{
}

TptConnection *
tpt_test_connection_new (TptConnectionState state)
{
  TptConnection *self = g_object_new (TPT_TYPE_CONNECTION, NULL);

  self->state = (int) state;

  return self;
}

void
tpt_test_connection_set_state (TptConnection      *self,
                               TptConnectionState  state)
{
  self->state = (int) state;
  g_object_notify (G_OBJECT (self), "state");
}

TptConnectionState
tpt_connection_get_state (TptConnection *self)
{
  return (TptConnectionState) self->state;
}

TptUser *
tpt_connection_get_account (TptConnection *self)
{
  return self->account;
}

gboolean
tpt_connection_has_colleagues (TptConnection *self)
{
  return FALSE;
}

TptEngine *
tpt_test_engine_new (void)
{
  return g_object_new (TPT_TYPE_ENGINE, NULL);
}

/* How often event types were asked for. */
guint
tpt_test_engine_get_refreshes (TptEngine *self)
{
  return self->refreshes;
}

/* A sync has ended well. */
void
tpt_test_engine_sync (TptEngine *self)
{
  self->last_sync++;
  g_object_notify (G_OBJECT (self), "last-sync-at");
}

/* From now on nothing can be fetched, or it can again. */
void
tpt_test_engine_set_fails (TptEngine *self,
                           gboolean   fails)
{
  self->fails = fails;
}

/* From now on an answer does not come, or what hung comes now. */
void
tpt_test_engine_set_hangs (TptEngine *self,
                           gboolean   hangs)
{
  self->hangs = hangs;
  if (!hangs && self->task != NULL)
    g_task_return_boolean (self->task, TRUE);
  if (!hangs)
    g_clear_object (&self->task);
}

/* Nothing goes on in it. */
const TptSyncProgress *
tpt_engine_get_progress (TptEngine    *self,
                         GCancellable *wish)
{
  return NULL;
}

void
tpt_engine_refresh_event_types_async (TptEngine           *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  self->refreshes++;
  if (self->hangs)
    g_set_object (&self->task, task);
  else if (self->fails)
    g_task_return_new_error (task, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OFFLINE,
                             "Calendly <cannot> be reached.");
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
tpt_engine_refresh_event_types_finish (TptEngine     *self,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

TptLinkMaker *
tpt_test_link_maker_new (void)
{
  return g_object_new (TPT_TYPE_LINK_MAKER, NULL);
}

/* From now on a link is not made until it is released. */
void
tpt_test_link_maker_hold (TptLinkMaker *self)
{
  self->held = TRUE;
}

/* @error: (transfer full) (nullable) */
static void
end_making (TptLinkMaker *self,
            GError       *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  g_assert_nonnull (task);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&self->link), g_object_unref);
  g_clear_object (&self->link);
  self->held = FALSE;
}

/* @failure: (nullable): why the service was not reached */
void
tpt_test_link_maker_release (TptLinkMaker *self,
                             const char   *failure)
{
  end_making (self, failure != NULL ? g_error_new_literal (TPT_CONNECTION_ERROR,
                                                           TPT_CONNECTION_ERROR_OFFLINE, failure)
                                    : NULL);
}

/* The service was reached, and did not make it. */
void
tpt_test_link_maker_refuse (TptLinkMaker *self,
                            const char   *failure)
{
  end_making (self, g_error_new_literal (TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_NOT_PERMITTED,
                                         failure));
}

const char *
tpt_test_link_maker_origin (TptLinkMaker *self)
{
  return self->origin;
}

/** tpt_test_link_maker_email: (nullable): the address that was asked for last */
const char *
tpt_test_link_maker_email (TptLinkMaker *self)
{
  return self->email;
}

void
tpt_link_maker_make_async (TptLinkMaker         *self,
                           const TptLinkRequest *request,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  TptLink *link = tpt_link_new ();

  link->id = tpt_link_make_id ();
  link->kind = request->kind;
  link->customer = request->customer->id;
  link->customer_name = g_strdup (request->customer->name);
  if (request->event_type != NULL)
    link->event_type_name = g_strdup (request->event_type->name);
  if (request->stakeholder != NULL)
    link->invitee_name = g_strdup (request->stakeholder->name);
  link->url = g_strdup_printf ("https://booking.example/d/ckz-9mq-2hd/quarterly-review"
                               "?utm_source=touchpoint&utm_content=%s", link->id);
  g_free (self->origin);
  self->origin = g_strdup (request->origin);
  g_free (self->email);
  self->email = g_strdup (request->email);
  self->link = link;
  self->task = g_task_new (self, cancellable, callback, user_data);
  if (!self->held)
    tpt_test_link_maker_release (self, NULL);
}

TptLink *
tpt_link_maker_make_finish (TptLinkMaker  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-services.h"

#include "tpt-config.h"

#include <sys/stat.h>

#include "tpt-api-client.h"
#include "tpt-apply.h"
#include "tpt-database-key.h"
#include "tpt-keyring.h"
#include "tpt-memory-token-store.h"
#include "tpt-paths.h"
#include "tpt-service-address.h"
#include "tpt-services-error.h"
#include "tpt-token-refresh.h"
#include "tpt-token-source.h"

#define API_URL "https://api.calendly.com"
#define AUTH_URL "https://auth.calendly.com"

/* One opening under way. */
typedef struct
{
  TptServices *services;
  TptServicesFlags flags;
  char *client_id;
  char *redirect_host;
  guint16 redirect_port;
  TptRedirectMethod redirect_method;
  char *api_url;
  char *auth_url;
  char *database;
  gboolean may_make_key;
  TptTime last_sync;
  int *stage;              /* (nullable): atomic, of who has asked */
  guint loading;           /* how many parts still read what they need */
  GError *error;           /* of the first that could not */
} Opening;

G_DEFINE_FINAL_TYPE (TptServices, tpt_services, G_TYPE_OBJECT)

static void
opening_free (Opening *opening)
{
  g_clear_object (&opening->services);
  g_free (opening->client_id);
  g_free (opening->redirect_host);
  g_free (opening->api_url);
  g_free (opening->auth_url);
  g_free (opening->database);
  g_clear_error (&opening->error);
  g_free (opening);
}

/* @setting: (nullable): what holds where the environment says nothing */
static const char *
get_client_id (const char *setting)
{
  const char *client_id = g_getenv ("TOUCHPOINT_CLIENT_ID");

  return client_id != NULL && *client_id != '\0' ? client_id : setting;
}

static void
relay_cb (TptServices *self)
{
  tpt_engine_set_relay_live (self->engine,
                             tpt_relay_listener_is_delivering (self->listener));
}

static void
doubt_cb (TptServices *self)
{
  tpt_engine_wake (self->engine);
}

/* Whose colleagues are no customers, and which customers there are, may be different now. */
static void
account_cb (TptServices *self)
{
  tpt_matcher_forget (tpt_apply_get_matcher (self->apply));
}

static void
build (Opening *opening)
{
  TptServices *self = opening->services;
  TptMatcher *matcher = tpt_apply_get_matcher (self->apply);
  g_autofree char *lock = tpt_paths_get_lock (self->is_session_only);
  g_autoptr (TptTokenRefresh) tokens =
    tpt_token_refresh_new (self->secrets, opening->auth_url, lock, self->clock);
  TptConnectionSettings settings = {
    .api_url = opening->api_url,
    .auth_url = opening->auth_url,
    .client_id = get_client_id (opening->client_id),
    .redirect_host = opening->redirect_host,
    .redirect_port = opening->redirect_port,
    .redirect_method = opening->redirect_method,
    .is_reachable = (opening->flags & TPT_SERVICES_REACHABLE) != 0,
  };

  self->connection = tpt_connection_new (self->store, tokens, &settings);
  self->client = tpt_api_client_new (settings.api_url, TPT_TOKEN_SOURCE (self->connection));
  self->engine = tpt_engine_new (self->connection, self->client, self->store, self->apply,
                                 opening->last_sync);
  self->link_maker =
    tpt_link_maker_new (self->connection, self->client, self->store, self->engine);
  self->importer = tpt_importer_new (self->store, matcher, self->client);
  self->inbox = tpt_match_inbox_new (self->store, matcher);
  self->listener =
    tpt_relay_listener_new (self->connection, self->client, self->apply, self->secrets);
  tpt_connection_set_relay (self->connection, self->listener);
  g_signal_connect_object (self->connection, "notify::account", G_CALLBACK (account_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->listener, "notify::state", G_CALLBACK (relay_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->listener, "doubt", G_CALLBACK (doubt_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
fail (GTask        *task,
      const GError *error)
{
  g_task_return_error (task, tpt_services_error_map (error));
}

/* Takes @error; the last part to come answers. */
static void
part_loaded (GTask  *task,
             GError *error)
{
  Opening *opening = g_task_get_task_data (task);

  if (opening->error == NULL)
    opening->error = g_steal_pointer (&error);
  g_clear_error (&error);
  if (--opening->loading > 0)
    return;
  if (opening->error != NULL)
    fail (task, opening->error);
  else
    g_task_return_pointer (task, g_steal_pointer (&opening->services), g_object_unref);
}

static void
listener_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  tpt_relay_listener_load_finish (TPT_RELAY_LISTENER (source), result, &error);
  part_loaded (task, error);
}

static void
connection_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  tpt_connection_load_finish (TPT_CONNECTION (source), result, &error);
  part_loaded (task, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Opening *opening = g_task_get_task_data (task);

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    {
      fail (task, error);
      return;
    }

  build (opening);
  opening->loading = 2;
  tpt_connection_load_async (opening->services->connection, g_task_get_cancellable (task),
                             connection_cb, g_object_ref (task));
  tpt_relay_listener_load_async (opening->services->listener, g_task_get_cancellable (task),
                                 listener_cb, g_object_ref (task));
}

static gboolean
read_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  Opening *opening = user_data;

  return tpt_engine_read_last_sync (session, &opening->last_sync, error)
         && tpt_apply_load (session, opening->services->apply, error);
}

static void
store_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptMatcher) matcher = tpt_matcher_new ();
  Opening *opening = g_task_get_task_data (task);
  TptServices *self = opening->services;

  self->store = tpt_store_open_finish (result, &error);
  if (self->store == NULL)
    {
      fail (task, error);
      return;
    }

  self->apply = tpt_apply_new (self->store, matcher);
  tpt_store_transact_async (self->store, read_func, opening, NULL, g_task_get_cancellable (task),
                            read_cb, g_object_ref (task));
}

static void
key_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    fail (g_task_get_task_data (G_TASK (result)), error);
}

/* The record is opened right from here, without waiting until the main context has time: that of
 * an application is busy starting the toolkit. */
static void
key_thread (GTask        *getting,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  GTask *task = task_data;
  Opening *opening = g_task_get_task_data (task);
  TptServices *self = opening->services;
  g_autofree char *lock = self->is_session_only ? NULL : tpt_paths_get_lock (FALSE);
  GError *error = NULL;
  g_autoptr (GBytes) key = tpt_database_key_get (self->secrets, lock, opening->may_make_key,
                                                 cancellable, &error);

  if (key == NULL)
    {
      g_task_return_error (getting, error);
      return;
    }
  if (opening->stage != NULL)
    g_atomic_int_set (opening->stage, TPT_SERVICES_STAGE_RECORD);
  tpt_store_open_async (opening->database, key, self->clock, cancellable, store_cb,
                        g_object_ref (task));
  g_task_return_boolean (getting, TRUE);
}

/* Settings, folders and clock; what can go wrong before anything is asked. */
static gboolean
prepare (Opening  *opening,
         GError  **error)
{
  TptServices *self = opening->services;

  /* Whatever is created from now on is for this user alone. */
  umask (077);
  self->clock = tpt_clock_new_environment (error);
  if (self->clock == NULL)
    return FALSE;
  opening->api_url = tpt_service_address_read ("TOUCHPOINT_CALENDLY_API_URL", API_URL, error);
  if (opening->api_url == NULL)
    return FALSE;
  opening->auth_url = tpt_service_address_read ("TOUCHPOINT_CALENDLY_AUTH_URL", AUTH_URL, error);
  if (opening->auth_url == NULL)
    return FALSE;

  opening->database = self->is_session_only ? g_strdup (":memory:") : tpt_paths_get_database ();
  if (self->is_session_only)
    return TRUE;

  return tpt_paths_prepare (error)
         && (!(opening->flags & TPT_SERVICES_START_ANEW)
             || tpt_paths_put_aside (opening->database, error));
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (tpt_store_close_finish (TPT_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
tpt_services_dispose (GObject *object)
{
  TptServices *self = TPT_SERVICES (object);

  g_clear_object (&self->listener);
  g_clear_object (&self->inbox);
  g_clear_object (&self->importer);
  g_clear_object (&self->link_maker);
  g_clear_object (&self->engine);
  g_clear_object (&self->client);
  g_clear_object (&self->connection);
  g_clear_object (&self->apply);
  g_clear_object (&self->store);
  g_clear_object (&self->secrets);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (tpt_services_parent_class)->dispose (object);
}

static void
tpt_services_class_init (TptServicesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tpt_services_dispose;
}

static void
tpt_services_init (TptServices *self)
{
}

/**
 * tpt_services_open_async:
 * @options: (nullable)
 *
 * Reads TOUCHPOINT_CALENDLY_API_URL, TOUCHPOINT_CALENDLY_AUTH_URL, TOUCHPOINT_CLIENT_ID and
 * TOUCHPOINT_NOW, opens keyring and database and builds everything. Everything answers on the
 * default main context. Errors are of %TPT_SERVICES_ERROR; after one, everything is as it was.
 */
void
tpt_services_open_async (const TptServicesOptions *options,
                         GCancellable             *cancellable,
                         GAsyncReadyCallback       callback,
                         gpointer                  user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) getting = NULL;
  g_autoptr (GError) error = NULL;
  Opening *opening = g_new0 (Opening, 1);
  TptServices *self = g_object_new (TPT_TYPE_SERVICES, NULL);

  opening->services = self;
  g_task_set_source_tag (task, tpt_services_open_async);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  if (options != NULL)
    {
      opening->flags = options->flags;
      opening->client_id = g_strdup (options->client_id);
      opening->redirect_host = g_strdup (options->redirect_host);
      opening->redirect_port = options->redirect_port;
      opening->redirect_method = options->redirect_method;
      opening->stage = options->stage;
      g_set_object (&self->secrets, options->secrets);
    }
  self->is_session_only = (opening->flags & TPT_SERVICES_SESSION_ONLY) != 0;
  if (self->secrets == NULL)
    self->secrets = self->is_session_only ? tpt_memory_token_store_new ()
                                          : tpt_keyring_new (TPT_APP_ID);

  if (!prepare (opening, &error))
    {
      fail (task, error);
      return;
    }
  opening->may_make_key = self->is_session_only || !tpt_paths_has_record (opening->database);
  getting = g_task_new (NULL, cancellable, key_cb, NULL);
  g_task_set_source_tag (getting, tpt_services_open_async);
  /* Once the store opens, it is the store that answers. */
  g_task_set_check_cancellable (getting, FALSE);
  g_task_set_task_data (getting, g_object_ref (task), g_object_unref);
  g_task_run_in_thread (getting, key_thread);
}

/* Returns: (transfer full) */
TptServices *
tpt_services_open_finish (GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* As the same values of #TptServicesOptions, for a setting that is changed while all is running. */
void
tpt_services_set_client (TptServices *self,
                         const char  *client_id,
                         const char  *redirect_host,
                         guint16      redirect_port)
{
  g_return_if_fail (TPT_IS_SERVICES (self));

  tpt_connection_set_client (self->connection, get_client_id (client_id),
                             redirect_host, redirect_port);
}

/* From now on works by itself: syncs, listens to the relay. A single command needs none of it. */
void
tpt_services_start (TptServices *self)
{
  tpt_relay_listener_start (self->listener);
  tpt_engine_start (self->engine);
}

/* Stops and closes; to be called before the last reference goes, so that the data is free again. */
void
tpt_services_close_async (TptServices         *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_services_close_async);
  tpt_engine_stop (self->engine);
  tpt_relay_listener_stop (self->listener);
  tpt_store_close_async (self->store, cancellable, closed_cb, task);
}

gboolean
tpt_services_close_finish (TptServices   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

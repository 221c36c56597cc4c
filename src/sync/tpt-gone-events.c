/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-gone-events.h"

#include "tpt-scheduled-event-client.h"
#include "tpt-set-aside-table.h"

struct _TptGoneEvents
{
  GObject parent_instance;

  /* owned */
  TptApiClient *client;
  TptStore *store;
};

/* The events are asked for one after the other, the last one first. */
typedef struct
{
  GPtrArray *uris;         /* those that are left */
  GPtrArray *gone;         /* those that were not there */
  guint failed;            /* in a row */
} Look;

static void collection_init (TptCollectionInterface *interface);
static void next (GTask *task);

G_DEFINE_FINAL_TYPE_WITH_CODE (TptGoneEvents, tpt_gone_events, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_COLLECTION, collection_init))

static void
look_free (Look *look)
{
  g_ptr_array_unref (look->uris);
  g_ptr_array_unref (look->gone);
  g_free (look);
}

static gboolean
forget_func (TptSession  *session,
             gpointer     gone,
             GError     **error)
{
  GPtrArray *uris = gone;

  for (guint i = 0; i < uris->len; i++)
    {
      if (!tpt_set_aside_table_remove_meeting (session, g_ptr_array_index (uris, i), error))
        return FALSE;
    }

  return TRUE;
}

static void
forgotten_cb (GObject      *source,
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

/* One that is there all the same may be older than what was swept: it is told of as before. Where
 * the service does not say, another sweep asks; this one has done its work. */
static void
event_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Look *look = g_task_get_task_data (task);
  g_autofree char *uri = g_ptr_array_steal_index (look->uris, look->uris->len - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (TptMeeting) meeting = tpt_scheduled_event_client_get_finish (TPT_API_CLIENT (source),
                                                                          result, &error);

  if (g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_NOT_FOUND))
    g_ptr_array_add (look->gone, g_steal_pointer (&uri));
  else if (meeting == NULL && !tpt_pull_is_about_record (error, &look->failed))
    g_ptr_array_set_size (look->uris, 0);
  if (meeting != NULL)
    look->failed = 0;
  next (task);
}

static void
next (GTask *task)
{
  TptGoneEvents *self = g_task_get_source_object (task);
  Look *look = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (look->uris->len > 0)
    tpt_scheduled_event_client_get_async (self->client,
                                          g_ptr_array_index (look->uris, look->uris->len - 1),
                                          cancellable, event_cb, g_object_ref (task));
  else if (look->gone->len > 0)
    tpt_store_transact_async (self->store, forget_func, look->gone, NULL, cancellable,
                              forgotten_cb, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

static void
tpt_gone_events_pull_async (TptCollection       *collection,
                            TptPull             *pull,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (collection, cancellable, callback, user_data);
  Look *look = g_new0 (Look, 1);
  GHashTableIter iter;
  gpointer uri;

  look->uris = g_ptr_array_new_with_free_func (g_free);
  look->gone = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_iter_init (&iter, pull->unseen);
  while (g_hash_table_iter_next (&iter, &uri, NULL))
    g_ptr_array_add (look->uris, g_strdup (uri));
  g_task_set_source_tag (task, tpt_gone_events_pull_async);
  g_task_set_task_data (task, look, (GDestroyNotify) look_free);
  next (task);
}

static gboolean
tpt_gone_events_pull_finish (TptCollection  *collection,
                             GAsyncResult   *result,
                             GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
collection_init (TptCollectionInterface *interface)
{
  interface->pull_async = tpt_gone_events_pull_async;
  interface->pull_finish = tpt_gone_events_pull_finish;
}

static void
tpt_gone_events_finalize (GObject *object)
{
  TptGoneEvents *self = TPT_GONE_EVENTS (object);

  g_object_unref (self->client);
  g_object_unref (self->store);

  G_OBJECT_CLASS (tpt_gone_events_parent_class)->finalize (object);
}

static void
tpt_gone_events_class_init (TptGoneEventsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_gone_events_finalize;
}

static void
tpt_gone_events_init (TptGoneEvents *self)
{
}

TptCollection *
tpt_gone_events_new (TptApiClient *client,
                     TptStore     *store)
{
  TptGoneEvents *self = g_object_new (TPT_TYPE_GONE_EVENTS, NULL);

  self->client = g_object_ref (client);
  self->store = g_object_ref (store);

  return TPT_COLLECTION (self);
}

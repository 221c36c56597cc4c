/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-event-types.h"

#include <string.h>

#include "tpt-event-type-client.h"
#include "tpt-event-types-table.h"
#include "tpt-refusals.h"
#include "tpt-set-aside-table.h"
#include "tpt-settings-table.h"

/* What is asked for. */
#define LIST "event_types"

struct _TptEventTypes
{
  GObject parent_instance;

  /* owned */
  TptApiClient *client;
  TptStore *store;
  TptRefusals *refusals;
  GError *refusal;         /* what came last, or NULL */
};

typedef struct
{
  TptPull *pull;           /* borrowed */
  TptPage *page;
} Pull;

static void collection_init (TptCollectionInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TptEventTypes, tpt_event_types, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_COLLECTION, collection_init))

static void
own_pull_free (TptPull *pull)
{
  g_object_unref (pull->account);
  tpt_sync_report_free (pull->report);
  g_free (pull);
}

static void
pull_free (Pull *pull)
{
  g_clear_pointer (&pull->page, tpt_page_free);
  g_free (pull);
}

static gboolean
is_same (TptEventType *a,
         TptEventType *b)
{
  return a->updated_at == b->updated_at && a->active == b->active && a->deleted == b->deleted
         && a->secret == b->secret && a->is_paid == b->is_paid && a->duration == b->duration
         && g_strcmp0 (a->name, b->name) == 0
         && g_strcmp0 (a->scheduling_url, b->scheduling_url) == 0;
}

static gboolean
save_type (TptSession    *session,
           TptEventType  *type,
           GError       **error)
{
  g_autoptr (TptEventType) stored = NULL;

  if (!tpt_event_types_table_find (session, type->uri, &stored, error)
      || !tpt_set_aside_table_remove (session, type->uri, error))
    return FALSE;

  return (stored != NULL && is_same (stored, type))
         || tpt_event_types_table_save (session, type, error);
}

/* Whether what has that URI is an event type. */
gboolean
tpt_event_types_is_one (const char *uri)
{
  return strstr (uri, "/event_types/") != NULL;
}

/* What is not there any more will never be read. */
static gboolean
forget_unread (TptSession  *session,
               GHashTable  *listed,
               GError     **error)
{
  g_autoptr (GPtrArray) records = NULL;

  if (!tpt_set_aside_table_list (session, &records, error))
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      const TptSetAside *record = g_ptr_array_index (records, i);

      if (tpt_event_types_is_one (record->uri) && !g_hash_table_contains (listed, record->uri)
          && !tpt_set_aside_table_remove (session, record->uri, error))
        return FALSE;
    }

  return TRUE;
}

/* What is not in the list any more cannot be booked any more; meetings still name it. */
static gboolean
mark_gone (TptSession  *session,
           GHashTable  *listed,
           GError     **error)
{
  g_autoptr (GPtrArray) stored = NULL;

  if (!tpt_event_types_table_list (session, &stored, error))
    return FALSE;
  for (guint i = 0; i < stored->len; i++)
    {
      TptEventType *type = g_ptr_array_index (stored, i);

      if (type->deleted || g_hash_table_contains (listed, type->uri))
        continue;
      type->deleted = TRUE;
      if (!tpt_event_types_table_save (session, type, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
save_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  Pull *pull = user_data;
  TptPage *page = pull->page;
  g_autoptr (GHashTable) listed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < page->items->len; i++)
    {
      TptEventType *type = g_ptr_array_index (page->items, i);

      g_hash_table_add (listed, type->uri);
      if (!save_type (session, type, error))
        return FALSE;
    }
  for (guint i = 0; i < page->failures->len; i++)
    {
      const TptRecordFailure *failure = g_ptr_array_index (page->failures, i);

      g_hash_table_add (listed, failure->uri);
      if (!tpt_set_aside_table_save (session, failure->uri, failure->reason, failure->label,
                                     error))
        return FALSE;
    }

  return mark_gone (session, listed, error)
         && forget_unread (session, listed, error)
         && tpt_settings_table_set_int (session, TPT_SETTING_EVENT_TYPES_AT, pull->pull->now,
                                        error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Pull *pull = g_task_get_task_data (task);
  GError *error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < pull->page->failures->len; i++)
    {
      const TptRecordFailure *failure = g_ptr_array_index (pull->page->failures, i);

      tpt_sync_report_add_failure (pull->pull->report, failure->uri, failure->reason);
    }
  g_task_return_boolean (task, TRUE);
}

static void
list_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptEventTypes *self = g_task_get_source_object (task);
  Pull *pull = g_task_get_task_data (task);
  GError *error = NULL;

  pull->page = tpt_event_type_client_list_finish (TPT_API_CLIENT (source), result, &error);
  g_clear_error (&self->refusal);
  self->refusal = error != NULL ? g_error_copy (error) : NULL;
  tpt_refusals_note (self->refusals, pull->pull->account, LIST, TPT_TIME_NONE, pull->pull->now,
                     error);
  if (pull->page == NULL)
    g_task_return_error (task, error);
  else
    tpt_store_transact_async (self->store, save_func, pull, NULL, g_task_get_cancellable (task),
                              saved_cb, g_object_ref (task));
}

static void
refreshed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (tpt_collection_pull_finish (TPT_COLLECTION (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
tpt_event_types_pull_async (TptCollection       *collection,
                            TptPull             *pull,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  TptEventTypes *self = TPT_EVENT_TYPES (collection);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Pull *data = g_new0 (Pull, 1);

  data->pull = pull;
  g_task_set_source_tag (task, tpt_event_types_pull_async);
  g_task_set_task_data (task, data, (GDestroyNotify) pull_free);
  if (pull->is_routine
      && tpt_refusals_stands (self->refusals, pull->account, LIST, TPT_TIME_NONE, pull->now))
    {
      g_task_return_error (task, g_error_copy (self->refusal));
      g_object_unref (task);
      return;
    }
  tpt_event_type_client_list_async (self->client, pull->account->uri, cancellable, list_cb, task);
}

static gboolean
tpt_event_types_pull_finish (TptCollection  *collection,
                             GAsyncResult   *result,
                             GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
collection_init (TptCollectionInterface *interface)
{
  interface->pull_async = tpt_event_types_pull_async;
  interface->pull_finish = tpt_event_types_pull_finish;
}

static void
tpt_event_types_finalize (GObject *object)
{
  TptEventTypes *self = TPT_EVENT_TYPES (object);

  g_object_unref (self->client);
  g_object_unref (self->store);
  tpt_refusals_free (self->refusals);
  g_clear_error (&self->refusal);

  G_OBJECT_CLASS (tpt_event_types_parent_class)->finalize (object);
}

static void
tpt_event_types_class_init (TptEventTypesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_event_types_finalize;
}

static void
tpt_event_types_init (TptEventTypes *self)
{
  self->refusals = tpt_refusals_new ();
}

TptCollection *
tpt_event_types_new (TptApiClient *client,
                     TptStore     *store)
{
  TptEventTypes *self = g_object_new (TPT_TYPE_EVENT_TYPES, NULL);

  self->client = g_object_ref (client);
  self->store = g_object_ref (store);

  return TPT_COLLECTION (self);
}

/* Pulls them outside of a sync. */
void
tpt_event_types_refresh_async (TptEventTypes       *self,
                               TptUser             *account,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  TptPull *pull = g_new0 (TptPull, 1);

  pull->account = g_object_ref (account);
  pull->now = tpt_clock_now (tpt_store_get_clock (self->store));
  pull->report = tpt_sync_report_new ();
  g_task_set_source_tag (task, tpt_event_types_refresh_async);
  g_task_set_task_data (task, pull, (GDestroyNotify) own_pull_free);
  tpt_event_types_pull_async (TPT_COLLECTION (self), pull, cancellable, refreshed_cb, task);
}

gboolean
tpt_event_types_refresh_finish (TptEventTypes  *self,
                                GAsyncResult   *result,
                                GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

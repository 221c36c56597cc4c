/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-store.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-database.h"
#include "tpt-restoration.h"
#include "tpt-schema.h"
#include "tpt-search-loader.h"
#include "tpt-store-call.h"

G_DEFINE_QUARK (tpt-store-error-quark, tpt_store_error)

struct _TptStore
{
  GObject parent_instance;

  char *path;
  TptClock *clock;
  GMainContext *context;
  TptStoreThread *thread;  /* NULL once it was told to end */
  TptDatabase *database;   /* belongs to the thread; not to be looked at once that is NULL */
  TptRestoration *restoration;
};

G_DEFINE_FINAL_TYPE (TptStore, tpt_store, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_RESTORED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What the thread tells the main context after a commit. */
typedef struct
{
  TptStore *store;
  guint flags;
  GArray *customers;
  TptRestoration *restoration;
} News;

typedef struct
{
  TptStore *store;
  GBytes *key;
} OpenRequest;

typedef struct
{
  TptStoreThread *thread;
  TptDatabase *database;
  TptStoreCall *call;
} Closing;

static void
news_free (News *news)
{
  g_object_unref (news->store);
  g_clear_pointer (&news->customers, g_array_unref);
  g_clear_pointer (&news->restoration, tpt_restoration_unref);
  g_free (news);
}

static gboolean
news_cb (gpointer user_data)
{
  News *news = user_data;
  TptStore *self = news->store;

  if (news->restoration != NULL && news->restoration != self->restoration)
    {
      g_clear_pointer (&self->restoration, tpt_restoration_unref);
      self->restoration = tpt_restoration_ref (news->restoration);
      g_signal_emit (self, signals[SIGNAL_RESTORED], 0);
    }
  g_signal_emit (news->store, signals[SIGNAL_CHANGED], 0, news->flags, news->customers);

  return G_SOURCE_REMOVE;
}

/* On the thread, after a commit and before its answer, so that who waits for that has seen it. */
static void
send_news (TptStore *self)
{
  g_autoptr (GSource) source = NULL;
  TptSession *session = self->database->session;
  News *news;

  if (session == NULL || session->changes == 0)
    return;
  tpt_search_loader_refresh (self->database->search, session);
  news = g_new0 (News, 1);
  news->store = g_object_ref (self);
  news->flags = session->changes;
  news->customers = session->all ? NULL : g_array_copy (session->customers);
  if (self->database->restoration != NULL)
    news->restoration = tpt_restoration_ref (self->database->restoration);
  tpt_session_forget_changes (session);
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "tpt_store_changed");
  g_source_set_callback (source, news_cb, news, (GDestroyNotify) news_free);
  g_source_attach (source, self->context);
}

/* What SQLite calls it is nothing for a person, who can do again what was not done. */
static void
tell_rescue (GError **error)
{
  g_clear_error (error);
  g_set_error_literal (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT,
                       _("The record on this computer was damaged, and has been made anew. Please "
                         "try again."));
}

/* The job of every call but those that open and close. */
static void
call_job (gpointer data)
{
  TptStoreCall *call = data;
  TptStore *self = g_task_get_source_object (call->task);

  if (tpt_database_be_open (self->database, &call->error))
    {
      /* Of what became of the file before this call. */
      send_news (self);
      tpt_store_call_run (call, self->database->session);
      if (call->error != NULL && tpt_database_heal (self->database, call->error))
        tell_rescue (&call->error);
    }
  send_news (self);
  tpt_database_back_up (self->database);
  tpt_store_call_answer (call);
}

static void
closing_job (gpointer data)
{
  Closing *closing = data;

  g_clear_pointer (&closing->database, tpt_database_close);
  /* From here, so that nothing which a job left behind can come after the end. */
  tpt_store_thread_end (closing->thread);
  if (closing->call != NULL)
    tpt_store_call_answer (closing->call);
  g_free (closing);
}

/* The last job; @call may be NULL, and is answered when it is done. */
static void
push_closing (TptStore     *self,
              TptStoreCall *call)
{
  TptStoreThread *thread = g_steal_pointer (&self->thread);
  Closing *closing = g_new0 (Closing, 1);

  closing->thread = thread;
  /* Jobs that were pushed before still work with it. */
  closing->database = self->database;
  closing->call = call;
  tpt_store_thread_push (thread, closing_job, closing);
}

static void
tpt_store_finalize (GObject *object)
{
  TptStore *self = TPT_STORE (object);

  if (self->thread != NULL)
    push_closing (self, NULL);
  g_clear_pointer (&self->restoration, tpt_restoration_unref);
  g_free (self->path);
  g_object_unref (self->clock);
  g_main_context_unref (self->context);

  G_OBJECT_CLASS (tpt_store_parent_class)->finalize (object);
}

static void
tpt_store_class_init (TptStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_store_finalize;

  /**
   * TptStore::changed:
   * @flags: /TptChange/
   * @customers: (nullable) (element-type gint64): rows; %NULL stands for all
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                          G_TYPE_UINT, G_TYPE_ARRAY);

  /** TptStore::restored: damage was found; tpt_store_get_restoration() tells what became of it */
  signals[SIGNAL_RESTORED] = g_signal_new ("restored", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tpt_store_init (TptStore *self)
{
}

static void
open_request_free (gpointer data)
{
  OpenRequest *request = data;

  g_object_unref (request->store);
  g_bytes_unref (request->key);
  g_free (request);
}

static void
open_job (gpointer data)
{
  TptStoreCall *call = data;
  OpenRequest *request = call->data;
  TptStore *self = request->store;

  self->database = tpt_database_open (self->path, request->key, self->clock,
                                      g_task_get_cancellable (call->task), &call->error);
  if (self->database != NULL)
    {
      if (self->database->restoration != NULL)
        self->restoration = tpt_restoration_ref (self->database->restoration);
      tpt_database_start_search (self->database, self->thread);
      call->result = g_object_ref (self);
    }
  tpt_store_call_answer (call);
}

/**
 * tpt_store_open_async:
 * @path: of the file, in a folder that holds nothing but this program's data, or `:memory:`
 * @key: %TPT_STORE_KEY_BYTES bytes, which seal a new file and open an old one
 *
 * Opens the file, or makes it. Waits up to 10 s for another process that has the folder. What is
 * there and is not ours, newer than we are or sealed with another key is refused and not touched.
 * What is damaged is set aside and made anew: tpt_store_get_restoration().
 */
void
tpt_store_open_async (const char          *path,
                      GBytes              *key,
                      TptClock            *clock,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task;
  OpenRequest *request;
  TptStore *self;

  g_return_if_fail (path != NULL);
  g_return_if_fail (g_bytes_get_size (key) == TPT_STORE_KEY_BYTES);
  g_return_if_fail (TPT_IS_CLOCK (clock));

  self = g_object_new (TPT_TYPE_STORE, NULL);
  self->path = g_strdup (path);
  self->clock = g_object_ref (clock);
  self->context = g_main_context_ref_thread_default ();
  self->thread = tpt_store_thread_new ("touchpoint-store");
  request = g_new0 (OpenRequest, 1);
  request->store = self;
  request->key = g_bytes_ref (key);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, tpt_store_open_async);
  tpt_store_thread_push (self->thread, open_job,
                         tpt_store_call_new (task, NULL, request, open_request_free,
                                             g_object_unref));
}

TptStore *
tpt_store_open_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tpt_store_close_async:
 *
 * Lets what was asked for before come to its end, then closes the file and gives the folder free.
 */
void
tpt_store_close_async (TptStore            *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task;
  TptStoreCall *call;

  g_return_if_fail (TPT_IS_STORE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, tpt_store_close_async);
  if (self->thread == NULL)
    {
      g_task_return_pointer (task, self, NULL);
      g_object_unref (task);
      return;
    }
  call = tpt_store_call_new (task, NULL, NULL, NULL, NULL);
  call->result = self;
  push_closing (self, call);
}

gboolean
tpt_store_close_finish (TptStore      *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

const char *
tpt_store_get_path (TptStore *self)
{
  g_return_val_if_fail (TPT_IS_STORE (self), NULL);

  return self->path;
}

/** tpt_store_get_library_version: which SQLite is loaded */
const char *
tpt_store_get_library_version (void)
{
  return sqlite3_libversion ();
}

/** tpt_store_get_schema_version: of every store that is open */
int
tpt_store_get_schema_version (TptStore *self)
{
  g_return_val_if_fail (TPT_IS_STORE (self), 0);

  return TPT_SCHEMA_VERSION;
}

/**
 * tpt_store_get_restoration:
 *
 * Returns: (transfer none) (nullable): what became of a record that was damaged, until
 *   tpt_restoration_forget()
 */
TptRestoration *
tpt_store_get_restoration (TptStore *self)
{
  g_return_val_if_fail (TPT_IS_STORE (self), NULL);

  return self->restoration;
}

TptClock *
tpt_store_get_clock (TptStore *self)
{
  g_return_val_if_fail (TPT_IS_STORE (self), NULL);

  return self->clock;
}

/** tpt_store_push_task: takes @task, whose source object @self is, and lets @func answer it */
void
tpt_store_push_task (TptStore         *self,
                     GTask            *task,
                     TptStoreCallFunc  func,
                     gpointer          data,
                     GDestroyNotify    data_free,
                     GDestroyNotify    result_free)
{
  TptStoreCall *call = tpt_store_call_new (task, func, data, data_free, result_free);

  if (self->thread != NULL)
    {
      tpt_store_thread_push (self->thread, call_job, call);
      return;
    }
  call->error = g_error_new_literal (TPT_STORE_ERROR, TPT_STORE_ERROR_CLOSED, "The data is closed");
  tpt_store_call_answer (call);
}

/** tpt_store_get_search: (nullable): to ask it something; %NULL once the store is closed */
TptSearch *
tpt_store_get_search (TptStore *self)
{
  if (self->thread == NULL)
    return NULL;
  tpt_store_thread_hurry (self->thread);

  return self->database->search;
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-search.h"

#include "tpt-search-text.h"
#include "tpt-sqlite.h"
#include "tpt-store-call.h"
#include "tpt-store-thread.h"

/* Without positions and sizes, as nothing here asks for phrases or ranks. */
#define TABLES                                                                                     \
  "CREATE TABLE documents ("                                                                       \
  "  id INTEGER PRIMARY KEY,"                                                                      \
  "  customer INTEGER NOT NULL,"                                                                   \
  "  meeting INTEGER NOT NULL,"                                                                    \
  "  start_at INTEGER NOT NULL"                                                                    \
  ") STRICT;"                                                                                      \
  "CREATE INDEX documents_by_row ON documents (meeting, customer);"                                \
  "CREATE VIRTUAL TABLE words USING fts5 ("                                                        \
  "  text, tokenize = 'ascii', detail = none, columnsize = 0, prefix = '1 2');"

/* Documents between two commits. As there is only one connection, whatever is put can be found at
 * once, committed or not; and each commit costs as much as a few dozen documents. */
#define MAX_UNCOMMITTED 2000

struct _TptSearch
{
  TptStoreThread *thread;
  TptSqlite *sqlite;       /* from here on: only on the thread */
  guint uncommitted;       /* documents */
  gboolean ready;
  GError *error;           /* why it cannot answer, once it is ready */
  GQueue waiting;          /* (element-type TptStoreCall) until it is ready */
};

typedef struct
{
  TptSearch *search;
  GPtrArray *documents;
  GError *error;
  TptStoreCall *call;
} Job;

typedef struct
{
  char *text;
  guint limit;
} Request;

static void
entry_clear (gpointer data)
{
  TptSearchEntry *entry = data;

  g_free (entry->text);
}

/** tpt_search_document_new: one of the two rows is 0 */
TptSearchDocument *
tpt_search_document_new (gint64 customer,
                         gint64 meeting)
{
  TptSearchDocument *self = g_new0 (TptSearchDocument, 1);

  self->customer = customer;
  self->meeting = meeting;
  self->entries = g_array_new (FALSE, FALSE, sizeof (TptSearchEntry));
  g_array_set_clear_func (self->entries, entry_clear);

  return self;
}

/** tpt_search_document_add: appends to the entry for @customer, which may be 0 for none */
void
tpt_search_document_add (TptSearchDocument *self,
                         gint64             customer,
                         const char        *text)
{
  TptSearchEntry added = { customer, NULL };

  for (guint i = 0; i < self->entries->len; i++)
    {
      TptSearchEntry *entry = &g_array_index (self->entries, TptSearchEntry, i);
      g_autofree char *before = entry->text;

      if (entry->customer == customer)
        {
          entry->text = g_strconcat (before, " ", text, NULL);
          return;
        }
      before = NULL;
    }
  added.text = g_strdup (text);
  g_array_append_val (self->entries, added);
}

void
tpt_search_document_free (TptSearchDocument *self)
{
  g_array_unref (self->entries);
  g_free (self);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->text);
  g_free (request);
}

static void
push_job (TptSearch   *self,
          TptStoreJob  func,
          Job          content)
{
  Job *job = g_memdup2 (&content, sizeof content);

  job->search = self;
  tpt_store_thread_push (self->thread, func, job);
}

static gboolean
open_tables (TptSearch *self)
{
  g_clear_pointer (&self->sqlite, tpt_sqlite_close);
  self->uncommitted = 0;
  self->sqlite = tpt_sqlite_open (TPT_SQLITE_MEMORY, &self->error);

  return self->sqlite != NULL && tpt_sqlite_execute (self->sqlite, TABLES, &self->error);
}

static gboolean
run_for_row (TptSearch         *self,
             const char        *sql,
             TptSearchDocument *document,
             GError           **error)
{
  g_autoptr (TptStatement) statement = tpt_sqlite_get (self->sqlite, sql);

  tpt_statement_bind_int (statement, 1, document->meeting);
  tpt_statement_bind_int (statement, 2, document->customer);

  return tpt_statement_run (statement, error);
}

static gboolean
has_document (TptSearch          *self,
              TptSearchDocument  *document,
              gboolean           *found,
              GError            **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_sqlite_get (self->sqlite, "SELECT 1 FROM documents "
                                            "WHERE meeting = ?1 AND (?1 <> 0 OR customer = ?2)");
  tpt_statement_bind_int (statement, 1, document->meeting);
  tpt_statement_bind_int (statement, 2, document->customer);
  *found = tpt_statement_next (statement);

  return tpt_statement_check (statement, error);
}

static gboolean
remove_document (TptSearch          *self,
                 TptSearchDocument  *document,
                 GError            **error)
{
  gboolean found;

  if (!has_document (self, document, &found, error))
    return FALSE;
  if (!found)
    return TRUE;

  /* A meeting's entries belong to whatever customers it had; a customer's have no meeting. */
  return run_for_row (self,
                      "DELETE FROM words WHERE rowid IN (SELECT id FROM documents "
                      "WHERE meeting = ?1 AND (?1 <> 0 OR customer = ?2))",
                      document, error)
         && run_for_row (self,
                         "DELETE FROM documents "
                         "WHERE meeting = ?1 AND (?1 <> 0 OR customer = ?2)",
                         document, error);
}

static gboolean
add_entry (TptSearch          *self,
           TptSearchDocument  *document,
           TptSearchEntry     *entry,
           GError            **error)
{
  g_autofree char *folded = tpt_search_text_fold (entry->text);
  g_autoptr (TptStatement) place = NULL;
  g_autoptr (TptStatement) words = NULL;

  place = tpt_sqlite_get (self->sqlite, "INSERT INTO documents (customer, meeting, start_at) "
                                        "VALUES (?1, ?2, ?3)");
  tpt_statement_bind_int (place, 1, entry->customer);
  tpt_statement_bind_int (place, 2, document->meeting);
  tpt_statement_bind_int (place, 3, document->start);
  if (!tpt_statement_run (place, error))
    return FALSE;
  words = tpt_sqlite_get (self->sqlite, "INSERT INTO words (rowid, text) "
                                        "VALUES (last_insert_rowid (), ?1)");
  tpt_statement_bind_text (words, 1, folded);

  return tpt_statement_run (words, error);
}

static gboolean
replace_document (TptSearch          *self,
                  TptSearchDocument  *document,
                  GError            **error)
{
  if (!remove_document (self, document, error))
    return FALSE;
  for (guint i = 0; i < document->entries->len; i++)
    {
      if (!add_entry (self, document, &g_array_index (document->entries, TptSearchEntry, i), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
put_documents (TptSearch  *self,
               GPtrArray  *documents,
               GError    **error)
{
  if (!tpt_sqlite_in_transaction (self->sqlite)
      && !tpt_sqlite_execute (self->sqlite, "BEGIN", error))
    return FALSE;
  for (guint i = 0; i < documents->len; i++)
    {
      if (!replace_document (self, g_ptr_array_index (documents, i), error))
        return FALSE;
    }
  self->uncommitted += documents->len;
  if (self->uncommitted < MAX_UNCOMMITTED)
    return TRUE;
  self->uncommitted = 0;

  return tpt_sqlite_execute (self->sqlite, "COMMIT", error);
}

static void
put_job (gpointer data)
{
  Job *job = data;

  /* An index that has failed once is not complete any more, and says so from then on. */
  if (job->search->error == NULL)
    put_documents (job->search, job->documents, &job->search->error);
  g_ptr_array_unref (job->documents);
  g_free (job);
}

static void
clear_job (gpointer data)
{
  Job *job = data;

  g_clear_error (&job->search->error);
  open_tables (job->search);
  g_free (job);
}

static GArray *
find (TptSearch   *self,
      Request     *request,
      GError     **error)
{
  g_autofree char *query = tpt_search_text_make_query (request->text);
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (TptSearchHit));
  g_autoptr (TptStatement) statement = NULL;

  if (query == NULL)
    return g_steal_pointer (&hits);
  /* From the last row back, as later meetings mostly came later: what belongs to the first hits is
   * then seen early, and the rest needs no place among them. "LIMIT -1" keeps that order. */
  statement = tpt_sqlite_get (self->sqlite,
                              "SELECT customer, meeting FROM ("
                              "SELECT rowid AS found FROM words WHERE words MATCH ?1 "
                              "ORDER BY rowid DESC LIMIT -1) "
                              "CROSS JOIN documents ON documents.id = found "
                              "ORDER BY meeting <> 0, start_at DESC, id LIMIT ?2");
  tpt_statement_bind_text (statement, 1, query);
  tpt_statement_bind_int (statement, 2, request->limit != 0 ? (gint64) request->limit : -1);
  while (tpt_statement_next (statement))
    {
      TptSearchHit hit = { tpt_statement_get_int (statement, 0),
                           tpt_statement_get_int (statement, 1) };

      g_array_append_val (hits, hit);
    }

  return tpt_statement_check (statement, error) ? g_steal_pointer (&hits) : NULL;
}

static void
answer (TptSearch    *self,
        TptStoreCall *call)
{
  GCancellable *cancellable = g_task_get_cancellable (call->task);

  if (self->error != NULL)
    call->error = g_error_copy (self->error);
  else if (!g_cancellable_set_error_if_cancelled (cancellable, &call->error))
    call->result = find (self, call->data, &call->error);
  tpt_store_call_answer (call);
}

static void
find_job (gpointer data)
{
  Job *job = data;

  if (job->search->ready)
    answer (job->search, job->call);
  else
    g_queue_push_tail (&job->search->waiting, job->call);
  g_free (job);
}

static void
answer_waiting (TptSearch *self)
{
  TptStoreCall *call;

  self->ready = TRUE;
  while ((call = g_queue_pop_head (&self->waiting)) != NULL)
    answer (self, call);
}

static void
ready_job (gpointer data)
{
  Job *job = data;

  if (job->search->error == NULL)
    job->search->error = g_steal_pointer (&job->error);
  g_clear_error (&job->error);
  answer_waiting (job->search);
  g_free (job);
}

static void
end_job (gpointer data)
{
  Job *job = data;
  TptSearch *self = job->search;

  if (self->error == NULL)
    self->error = g_error_new_literal (TPT_STORE_ERROR, TPT_STORE_ERROR_CLOSED,
                                       "The data is closed");
  answer_waiting (self);
  g_clear_pointer (&self->sqlite, tpt_sqlite_close);
  g_clear_error (&self->error);
  tpt_store_thread_end (self->thread);
  g_free (self);
  g_free (job);
}

TptSearch *
tpt_search_new (void)
{
  TptSearch *self = g_new0 (TptSearch, 1);

  g_queue_init (&self->waiting);
  self->thread = tpt_store_thread_new ("touchpoint-find");
  tpt_search_clear (self);

  return self;
}

/** tpt_search_end: answers what was asked before, then frees @self */
void
tpt_search_end (TptSearch *self)
{
  push_job (self, end_job, (Job) { 0 });
}

/** tpt_search_clear: forgets everything */
void
tpt_search_clear (TptSearch *self)
{
  push_job (self, clear_job, (Job) { 0 });
}

/** tpt_search_put: takes @documents (element-type TptSearchDocument) */
void
tpt_search_put (TptSearch *self,
                GPtrArray *documents)
{
  push_job (self, put_job, (Job) { .documents = documents });
}

/**
 * tpt_search_set_ready:
 *
 * Everything was put, or @error (nullable) came instead; searches waited for that.
 */
void
tpt_search_set_ready (TptSearch    *self,
                      const GError *error)
{
  push_job (self, ready_job, (Job) { .error = error != NULL ? g_error_copy (error) : NULL });
}

/**
 * tpt_search_find:
 *
 * Takes @task and answers it with a GArray of TptSearchHit, customers first, newest first.
 */
void
tpt_search_find (TptSearch  *self,
                 GTask      *task,
                 const char *text,
                 guint       limit)
{
  Request *request = g_new0 (Request, 1);
  TptStoreCall *call;

  request->text = g_strdup (text);
  request->limit = limit;
  call = tpt_store_call_new (task, NULL, request, request_free, (GDestroyNotify) g_array_unref);
  push_job (self, find_job, (Job) { .call = call });
}

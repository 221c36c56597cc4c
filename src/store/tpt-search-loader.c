/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-search-loader.h"

#include "tpt-customers-table.h"

#define MEETINGS_PER_JOB 200

struct _TptSearchLoader
{
  TptSession *session;     /* NULL: stop */
  TptSearch *search;
  TptStoreThread *thread;
  gboolean is_waiting;     /* its next job has been pushed */
  gboolean customers_done;
  gint64 last_meeting;
};

static void
add_word (GString    *text,
          const char *word)
{
  if (word == NULL)
    return;
  g_string_append_c (text, ' ');
  g_string_append (text, word);
}

static TptSearchDocument *
describe_customer (TptCustomer *customer)
{
  TptSearchDocument *document = tpt_search_document_new (customer->id, 0);
  g_autoptr (GString) text = g_string_new (NULL);

  add_word (text, customer->name);
  for (guint i = 0; customer->domains[i] != NULL; i++)
    add_word (text, customer->domains[i]);
  for (guint i = 0; i < customer->stakeholders->len; i++)
    {
      TptStakeholder *stakeholder = g_ptr_array_index (customer->stakeholders, i);

      add_word (text, stakeholder->name);
      for (char **email = stakeholder->emails; *email != NULL; email++)
        add_word (text, *email);
    }
  tpt_search_document_add (document, customer->id, text->str);

  return document;
}

static gboolean
put_all_customers (TptSession  *session,
                   GPtrArray   *documents,
                   GError     **error)
{
  g_autoptr (GPtrArray) customers = NULL;

  if (!tpt_customers_table_list (session, &customers, error))
    return FALSE;
  for (guint i = 0; i < customers->len; i++)
    g_ptr_array_add (documents, describe_customer (g_ptr_array_index (customers, i)));

  return TRUE;
}

/* The e-mail address and the name stand first among an invitee's sealed fields. */
static gboolean
add_invitees (TptSession         *session,
              TptSearchDocument  *document,
              GError            **error)
{
  g_auto (TptPack) pack = { 0 };
  g_autoptr (TptStatement) statement = NULL;

  tpt_pack_init (&pack);
  statement = tpt_session_get (session, "SELECT id, customer, sealed FROM invitees "
                                        "WHERE meeting = ?1 ORDER BY id");
  tpt_statement_bind_int (statement, 1, document->meeting);
  while (tpt_statement_next (statement))
    {
      g_autofree char *email = NULL;
      g_autofree char *full_name = NULL;

      if (!tpt_session_unseal (session, "invitees", "sealed", tpt_statement_get_int (statement, 0),
                               statement, 2, &pack, error))
        return FALSE;
      email = tpt_pack_take_string (&pack);
      full_name = tpt_pack_take_string (&pack);
      tpt_search_document_add_person (document, tpt_statement_get_int (statement, 1), email,
                                      full_name);
    }

  return tpt_statement_check (statement, error);
}

/* The meeting in the current row of @statement: its row, its start and what is sealed. */
static TptSearchDocument *
read_meeting (TptSession    *session,
              TptStatement  *statement,
              GError       **error)
{
  gint64 row = tpt_statement_get_int (statement, 0);
  g_autoptr (TptSearchDocument) document = tpt_search_document_new (0, row);
  g_auto (TptPack) pack = { 0 };

  tpt_pack_init (&pack);
  document->start = tpt_statement_get_int (statement, 1);
  if (!tpt_session_unseal (session, "meetings", "sealed", row, statement, 2, &pack, error))
    return NULL;
  document->title = tpt_pack_take_string (&pack);
  if (!add_invitees (session, document, error))
    return NULL;
  tpt_search_document_end (document);

  return g_steal_pointer (&document);
}

/* Without entries when the meeting is not there any more. */
static TptSearchDocument *
describe_meeting (TptSession  *session,
                  gint64       row,
                  GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "SELECT id, start_at, sealed FROM meetings WHERE id = ?1");
  tpt_statement_bind_int (statement, 1, row);
  if (tpt_statement_next (statement))
    return read_meeting (session, statement, error);

  return tpt_statement_check (statement, error) ? tpt_search_document_new (0, row) : NULL;
}

static gboolean
put_next_meetings (TptSearchLoader  *self,
                   GPtrArray        *documents,
                   GError          **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (self->session, "SELECT id, start_at, sealed FROM meetings "
                                              "WHERE id > ?1 ORDER BY id LIMIT ?2");
  tpt_statement_bind_int (statement, 1, self->last_meeting);
  tpt_statement_bind_int (statement, 2, MEETINGS_PER_JOB);
  while (tpt_statement_next (statement))
    {
      TptSearchDocument *document = read_meeting (self->session, statement, error);

      if (document == NULL)
        return FALSE;
      self->last_meeting = document->meeting;
      g_ptr_array_add (documents, document);
    }

  return tpt_statement_check (statement, error);
}

static void load_job (gpointer data);

static void
push_job (TptSearchLoader *self)
{
  self->is_waiting = TRUE;
  tpt_store_thread_push_later (self->thread, load_job, g_rc_box_acquire (self));
}

static void
load_job (gpointer data)
{
  TptSearchLoader *self = data;
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GError) error = NULL;
  gboolean loaded, more = TRUE;

  self->is_waiting = FALSE;
  if (self->session == NULL)
    {
      g_rc_box_release (self);
      return;
    }
  documents = g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_search_document_free);
  if (self->customers_done)
    {
      loaded = put_next_meetings (self, documents, &error);
      more = documents->len == MEETINGS_PER_JOB;
    }
  else
    {
      g_debug ("Search index begun: %" G_GINT64_FORMAT, g_get_monotonic_time ());
      loaded = put_all_customers (self->session, documents, &error);
    }
  self->customers_done = TRUE;
  tpt_search_put (self->search, g_steal_pointer (&documents));
  if (loaded && more)
    push_job (self);
  else
    tpt_search_set_ready (self->search, error);
  g_rc_box_release (self);
}

/**
 * tpt_search_loader_start:
 *
 * On @thread. The loading is cut into small jobs, and begins when whoever has opened the data has
 * read what is to be shown first, or as soon as somebody searches.
 */
TptSearchLoader *
tpt_search_loader_start (TptSession     *session,
                         TptSearch      *search,
                         TptStoreThread *thread)
{
  TptSearchLoader *self = g_rc_box_new0 (TptSearchLoader);

  self->session = session;
  self->search = search;
  self->thread = thread;
  push_job (self);

  return self;
}

/**
 * tpt_search_loader_move:
 * @session: (nullable): the database was opened again, or %NULL: it is closed for now
 *
 * Begins anew with what is there now.
 */
void
tpt_search_loader_move (TptSearchLoader *self,
                        TptSession      *session)
{
  self->session = session;
  self->customers_done = FALSE;
  self->last_meeting = 0;
  if (session != NULL && !self->is_waiting)
    push_job (self);
}

/** tpt_search_loader_stop: takes @self; a job of it that still waits does nothing any more */
void
tpt_search_loader_stop (TptSearchLoader *self)
{
  self->session = NULL;
  g_rc_box_release (self);
}

static gboolean
refresh_customers (TptSession  *session,
                   GPtrArray   *documents,
                   GError     **error)
{
  for (guint i = 0; i < session->customers->len; i++)
    {
      gint64 row = g_array_index (session->customers, gint64, i);
      g_autoptr (TptCustomer) customer = NULL;

      if (!tpt_customers_table_load (session, row, &customer, error))
        return FALSE;
      g_ptr_array_add (documents, customer != NULL ? describe_customer (customer)
                                                   : tpt_search_document_new (row, 0));
    }

  return TRUE;
}

static gboolean
refresh_meetings (TptSession  *session,
                  GPtrArray   *documents,
                  GError     **error)
{
  for (guint i = 0; i < session->meetings->len; i++)
    {
      gint64 row = g_array_index (session->meetings, gint64, i);
      TptSearchDocument *document = NULL;

      if (!g_hash_table_steal_extended (session->documents, &row, NULL, (gpointer *) &document))
        document = describe_meeting (session, row, error);
      if (document == NULL)
        return FALSE;
      g_ptr_array_add (documents, document);
    }

  return TRUE;
}

/** tpt_search_loader_refresh: indexes again what the last transaction of @session has changed */
void
tpt_search_loader_refresh (TptSearch  *search,
                           TptSession *session)
{
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GError) error = NULL;
  gboolean read = TRUE;

  if (session->all)
    {
      tpt_search_clear (search);
      return;
    }
  documents = g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_search_document_free);
  if ((session->changes & TPT_CHANGE_CUSTOMERS) != 0)
    read = refresh_customers (session, documents, &error);
  read = read && refresh_meetings (session, documents, &error);
  if (documents->len > 0)
    tpt_search_put (search, g_steal_pointer (&documents));
  if (!read)
    tpt_search_set_ready (search, error);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-postgres-link.h"

#include <poll.h>
#include <string.h>

#include "tpt-relay-error.h"
#include "tpt-relay-journal-postgres-parameters.h"

#define SETTLE_MILLISECONDS 10000
/* What may wait in memory to be sent together with what comes next. */
#define UNSENT_MAX (256 * 1024)

/* The server's words name tables and limits, never what was in a row: columns are bound, and none
 * has a constraint whose message would tell a value. */
static gboolean
fail (Link    *self,
      GError **error)
{
  const char *text = self->connection != NULL ? PQerrorMessage (self->connection) : "";
  g_autofree char *line = g_strndup (text, strcspn (text, "\n"));

  g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "Journal: %s",
               line[0] != '\0' ? line : "not connected");

  return FALSE;
}

static void
notice_cb (void           *user_data,
           const PGresult *result)
{
  Link *self = user_data;
  const char *severity = PQresultErrorField (result, PG_DIAG_SEVERITY_NONLOCALIZED);

  if (g_strcmp0 (severity, "WARNING") == 0)
    self->has_warned = TRUE;
}

/**
 * link_connect:
 * @conninfo: as libpq takes it; what it does not say is chosen so that the server that can write is
 *   found, and that one which has gone is noticed within seconds
 */
gboolean
link_connect (Link        *self,
              const char  *conninfo,
              GError     **error)
{
  const char *const keywords[] = { "connect_timeout", "tcp_user_timeout", "keepalives_idle",
                                   "keepalives_interval", "keepalives_count",
                                   "target_session_attrs", "application_name", "dbname",
                                   "client_encoding", NULL };
  const char *const values[] = { "5", "10000", "10", "5", "2", "read-write", "touchpoint-relay",
                                 conninfo, "UTF8", NULL };

  self->connection = PQconnectdbParams (keywords, values, 1);
  if (self->connection == NULL || PQstatus (self->connection) != CONNECTION_OK)
    return fail (self, error);
  self->milliseconds = SETTLE_MILLISECONDS;
  self->prepared = g_hash_table_new (NULL, NULL);
  self->taken = g_array_new (FALSE, FALSE, sizeof (gint64));
  PQsetNoticeReceiver (self->connection, notice_cb, self);

  return PQsetnonblocking (self->connection, 1) == 0 || fail (self, error);
}

void
link_close (Link *self)
{
  g_clear_pointer (&self->connection, PQfinish);
  g_clear_pointer (&self->prepared, g_hash_table_unref);
  g_clear_pointer (&self->taken, g_array_unref);
  self->pending = 0;
  self->has_warned = self->has_failed = self->is_listening = self->has_been_notified = FALSE;
}

gboolean
link_is_good (Link *self)
{
  return self->connection != NULL && PQstatus (self->connection) == CONNECTION_OK;
}

/* Whether nothing has come from the server that says or means that it has gone: its last words are
 * read at first, and its end then. */
gboolean
link_is_alive (Link *self)
{
  return link_is_good (self) && PQconsumeInput (self->connection) == 1 &&
         PQconsumeInput (self->connection) == 1 && link_is_good (self);
}

static void
keep_error (Link      *self,
            PGresult  *result,
            GError   **error)
{
  const char *text = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);

  if (error == NULL || *error != NULL)
    return;
  if (text != NULL)
    g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "Journal: %s", text);
  else
    fail (self, error);
}

static gint64
find_deadline (Link *self)
{
  return g_get_monotonic_time () + self->milliseconds * G_TIME_SPAN_MILLISECOND;
}

/* What the server makes of it is its own affair from now on; it does not say so to anybody. */
static gboolean
give_up (Link    *self,
         GError **error)
{
  g_set_error_literal (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL,
                       "Journal: the server does not answer in time");
  g_clear_pointer (&self->connection, PQfinish);

  return FALSE;
}

/* Waits until the server has taken something or said something. FALSE where it did neither in time:
 * it is stopped, or its machine has gone, or it waits for a standby that has gone, which no timeout
 * of its own would end. The connection is gone then. */
static gboolean
await_server (Link     *self,
              gboolean  is_full,
              gint64    deadline,
              GError  **error)
{
  struct pollfd fd = { PQsocket (self->connection), POLLIN | (is_full ? POLLOUT : 0), 0 };
  gint64 left = deadline - g_get_monotonic_time ();

  if (left <= 0)
    return give_up (self, error);
  if (poll (&fd, 1, (int) (left / 1000 + 1)) > 0 && (fd.revents & ~POLLOUT) != 0 &&
      PQconsumeInput (self->connection) != 1)
    return fail (self, error);

  return TRUE;
}

/* Sends what is waiting to be sent. What the server says meanwhile is taken: it might not go on
 * reading before that. */
static gboolean
flush (Link    *self,
       gint64   deadline,
       GError **error)
{
  int result;

  while ((result = PQflush (self->connection)) == 1)
    {
      if (!await_server (self, TRUE, deadline, error))
        return FALSE;
    }
  self->unsent = 0;

  return result == 0 || fail (self, error);
}

/* @result: (out) (nullable): the next one, whatever its state; NULL where there is none */
static gboolean
next_result (Link      *self,
             gint64     deadline,
             PGresult **result,
             GError   **error)
{
  while (PQisBusy (self->connection))
    {
      if (!await_server (self, FALSE, deadline, error))
        return FALSE;
    }
  *result = PQgetResult (self->connection);

  return TRUE;
}

/* Several statements without parameters, at once; not between link_send () and link_settle (). */
gboolean
link_run (Link        *self,
          const char  *script,
          GError     **error)
{
  gint64 deadline = find_deadline (self);
  g_autoptr (PGresult) result = NULL;
  g_autoptr (GError) first = NULL;

  g_assert (self->pending == 0);
  if (!link_is_good (self))
    return fail (self, error);
  PQexitPipelineMode (self->connection);
  if (PQsendQuery (self->connection, script) != 1)
    return fail (self, error);
  if (!flush (self, deadline, error) || !next_result (self, deadline, &result, error))
    return FALSE;
  while (result != NULL)
    {
      ExecStatusType status = PQresultStatus (result);

      if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        keep_error (self, result, &first);
      g_clear_pointer (&result, PQclear);
      if (!next_result (self, deadline, &result, error))
        return FALSE;
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));

  return FALSE;
}

/* A statement is planned once on a connection. */
static gboolean
prepare (Link             *self,
         const char       *sql,
         const char       *name,
         const Parameters *parameters)
{
  if (g_hash_table_contains (self->prepared, sql))
    return TRUE;
  if (PQsendPrepare (self->connection, name, sql, parameters->count, parameters->types) != 1)
    return FALSE;
  g_hash_table_add (self->prepared, (gpointer) sql);
  self->pending++;

  return TRUE;
}

static gboolean
send_list (Link        *self,
           const char  *sql,
           const char  *types,
           va_list     *values,
           GError     **error)
{
  Parameters parameters = { 0 };
  char name[32];

  if (!link_is_good (self) || PQenterPipelineMode (self->connection) != 1)
    return fail (self, error);
  for (; *types != '\0'; types++)
    parameters_add (&parameters, *types, values);
  g_snprintf (name, sizeof name, "s%p", sql);
  if (!prepare (self, sql, name, &parameters) ||
      PQsendQueryPrepared (self->connection, name, parameters.count, parameters.values,
                           parameters.lengths, parameters.formats, 1) != 1)
    return fail (self, error);
  self->pending++;
  for (int i = 0; i < parameters.count; i++)
    self->unsent += (gsize) parameters.lengths[i];

  return self->unsent < UNSENT_MAX || flush (self, find_deadline (self), error);
}

/**
 * link_send:
 * @sql: a literal: its address stands for it
 * @types: for each parameter `i` gint64, `s` string or NULL, `h` 32 bytes, `p` 16 bytes, `b`
 *   GBytes or NULL, `a` Array
 *
 * Whether it was done is told when the link is settled.
 */
gboolean
link_send (Link        *self,
           const char  *sql,
           const char  *types,
           GError     **error,
           ...)
{
  va_list values;
  gboolean good;

  va_start (values, error);
  good = send_list (self, sql, types, &values, error);
  va_end (values);

  return good;
}

/* Takes the next command's result; one NULL stands between two commands. @last: (inout): replaced
 * where the command went well. @first: (inout): set by the first that did not. Returns: FALSE where
 * nothing more will come */
static gboolean
take_result (Link      *self,
             gint64     deadline,
             PGresult **last,
             gboolean  *is_synced,
             GError   **first)
{
  g_autoptr (PGresult) result = NULL;
  g_autoptr (GError) error = NULL;
  ExecStatusType status;

  if (!next_result (self, deadline, &result, &error) ||
      (result == NULL && !next_result (self, deadline, &result, &error)) ||
      (result == NULL && !fail (self, &error)))
    {
      g_clear_error (first);
      g_propagate_error (first, g_steal_pointer (&error));
      return FALSE;
    }
  status = PQresultStatus (result);
  *is_synced = status == PGRES_PIPELINE_SYNC;
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
    {
      g_clear_pointer (last, PQclear);
      *last = g_steal_pointer (&result);
    }
  else if (status != PGRES_PIPELINE_SYNC && status != PGRES_PIPELINE_ABORTED)
    {
      keep_error (self, result, first);
    }

  return TRUE;
}

/**
 * link_settle:
 *
 * Waits until all that was sent is done, but not for ever.
 *
 * Returns: (transfer full): the last command's result; NULL with the first error. The connection is
 *   good for nothing but a rollback then.
 */
PGresult *
link_settle (Link    *self,
             GError **error)
{
  g_autoptr (PGresult) last = NULL;
  g_autoptr (GError) first = NULL;
  gint64 deadline = find_deadline (self);
  gboolean is_synced = FALSE;

  if (!link_is_good (self) || PQpipelineSync (self->connection) != 1)
    fail (self, &first);
  else if (flush (self, deadline, &first))
    while (!is_synced && take_result (self, deadline, &last, &is_synced, &first))
      ;
  self->pending = 0;
  if (first == NULL && link_is_good (self))
    return g_steal_pointer (&last);
  if (first == NULL)
    fail (self, &first);
  self->has_failed = TRUE;
  g_propagate_error (error, g_steal_pointer (&first));

  return NULL;
}

/* Sends, and waits for that and all that was sent before. As link_send (); returns as
 * link_settle (). */
PGresult *
link_ask (Link        *self,
          const char  *sql,
          const char  *types,
          GError     **error,
          ...)
{
  va_list values;
  gboolean good;

  va_start (values, error);
  good = send_list (self, sql, types, &values, error);
  va_end (values);

  return good ? link_settle (self, error) : NULL;
}

/* Those that have arrived. One without a text says that the journal's state has changed, one with
 * a number that the stream of that device was taken. */
void
link_take_notifications (Link *self)
{
  PGnotify *notification;

  while ((notification = PQnotifies (self->connection)) != NULL)
    {
      gint64 device = g_ascii_strtoll (notification->extra, NULL, 10);

      self->has_been_notified = TRUE;
      if (device > 0)
        g_array_append_val (self->taken, device);
      PQfreemem (notification);
    }
}

/* Of a column that is int8; 0 for NULL. */
gint64
link_int (PGresult *result,
          int       row,
          int       column)
{
  gint64 number = 0;

  if (!PQgetisnull (result, row, column))
    {
      g_assert (PQgetlength (result, row, column) == sizeof number);
      memcpy (&number, PQgetvalue (result, row, column), sizeof number);
    }

  return GINT64_FROM_BE (number);
}

char *
link_text (PGresult *result,
           int       row,
           int       column)
{
  if (PQgetisnull (result, row, column))
    return NULL;

  return g_strndup (PQgetvalue (result, row, column), (gsize) PQgetlength (result, row, column));
}

/* Zeros where the length is another. */
void
link_copy (PGresult *result,
           int       row,
           int       column,
           guint8   *bytes,
           gsize     length)
{
  if ((gsize) PQgetlength (result, row, column) == length)
    memcpy (bytes, PQgetvalue (result, row, column), length);
  else
    memset (bytes, 0, length);
}

GBytes *
link_bytes (PGresult *result,
            int       row,
            int       column)
{
  return g_bytes_new (PQgetvalue (result, row, column), (gsize) PQgetlength (result, row, column));
}

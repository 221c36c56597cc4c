/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-postgres-link.h"

#include <poll.h>
#include <string.h>

#include "tpt-relay-error.h"
#include "tpt-relay-journal-postgres-array.h"
#include "tpt-relay-record.h"

#define PARAMETERS_MAX 10
#define SETTLE_MILLISECONDS 10000
/* Of PostgreSQL's catalogue, where these numbers are for good. */
#define OID_BYTEA 17
#define OID_INT8  20
#define OID_TEXT  25

/* What a command is given, in the wire's form. */
typedef struct
{
  int         count;
  Oid         types[PARAMETERS_MAX];
  const char *values[PARAMETERS_MAX];
  int         lengths[PARAMETERS_MAX];
  int         formats[PARAMETERS_MAX];
  gint64      numbers[PARAMETERS_MAX];
} Parameters;

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

  return TRUE;
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

/* Several statements without parameters, at once; not between link_send () and link_settle (). */
gboolean
link_run (Link        *self,
          const char  *script,
          GError     **error)
{
  g_autoptr (PGresult) result = NULL;
  ExecStatusType status;

  g_assert (self->pending == 0);
  PQexitPipelineMode (self->connection);
  result = PQexec (self->connection, script);
  status = PQresultStatus (result);

  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || fail (self, error);
}

static void
add_value (Parameters *parameters,
           Oid         type,
           const void *value,
           gsize       length)
{
  int at = parameters->count++;

  g_assert (at < PARAMETERS_MAX);
  parameters->types[at] = type;
  parameters->values[at] = value;
  parameters->lengths[at] = (int) length;
  parameters->formats[at] = 1;
}

static void
add_bytes (Parameters *parameters,
           GBytes     *bytes)
{
  gsize length = 0;
  const void *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  add_value (parameters, OID_BYTEA, bytes != NULL && data == NULL ? "" : data, length);
}

static void
add_next (Parameters *parameters,
          char        type,
          va_list    *values)
{
  int at = parameters->count;
  const char *text;
  Array *array;

  switch (type)
    {
    case 'i':
      parameters->numbers[at] = GINT64_TO_BE (va_arg (*values, gint64));
      add_value (parameters, OID_INT8, &parameters->numbers[at], sizeof (gint64));
      break;
    case 's':
      text = va_arg (*values, const char *);
      add_value (parameters, OID_TEXT, text, text != NULL ? strlen (text) : 0);
      break;
    case 'h':
      add_value (parameters, OID_BYTEA, va_arg (*values, const guint8 *), TPT_RELAY_HASH_SIZE);
      break;
    case 'p':
      add_value (parameters, OID_BYTEA, va_arg (*values, const guint8 *), TPT_RELAY_PERSON_SIZE);
      break;
    case 'b':
      add_bytes (parameters, va_arg (*values, GBytes *));
      break;
    case 'a':
      array = va_arg (*values, Array *);
      add_value (parameters, array_get_type (array), array_get_data (array),
                 array_get_size (array));
      break;
    default:
      g_assert_not_reached ();
    }
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
    add_next (&parameters, *types, values);
  g_snprintf (name, sizeof name, "s%p", sql);
  if (!prepare (self, sql, name, &parameters) ||
      PQsendQueryPrepared (self->connection, name, parameters.count, parameters.values,
                           parameters.lengths, parameters.formats, 1) != 1)
    return fail (self, error);
  self->pending++;

  return TRUE;
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

/* FALSE where nothing has come in time: the server is stopped, or waits for a standby that has
 * gone, which no timeout of its own would end. */
static gboolean
await_result (Link   *self,
              gint64  deadline)
{
  while (PQisBusy (self->connection))
    {
      struct pollfd fd = { PQsocket (self->connection), POLLIN, 0 };
      gint64 left = deadline - g_get_monotonic_time ();

      if (left <= 0)
        return FALSE;
      if (poll (&fd, 1, (int) (left / 1000 + 1)) > 0 && PQconsumeInput (self->connection) != 1)
        return TRUE;
    }

  return TRUE;
}

/* What the server makes of it is its own affair from now on; it does not say so to anybody. */
static void
give_up (Link    *self,
         GError **error)
{
  g_clear_error (error);
  g_set_error_literal (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL,
                       "Journal: the server does not answer in time");
  g_clear_pointer (&self->connection, PQfinish);
}

/* Returns: (nullable): one command's result, whatever its state; NULL where there is none */
static PGresult *
next_result (Link   *self,
             gint64  deadline)
{
  PGresult *result;
  PGresult *rest;

  if (!await_result (self, deadline))
    return NULL;
  result = PQgetResult (self->connection);
  if (result == NULL || PQresultStatus (result) == PGRES_PIPELINE_SYNC)
    return result;
  while ((rest = PQgetResult (self->connection)) != NULL)
    PQclear (rest);

  return result;
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
  gint64 deadline = g_get_monotonic_time () + self->milliseconds * G_TIME_SPAN_MILLISECOND;
  gboolean is_synced = FALSE;

  if (!link_is_good (self) || PQpipelineSync (self->connection) != 1)
    {
      fail (self, error);
      return NULL;
    }
  while (!is_synced)
    {
      g_autoptr (PGresult) result = next_result (self, deadline);
      ExecStatusType status = PQresultStatus (result);

      is_synced = result == NULL || status == PGRES_PIPELINE_SYNC;
      if (result == NULL && link_is_good (self))
        give_up (self, &first);
      if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        {
          PQclear (g_steal_pointer (&last));
          last = g_steal_pointer (&result);
        }
      else if (status != PGRES_PIPELINE_SYNC && status != PGRES_PIPELINE_ABORTED)
        {
          keep_error (self, result, &first);
        }
    }
  self->pending = 0;
  if (first == NULL && !link_is_good (self))
    fail (self, &first);
  if (first != NULL)
    {
      self->has_failed = TRUE;
      g_propagate_error (error, g_steal_pointer (&first));
      return NULL;
    }

  return g_steal_pointer (&last);
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

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-audit-log.h"

#include <string.h>

#include "tpt-json-guard.h"
#include "tpt-relay-audit.h"
#include "tpt-relay-error.h"

/* Where a log that was read stands. */
typedef struct
{
  TptRelayAuditLog    *log;
  TptRelayAuditRecord *before; /* NULL at the beginning */
  gint64               first;
  gint64               purged; /* up to here the log itself says that rows went with retention */
  const char          *wanted;
  gboolean             has_wanted;
} Reading;

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_AUDIT, why);

  return FALSE;
}

/* What a row says that the rows before it went; 0 where it says nothing of the kind. */
static gint64
read_purged (const TptRelayAuditRecord *row)
{
  g_autoptr (JsonNode) root = NULL;
  JsonNode *through = NULL;

  if (strcmp (row->what, "audit-purged") != 0)
    return 0;
  root = tpt_json_guard_parse (row->detail, -1, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    through = json_object_get_member (json_node_get_object (root), "through");

  return through != NULL && json_node_get_value_type (through) == G_TYPE_INT64
           ? json_node_get_int (through)
           : 0;
}

/* The first row of a log whose beginning went with retention may follow anything. */
static gboolean
follows (Reading                    *self,
         const TptRelayAuditRecord  *row,
         GError                    **error)
{
  TptRelayAuditRecord unknown = { .id = row->id - 1 };

  if (self->before != NULL || row->id <= 1)
    return tpt_relay_audit_follows (row, self->before, error);
  memcpy (unknown.hash, row->previous, sizeof unknown.hash);

  return tpt_relay_audit_follows (row, &unknown, error);
}

static gboolean
take_line (Reading     *self,
           const char  *line,
           gsize        length,
           GError     **error)
{
  g_autoptr (TptRelayAuditRecord) row = NULL;
  g_autofree char *hash = NULL;
  gint64 purged;

  if (strlen (line) != length)
    return refuse (error, "This is no line of an audit log.");
  row = tpt_relay_audit_parse (line, error);
  if (row == NULL || !follows (self, row, error))
    return FALSE;
  if (self->before == NULL)
    self->first = row->id;
  purged = read_purged (row);
  if (purged > 0)
    self->purged = purged;
  hash = tpt_relay_audit_dup_hash (row);
  if (self->wanted != NULL && g_ascii_strcasecmp (hash, self->wanted) == 0)
    self->has_wanted = TRUE;
  self->log->rows++;
  self->log->last = row->id;
  g_free (self->log->hash);
  self->log->hash = g_steal_pointer (&hash);
  g_clear_pointer (&self->before, tpt_relay_audit_record_free);
  self->before = g_steal_pointer (&row);

  return TRUE;
}

static gboolean
check_ends (Reading  *self,
            GError  **error)
{
  if (self->log->rows == 0)
    return refuse (error, "There is no row.");
  if (self->first > 1 && self->purged != self->first - 1)
    return refuse (error, "Rows are missing before the first one.");
  if (self->wanted != NULL && !self->has_wanted)
    return refuse (error, "The row with this hash is missing.");

  return TRUE;
}

/**
 * tpt_relay_audit_log_verify:
 * @self: (out caller-allocates): zeroed; how far it is good
 * @stream: as /v1/admin/audit tells it, page after page
 * @wanted: (nullable): the hash, in hex, of a row that has to be there; nothing within a log tells
 *   that its end was cut off
 *
 * Whether every row is as it was written and in its place, from the first that retention has left.
 *
 * Returns: FALSE with TPT_RELAY_ERROR_AUDIT, the first bad line being the one after @self's rows,
 *   or with what @stream says
 */
gboolean
tpt_relay_audit_log_verify (TptRelayAuditLog  *self,
                            GInputStream      *stream,
                            const char        *wanted,
                            GError           **error)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (stream);
  Reading reading = { .log = self, .wanted = wanted };
  g_autoptr (GError) failure = NULL;
  gboolean good = TRUE;

  while (good)
    {
      gsize length = 0;
      g_autofree char *line = g_data_input_stream_read_line (lines, &length, NULL, &failure);

      if (line == NULL)
        break;
      good = take_line (&reading, line, length, &failure);
    }
  if (failure == NULL)
    check_ends (&reading, &failure);
  g_clear_pointer (&reading.before, tpt_relay_audit_record_free);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

void
tpt_relay_audit_log_clear (TptRelayAuditLog *self)
{
  g_clear_pointer (&self->hash, g_free);
}

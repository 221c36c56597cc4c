/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-json-guard.h"
#include "tpt-relay-audit.h"
#include "tpt-relay-routes.h"

#define PAGE_ROWS 1000

typedef struct
{
  TptRelayRequest *request;
  gint64           after;
  GPtrArray       *rows;
} Exporting;

/* What was counted so far has been written before this. */
static gboolean
read_rows (TptRelayJournal  *journal,
           gpointer          data,
           GError          **error)
{
  Exporting *exporting = data;

  exporting->rows = tpt_relay_journal_list_audit (journal, exporting->after, PAGE_ROWS, error);

  return exporting->rows != NULL;
}

static void
rows_read (gpointer      data,
           const GError *error)
{
  g_autofree Exporting *exporting = data;
  g_autoptr (GPtrArray) rows = exporting->rows;
  g_autoptr (GString) text = g_string_new (NULL);

  if (error != NULL)
    {
      tpt_relay_request_problem (exporting->request, 503, "unavailable",
                                 "The journal cannot be read.");
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *line = tpt_relay_audit_print (rows->pdata[i]);

      g_string_append_printf (text, "%s\n", line);
    }
  exporting->request->type = "application/x-ndjson";
  tpt_relay_request_reply (exporting->request, 200, text->str);
}

static gboolean
read_after (GBytes *body,
            gint64 *after)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) root = NULL;
  JsonNode *node;

  *after = 0;
  if (length == 0)
    return TRUE;
  root = tpt_json_guard_parse (text, (gssize) length, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;
  node = json_object_get_member (json_node_get_object (root), "after");
  if (node == NULL)
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *after = json_node_get_int (node);

  return TRUE;
}

/* POST /v1/admin/audit with `{"after":ID}`: a thousand rows, a line of JSON each; the next page
 * begins after the last one's id, and an empty one is the end. */
void
tpt_relay_audit_route (TptRelayContext *context,
                       TptRelayRequest *request)
{
  Exporting *exporting;
  gint64 after;

  if (!read_after (request->body, &after))
    {
      tpt_relay_request_problem (request, 400, "bad_request", "The body must be {\"after\":ID}.");
      return;
    }
  exporting = g_new0 (Exporting, 1);
  exporting->request = request;
  exporting->after = after;
  tpt_relay_context_write_counts (context);
  tpt_relay_queue_push (context->queue, read_rows, rows_read, exporting);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <json-glib/json-glib.h>
#include <sodium.h>
#include <string.h>

#include "tpt-json-guard.h"
#include "tpt-relay-guard.h"
#include "tpt-relay-routes.h"
#include "tpt-relay-space.h"

#define LIFE_SECONDS (5 * 60)
#define PATH_MAX_LENGTH 200
/* Below are the ports of services that a browser must not be sent to. */
#define PORT_LEAST 1024

typedef struct
{
  TptRelayContext    *context;
  TptRelayRequest    *request;
  TptRelayFlowRecord *flow;
  gint64              now;
  gboolean            has_code; /* instead of a device */
  guint8              code_hash[TPT_RELAY_HASH_SIZE];
  gboolean            is_code_used;
  gboolean            was_free;
} Adding;

static void
adding_free (Adding *adding)
{
  tpt_relay_flow_record_free (adding->flow);
  g_free (adding);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Adding, adding_free)

/* Who was told that it did not work can register the same state again. */
static gboolean
write_flow (TptRelayJournal  *journal,
            gpointer          data,
            GError          **error)
{
  Adding *adding = data;

  if (!tpt_relay_request_begin (adding->request))
    return TRUE;
  if (adding->has_code &&
      !tpt_relay_journal_is_code_used (journal, adding->code_hash, &adding->is_code_used, error))
    return FALSE;
  if (adding->is_code_used)
    return TRUE;

  return tpt_relay_journal_add_flow (journal, adding->flow, adding->now, &adding->was_free, error);
}

static void
flow_written (gpointer      data,
              const GError *error)
{
  g_autoptr (Adding) adding = data;

  if (error != NULL || tpt_relay_request_is_over (adding->request))
    tpt_relay_request_problem (adding->request, 503, "unavailable",
                               "The journal cannot be written.");
  else if (adding->is_code_used)
    tpt_relay_guard_refuse_token (adding->context, adding->request);
  else if (!adding->was_free)
    tpt_relay_request_problem (adding->request, 409, "conflict",
                               "A sign-in with this state is waiting already.");
  else
    tpt_relay_request_reply (adding->request, 201, "{}");
}

/* Returns: "" where there is no such text */
static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : "";
}

static gboolean
read_hash (JsonObject *object,
           guint8     *hash)
{
  const char *text = get_text (object, "state_hash");
  gsize size;

  return strlen (text) == 2 * TPT_RELAY_HASH_SIZE &&
         strspn (text, "0123456789abcdef") == strlen (text) &&
         sodium_hex2bin (hash, TPT_RELAY_HASH_SIZE, text, strlen (text), NULL, &size, NULL) == 0;
}

static gboolean
read_port (JsonObject *object,
           guint      *port)
{
  JsonNode *node = json_object_get_member (object, "port");

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64 ||
      json_node_get_int (node) < PORT_LEAST || json_node_get_int (node) > G_MAXUINT16)
    return FALSE;
  *port = (guint) json_node_get_int (node);

  return TRUE;
}

/* `//` would make what follows a host. */
static gboolean
is_path (const char *text)
{
  static const char allowed[] = G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "._~/-";

  return text[0] == '/' && text[1] != '/' && strlen (text) <= PATH_MAX_LENGTH &&
         strspn (text, allowed) == strlen (text);
}

/* Returns: (transfer full) (nullable): NULL where something is not as it must be */
static TptRelayFlowRecord *
read_flow (JsonNode *root)
{
  g_autoptr (TptRelayFlowRecord) flow = g_new0 (TptRelayFlowRecord, 1);
  JsonObject *object;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  object = json_node_get_object (root);
  if (!read_hash (object, flow->state_hash) || !read_port (object, &flow->port) ||
      !is_path (get_text (object, "path")))
    return NULL;
  flow->path = g_strdup (get_text (object, "path"));

  return g_steal_pointer (&flow);
}

/* POST /v1/oauth/flows: where to send the browser that will come back with this state. */
void
tpt_relay_flow_route (TptRelayContext *context,
                      TptRelayRequest *request)
{
  gsize length;
  const char *body = g_bytes_get_data (request->body, &length);
  g_autoptr (JsonNode) root = tpt_json_guard_parse (body, (gssize) length, NULL);
  g_autoptr (TptRelayFlowRecord) flow = read_flow (root);
  Adding *adding;

  if (!tpt_relay_space_admit (context, request))
    return;
  if (flow == NULL)
    {
      tpt_relay_request_problem (request, 400, "bad_request",
                                 "The body must be {\"state_hash\":SHA-256,\"port\":1024 to 65535,"
                                 "\"path\":\"/…\"}.");
      return;
    }
  adding = g_new0 (Adding, 1);
  adding->context = context;
  adding->request = request;
  adding->has_code = request->has_code;
  memcpy (adding->code_hash, request->code_hash, sizeof adding->code_hash);
  adding->flow = g_steal_pointer (&flow);
  adding->now = g_get_real_time () / G_USEC_PER_SEC;
  adding->flow->expires_at = adding->now + LIFE_SECONDS;
  tpt_relay_queue_push (context->queue, write_flow, flow_written, adding);
}

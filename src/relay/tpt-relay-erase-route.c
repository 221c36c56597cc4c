/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "tpt-json-guard.h"
#include "tpt-relay-audit.h"
#include "tpt-relay-log.h"
#include "tpt-relay-person.h"
#include "tpt-relay-routes.h"

/* Every waiting event is looked at. */
#define ERASE_SECONDS 120

typedef struct
{
  TptRelayContext *context;
  TptRelayRequest *request;
  guint8           email_hash[TPT_RELAY_EMAIL_HASH_SIZE];
  gint64           count;
} Erasing;

/* Events that came before the token was rolled are known by the token of then. */
static gboolean
erase (TptRelayJournal  *journal,
       Erasing          *erasing,
       GError          **error)
{
  char **secrets = erasing->context->config->admin_tokens;

  for (guint i = 0; secrets[i] != NULL; i++)
    {
      guint8 person[TPT_RELAY_PERSON_SIZE];
      gint64 count = 0;

      tpt_relay_person_name (secrets[i], erasing->email_hash, person);
      if (!tpt_relay_journal_erase_person (journal, person, &count, error))
        return FALSE;
      erasing->count += count;
    }

  return TRUE;
}

static gboolean
write_erasure (TptRelayJournal  *journal,
               gpointer          data,
               GError          **error)
{
  Erasing *erasing = data;
  g_autofree char *count = NULL;
  g_autofree char *detail = NULL;

  if (!erase (journal, erasing, error))
    return FALSE;
  count = g_strdup_printf ("%" G_GINT64_FORMAT, erasing->count);
  detail = tpt_relay_audit_describe ("events", count, NULL);

  return tpt_relay_journal_write_audit (journal, g_get_real_time () / 1000, "person-erased", 1,
                                        detail, error);
}

static void
erasure_written (gpointer      data,
                 const GError *error)
{
  g_autofree Erasing *erasing = data;
  g_autofree char *json = NULL;

  if (error != NULL)
    {
      tpt_relay_request_problem (erasing->request, 503, "unavailable",
                                 "The journal cannot be written.");
      return;
    }
  tpt_relay_log_event ("person-erased", NULL);
  json = g_strdup_printf ("{\"events\":%" G_GINT64_FORMAT "}", erasing->count);
  tpt_relay_request_reply (erasing->request, 200, json);
}

static gboolean
read_hash (GBytes *body,
           guint8 *hash)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) root = tpt_json_guard_parse (text, (gssize) length, NULL);
  JsonNode *node = NULL;

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    node = json_object_get_member (json_node_get_object (root), "email_hash");

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING &&
         tpt_relay_person_parse_hash (json_node_get_string (node), hash);
}

/* POST /v1/admin/erase with `{"email_hash":HEX}`, SHA-256 of the address in lower case: drops every
 * waiting event in which the person is invitee, guest or host. Nothing else here is of a person,
 * but what only the operator's key opens. */
void
tpt_relay_erase_route (TptRelayContext *context,
                       TptRelayRequest *request)
{
  Erasing *erasing = g_new0 (Erasing, 1);

  erasing->context = context;
  erasing->request = request;
  if (read_hash (request->body, erasing->email_hash))
    {
      tpt_relay_request_set_patience (request, ERASE_SECONDS);
      tpt_relay_queue_push (context->queue, write_erasure, erasure_written, erasing);
      return;
    }
  g_free (erasing);
  tpt_relay_request_problem (request, 400, "bad_request",
                             "The body must be {\"email_hash\":\"64 hex digits\"}.");
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "tpt-json-guard.h"
#include "tpt-relay-audit.h"
#include "tpt-relay-error.h"
#include "tpt-relay-guard.h"
#include "tpt-relay-log.h"
#include "tpt-relay-routes.h"

/* An answer of Calendly is mostly there by then. */
#define PATIENCE_SECONDS 5
/* Longer than a question to Calendly may take. */
#define QUESTION_SECONDS 30

/* What the steps of one proof pass on; it lives until the request is answered. */
typedef struct
{
  TptRelayContext *context;
  TptRelayRequest *request;
  TptRelayDevice  *device;
  char            *role;
  gint64           at;
  gboolean         is_news;
} Proving;

static void
proving_free (Proving *proving)
{
  tpt_relay_device_set_asking (proving->device, FALSE);
  tpt_relay_device_unref (proving->device);
  g_free (proving->role);
  g_free (proving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Proving, proving_free)

static gboolean
write_proof (TptRelayJournal  *journal,
             gpointer          data,
             GError          **error)
{
  Proving *proving = data;
  const TptRelayDeviceRecord *record = tpt_relay_device_get_record (proving->device);
  g_autofree char *detail = NULL;

  if (!tpt_relay_journal_set_device_feed (journal, record->id, proving->role, proving->at, error))
    return FALSE;
  if (!proving->is_news)
    return TRUE;
  detail = tpt_relay_audit_describe ("device", record->name, "role", proving->role, NULL);

  return tpt_relay_journal_write_audit (journal, proving->at, "role-shown", 1, detail, error);
}

static void
proof_written (gpointer      data,
               const GError *error)
{
  g_autoptr (Proving) proving = data;
  g_autofree char *json = NULL;
  gboolean has_feed;

  if (error != NULL)
    {
      tpt_relay_request_problem (proving->request, 503, "unavailable",
                                 "The journal cannot be written.");
      return;
    }
  tpt_relay_device_set_proof (proving->device, proving->role, proving->at);
  has_feed = tpt_relay_device_has_live_feed (proving->device, proving->at);
  tpt_relay_context_count (proving->context, tpt_relay_device_is_admin (proving->device)
                                               ? TPT_RELAY_METRIC_ROLES_PROVED
                                               : TPT_RELAY_METRIC_ROLES_LOST);
  tpt_relay_log_event ("role-shown", "device", tpt_relay_device_get_record (proving->device)->name,
                       "role", proving->role, "feed", has_feed ? "yes" : "no", NULL);
  json = g_strdup_printf ("{\"role\":\"%s\",\"organization_feed\":%s}",
                          tpt_relay_device_has_left (proving->device) ? "none" : proving->role,
                          has_feed ? "true" : "false");
  tpt_relay_request_reply (proving->request, 200, json);
}

/* The words that Calendly has; another would have to be quoted, and is of no use here. A token that
 * Calendly knows and whose user is in none of the organizations is not one that Calendly does not
 * know: only the former says something of the role. */
static const char *
find_role (const TptRelayDeviceRecord *record,
           const TptRelayIdentity     *identity)
{
  static const char *const roles[] = { "owner", "admin", "user", NULL };

  if (identity->organization == NULL)
    return TPT_RELAY_DEVICE_LEFT;
  if (strcmp (identity->organization, record->organization) != 0)
    return "none";

  return g_strv_contains (roles, identity->role) ? identity->role : "none";
}

/* A row for each change and, while nothing changes, one when a feed that had run out is good again:
 * a device could fill the journal with the others. */
static gboolean
is_news (Proving *proving)
{
  const TptRelayDeviceRecord *record = tpt_relay_device_get_record (proving->device);

  return strcmp (proving->role, record->role) != 0 ||
         (record->has_feed && tpt_relay_device_is_admin (proving->device) &&
          !tpt_relay_device_has_live_feed (proving->device, proving->at));
}

static void
identified_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (Proving) proving = user_data;
  const TptRelayDeviceRecord *record = tpt_relay_device_get_record (proving->device);
  g_autoptr (GError) error = NULL;
  g_autoptr (TptRelayIdentity) identity = tpt_relay_calendly_identify_finish (result, &error);

  if (identity == NULL && g_error_matches (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_REFUSED))
    {
      tpt_relay_request_problem (proving->request, 403, "forbidden", error->message);
    }
  else if (identity == NULL)
    {
      tpt_relay_request_problem (proving->request, 503, "calendly_unreachable", error->message);
    }
  else if (strcmp (identity->user, record->user) != 0)
    {
      tpt_relay_request_problem (proving->request, 403, "forbidden",
                                 "The token is another user's.");
    }
  else
    {
      proving->role = g_strdup (find_role (record, identity));
      proving->at = g_get_real_time () / 1000;
      proving->is_news = is_news (proving);
      tpt_relay_request_set_patience (proving->request, 0);
      tpt_relay_queue_push (proving->context->queue, write_proof, proof_written, proving);
      proving = NULL;
    }
}

/* Returns: (nullable): as long as @root lives */
static const char *
get_token (JsonNode *root)
{
  JsonNode *node = NULL;

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    node = json_object_get_member (json_node_get_object (root), "calendly_token");
  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING ||
      !tpt_relay_calendly_is_token (json_node_get_string (node)))
    return NULL;

  return json_node_get_string (node);
}

/* POST /v1/devices/{device}/role with `{"calendly_token"}`: the relay keeps no token, so whoever
 * has the feed of an organization shows from time to time that it is still his. Each device makes
 * the relay ask one thing at a time. */
void
tpt_relay_role_route (TptRelayContext *context,
                      TptRelayRequest *request)
{
  gsize length;
  const char *body = g_bytes_get_data (request->body, &length);
  g_autoptr (JsonNode) root = tpt_json_guard_parse (body, (gssize) length, NULL);
  const char *token = get_token (root);
  Proving *proving;

  if (token == NULL)
    {
      tpt_relay_request_problem (request, 400, "bad_request",
                                 "The body must be {\"calendly_token\":TOKEN}.");
      return;
    }
  if (tpt_relay_device_is_asking (request->device))
    {
      tpt_relay_guard_put_off (context, request, TPT_RELAY_METRIC_REFUSED_DEVICE_LIMIT,
                               PATIENCE_SECONDS);
      return;
    }
  proving = g_new0 (Proving, 1);
  proving->context = context;
  proving->request = request;
  proving->device = tpt_relay_device_ref (request->device);
  tpt_relay_device_set_asking (proving->device, TRUE);
  tpt_relay_request_set_patience (request, QUESTION_SECONDS);
  tpt_relay_calendly_identify_async (context->calendly, token,
                                     tpt_relay_device_get_record (proving->device)->organization,
                                     identified_cb, proving);
}

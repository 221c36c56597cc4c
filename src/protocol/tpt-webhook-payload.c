/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-webhook-payload.h"

#include <string.h>

#include "tpt-json-guard.h"

static const char *
get_string (const TptJsonValue *object,
            const char         *name)
{
  return tpt_json_value_get_text (tpt_json_value_get_member (object, name));
}

static gboolean
require_string (const TptJsonValue  *object,
                const char          *name,
                char               **value,
                GError             **error)
{
  *value = g_strdup (get_string (object, name));
  if (*value != NULL)
    return TRUE;
  g_set_error (error, TPT_PROTOCOL_ERROR, TPT_PROTOCOL_ERROR_SHAPE, "“%s” is no string", name);

  return FALSE;
}

static void
add_host (GPtrArray  *hosts,
          const char *uri)
{
  if (uri != NULL && !g_ptr_array_find_with_equal_func (hosts, uri, g_str_equal, NULL))
    g_ptr_array_add (hosts, g_strdup (uri));
}

static char **
find_hosts (TptWebhookPayload *self)
{
  GPtrArray *hosts = g_ptr_array_new ();
  const TptJsonValue *meeting = tpt_json_value_get_member (self->payload, "scheduled_event");
  const TptJsonValue *members =
    tpt_json_value_get_array (tpt_json_value_get_member (meeting, "event_memberships"));

  for (const TptJsonValue *member = tpt_json_value_get_first (members); member != NULL;
       member = tpt_json_value_get_next (members, member))
    add_host (hosts, get_string (member, "user"));
  if (hosts->len == 0)
    add_host (hosts, self->created_by);
  g_ptr_array_add (hosts, NULL);

  return (char **) g_ptr_array_free (hosts, FALSE);
}

/**
 * tpt_webhook_payload_parse:
 * @body: the raw body; verify its signature before
 *
 * Reads the envelope that all of Calendly's webhooks share. Unknown events and members are no
 * error.
 *
 * Returns: (transfer full): the envelope; or NULL with TPT_PROTOCOL_ERROR: what the JSON guard
 *   says, or _SHAPE where `event`, `created_at` or `payload.uri` is no string
 */
TptWebhookPayload *
tpt_webhook_payload_parse (const void  *body,
                           gsize        length,
                           GError     **error)
{
  g_autoptr (TptWebhookPayload) self = g_new0 (TptWebhookPayload, 1);
  const TptJsonValue *root;

  g_return_val_if_fail (body != NULL || length == 0, NULL);

  self->root = tpt_json_guard_read (body, (gssize) length, TPT_JSON_LIMITS_WEBHOOK, error);
  if (self->root == NULL)
    return NULL;
  root = tpt_json_value_get_object (tpt_json_tree_get_root (self->root));
  if (root == NULL)
    {
      g_set_error_literal (error, TPT_PROTOCOL_ERROR, TPT_PROTOCOL_ERROR_SHAPE, "No object");
      return NULL;
    }

  self->payload = tpt_json_value_get_object (tpt_json_value_get_member (root, "payload"));
  if (!require_string (root, "event", &self->event, error) ||
      !require_string (root, "created_at", &self->created_at, error) ||
      !require_string (self->payload, "uri", &self->uri, error))
    return NULL;
  self->created_by = g_strdup (get_string (root, "created_by"));
  self->no_show_uri =
    g_strdup (get_string (tpt_json_value_get_member (self->payload, "no_show"), "uri"));
  self->hosts = find_hosts (self);

  return g_steal_pointer (&self);
}

/**
 * tpt_webhook_payload_dup_key:
 *
 * Calendly sends no delivery id; `created_at`, `event`, `payload.uri` and `no_show.uri` together
 * tell deliveries apart.
 *
 * Returns: (transfer full): 64 hex digits
 */
char *
tpt_webhook_payload_dup_key (const TptWebhookPayload *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *parts[4];

  g_return_val_if_fail (self != NULL, NULL);

  parts[0] = self->created_at;
  parts[1] = self->event;
  parts[2] = self->uri;
  parts[3] = self->no_show_uri != NULL ? self->no_show_uri : "";
  /* With its NUL, so that the parts cannot run into each other. */
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_checksum_update (checksum, (const guchar *) parts[i], (gssize) strlen (parts[i]) + 1);

  return g_strdup (g_checksum_get_string (checksum));
}

void
tpt_webhook_payload_free (TptWebhookPayload *self)
{
  if (self == NULL)
    return;
  g_free (self->event);
  g_free (self->created_at);
  g_free (self->created_by);
  g_free (self->uri);
  g_free (self->no_show_uri);
  g_strfreev (self->hosts);
  g_clear_pointer (&self->root, tpt_json_tree_free);
  g_free (self);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-webhook-subscription-parse.h"

#include "tpt-fields.h"

static GStrv
parse_events (TptFields *fields)
{
  JsonArray *array = tpt_fields_array (fields, "events", TPT_FIELD_TYPED);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }

  return g_strv_builder_end (builder);
}

/**
 * tpt_webhook_subscription_parse:
 * @object: a webhook subscription; what a request calls `url`, an answer calls `callback_url`
 *
 * Returns: (transfer full) (nullable): the subscription; %NULL with %TPT_API_ERROR_PROTOCOL,
 *   which names the field
 */
TptWebhookSubscription *
tpt_webhook_subscription_parse (JsonObject  *object,
                                GError     **error)
{
  g_autoptr (TptWebhookSubscription) subscription = tpt_webhook_subscription_new ();
  g_autoptr (GError) local = NULL;
  TptFields fields = { object, "webhook_subscription", &local };

  subscription->uri = tpt_fields_text (&fields, "uri", TPT_FIELD_NEEDED);
  subscription->callback_url = tpt_fields_text (&fields, "callback_url", TPT_FIELD_NEEDED);
  subscription->active = tpt_fields_choice (&fields, "state", "active", "disabled");
  subscription->scope = tpt_fields_text (&fields, "scope", TPT_FIELD_TYPED);
  subscription->user = tpt_fields_text (&fields, "user", TPT_FIELD_TYPED);
  subscription->organization = tpt_fields_text (&fields, "organization", TPT_FIELD_TYPED);
  subscription->created_at = tpt_fields_time (&fields, "created_at", TPT_FIELD_TYPED);
  subscription->retry_started_at = tpt_fields_time (&fields, "retry_started_at", TPT_FIELD_TYPED);
  g_strfreev (subscription->events);
  subscription->events = parse_events (&fields);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  return g_steal_pointer (&subscription);
}

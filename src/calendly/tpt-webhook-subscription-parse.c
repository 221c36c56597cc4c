/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-webhook-subscription-parse.h"

#include "tpt-fields.h"

static GStrv
parse_events (TptFields *fields)
{
  const TptJsonValue *array = tpt_fields_array (fields, "events", TPT_FIELD_TYPED);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (const TptJsonValue *item = tpt_json_value_get_first (array); item != NULL;
       item = tpt_json_value_get_next (array, item))
    {
      const char *event = tpt_json_value_get_text (item);

      if (event != NULL)
        g_strv_builder_add (builder, event);
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
tpt_webhook_subscription_parse (const TptJsonValue  *object,
                                GError             **error)
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
  subscription->creator = tpt_fields_text (&fields, "creator", TPT_FIELD_LOOSE);
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

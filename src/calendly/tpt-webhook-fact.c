/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-webhook-fact.h"

#include "tpt-api-error.h"
#include "tpt-fields.h"
#include "tpt-invitee-parse.h"
#include "tpt-scheduled-event-parse.h"
#include "tpt-webhook-payload.h"

G_DEFINE_BOXED_TYPE (TptWebhookFact, tpt_webhook_fact, tpt_webhook_fact_copy, tpt_webhook_fact_free)

static TptWebhookKind
parse_kind (const char *event)
{
  if (strcmp (event, "invitee.created") == 0)
    return TPT_WEBHOOK_INVITEE_CREATED;
  if (strcmp (event, "invitee.canceled") == 0)
    return TPT_WEBHOOK_INVITEE_CANCELED;
  if (strcmp (event, "invitee_no_show.created") == 0)
    return TPT_WEBHOOK_NO_SHOW_CREATED;
  if (strcmp (event, "invitee_no_show.deleted") == 0)
    return TPT_WEBHOOK_NO_SHOW_DELETED;

  return TPT_WEBHOOK_OTHER;
}

/* The payload is a flat invitee whose `event` is a URI, with the event itself in
 * `scheduled_event`. */
static gboolean
parse_records (TptWebhookFact     *fact,
               TptWebhookPayload  *envelope,
               GError            **error)
{
  g_autoptr (GError) local = NULL;
  TptFields fields = { envelope->payload, "payload", &local };
  const TptJsonValue *event;

  fact->invitee = tpt_invitee_parse (envelope->payload, error);
  if (fact->invitee == NULL)
    return FALSE;
  /* Whether the mark that was taken back still stands in the payload is not documented. */
  if (fact->kind == TPT_WEBHOOK_NO_SHOW_DELETED)
    {
      g_clear_pointer (&fact->invitee->no_show_uri, g_free);
      fact->invitee->no_show_at = TPT_TIME_NONE;
    }

  event = tpt_fields_object (&fields, "scheduled_event", TPT_FIELD_TYPED);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (event == NULL)
    return TRUE;
  fact->meeting = tpt_scheduled_event_parse (event, error);
  if (fact->meeting == NULL)
    return FALSE;
  if (strcmp (fact->meeting->uri, fact->invitee->event) != 0)
    {
      g_set_error_literal (error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL,
                           "payload.scheduled_event: another event");
      return FALSE;
    }
  g_ptr_array_add (fact->meeting->invitees, g_object_ref (fact->invitee));
  fact->meeting->source = TPT_SOURCE_WEBHOOK;

  return TRUE;
}

/**
 * tpt_webhook_fact_parse:
 * @body: the raw body of a webhook whose signature was checked
 *
 * Returns: (transfer full) (nullable): what it tells; an event that is not about an invitee is
 *   %TPT_WEBHOOK_OTHER and no
 *   error. %NULL with %TPT_PROTOCOL_ERROR for a broken envelope or %TPT_API_ERROR_PROTOCOL for a
 *   broken record
 */
TptWebhookFact *
tpt_webhook_fact_parse (GBytes  *body,
                        GError **error)
{
  g_autoptr (TptWebhookFact) fact = g_new0 (TptWebhookFact, 1);
  g_autoptr (TptWebhookPayload) envelope = NULL;
  gconstpointer data;
  gsize length;

  g_return_val_if_fail (body != NULL, NULL);

  data = g_bytes_get_data (body, &length);
  envelope = tpt_webhook_payload_parse (data, length, error);
  if (envelope == NULL)
    return NULL;
  fact->event = g_strdup (envelope->event);
  fact->kind = parse_kind (envelope->event);
  if (!tpt_time_parse (envelope->created_at, &fact->created_at, error))
    return NULL;
  if (fact->kind != TPT_WEBHOOK_OTHER && !parse_records (fact, envelope, error))
    return NULL;

  return g_steal_pointer (&fact);
}

TptWebhookFact *
tpt_webhook_fact_copy (const TptWebhookFact *self)
{
  TptWebhookFact *copy = g_new0 (TptWebhookFact, 1);

  copy->kind = self->kind;
  copy->event = g_strdup (self->event);
  copy->created_at = self->created_at;
  g_set_object (&copy->invitee, self->invitee);
  g_set_object (&copy->meeting, self->meeting);

  return copy;
}

void
tpt_webhook_fact_free (TptWebhookFact *self)
{
  g_free (self->event);
  g_clear_object (&self->invitee);
  g_clear_object (&self->meeting);
  g_free (self);
}

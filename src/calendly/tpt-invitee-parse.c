/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-invitee-parse.h"

#include "tpt-api-error.h"
#include "tpt-fields.h"
#include "tpt-resource-uri.h"

static TptCanceler
parse_canceler (const char *text)
{
  if (g_strcmp0 (text, "host") == 0)
    return TPT_CANCELER_HOST;
  if (g_strcmp0 (text, "invitee") == 0)
    return TPT_CANCELER_INVITEE;

  return TPT_CANCELER_NONE;
}

static void
parse_person (TptInvitee *invitee,
              TptFields  *fields)
{
  invitee->email = tpt_fields_text (fields, "email", TPT_FIELD_NEEDED);
  invitee->name = tpt_fields_text (fields, "name", TPT_FIELD_TYPED);
  invitee->first_name = tpt_fields_text (fields, "first_name", TPT_FIELD_LOOSE);
  invitee->last_name = tpt_fields_text (fields, "last_name", TPT_FIELD_LOOSE);
  invitee->timezone = tpt_fields_text (fields, "timezone", TPT_FIELD_LOOSE);
  invitee->phone = tpt_fields_text (fields, "text_reminder_number", TPT_FIELD_LOOSE);
  if (invitee->name == NULL && (invitee->first_name != NULL || invitee->last_name != NULL))
    invitee->name
        = invitee->first_name != NULL && invitee->last_name != NULL
              ? g_strjoin (" ", invitee->first_name, invitee->last_name, NULL)
              : g_strdup (invitee->first_name != NULL ? invitee->first_name : invitee->last_name);
  /* IANA names have no spaces, Calendly's own examples do. */
  if (invitee->timezone != NULL)
    g_strdelimit (invitee->timezone, " ", '_');
}

static void
parse_answers (TptInvitee *invitee,
               TptFields  *parent)
{
  const TptJsonValue *array = tpt_fields_array (parent, "questions_and_answers", TPT_FIELD_TYPED);

  for (const TptJsonValue *item = tpt_json_value_get_first (array); item != NULL;
       item = tpt_json_value_get_next (array, item))
    {
      TptFields fields = { tpt_fields_item (parent, "questions_and_answers", item),
                           "invitee.questions_and_answers", parent->error };
      g_autofree char *question = tpt_fields_text (&fields, "question", TPT_FIELD_TYPED);
      g_autofree char *answer = tpt_fields_text (&fields, "answer", TPT_FIELD_TYPED);

      tpt_invitee_add_answer (invitee, question, answer,
                              tpt_fields_number (&fields, "position", TPT_FIELD_LOOSE));
    }
}

static void
parse_tracking (TptInvitee *invitee,
                TptFields  *parent)
{
  TptFields fields = { tpt_fields_object (parent, "tracking", TPT_FIELD_TYPED), "invitee.tracking",
                       parent->error };
  TptTracking *tracking = &invitee->tracking;

  tracking->utm_source = tpt_fields_text (&fields, "utm_source", TPT_FIELD_TYPED);
  tracking->utm_medium = tpt_fields_text (&fields, "utm_medium", TPT_FIELD_TYPED);
  tracking->utm_campaign = tpt_fields_text (&fields, "utm_campaign", TPT_FIELD_TYPED);
  tracking->utm_content = tpt_fields_text (&fields, "utm_content", TPT_FIELD_TYPED);
  tracking->utm_term = tpt_fields_text (&fields, "utm_term", TPT_FIELD_TYPED);
  tracking->salesforce_uuid = tpt_fields_text (&fields, "salesforce_uuid", TPT_FIELD_TYPED);
}

static void
parse_cancellation (TptInvitee *invitee,
                    TptFields  *parent)
{
  TptFields fields = { tpt_fields_object (parent, "cancellation", TPT_FIELD_TYPED),
                       "invitee.cancellation", parent->error };
  g_autofree char *canceler = tpt_fields_text (&fields, "canceler_type", TPT_FIELD_TYPED);

  if (!invitee->canceled)
    return;
  invitee->canceled_by = tpt_fields_text (&fields, "canceled_by", TPT_FIELD_LOOSE);
  invitee->cancel_reason = tpt_fields_text (&fields, "reason", TPT_FIELD_LOOSE);
  invitee->canceler = parse_canceler (canceler);
  invitee->canceled_at = tpt_fields_time (&fields, "created_at", TPT_FIELD_TYPED);
}

static gboolean
is_address (const char *uri)
{
  g_autofree char *path = tpt_resource_uri_get_path (uri, "invitees", NULL);

  return path != NULL;
}

static void
refuse (TptFields  *fields,
        const char *name,
        const char *reason)
{
  if (*fields->error == NULL)
    g_set_error (fields->error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL, "invitee.%s: %s", name,
                 reason);
}

/* The booking that this one was made in place of, or that was made in its place. It is kept for
 * good, and a booking with a successor is none that stands: nonsense must not get there. */
static char *
parse_neighbor (TptInvitee *invitee,
                TptFields  *fields,
                const char *name)
{
  g_autofree char *uri = tpt_fields_text (fields, name, TPT_FIELD_TYPED);

  if (uri == NULL || *uri == '\0')
    return NULL;
  if (is_address (uri) && g_strcmp0 (uri, invitee->uri) != 0)
    return g_steal_pointer (&uri);
  refuse (fields, name, "not the address of another booking");

  return NULL;
}

static void
parse_no_show (TptInvitee *invitee,
               TptFields  *parent)
{
  TptFields fields = { tpt_fields_object (parent, "no_show", TPT_FIELD_TYPED), "invitee.no_show",
                       parent->error };

  if (fields.object == NULL)
    return;
  invitee->no_show_uri = tpt_fields_text (&fields, "uri", TPT_FIELD_NEEDED);
  invitee->no_show_at = tpt_fields_time (&fields, "created_at", TPT_FIELD_TYPED);
}

/**
 * tpt_invitee_parse:
 * @object: an invitee as `GET /scheduled_events/{uuid}/invitees` has it, or the payload of an
 *   `invitee…` webhook
 *
 * Returns: (transfer full) (nullable): the invitee; %NULL with %TPT_API_ERROR_PROTOCOL, which
 *   names the field
 */
TptInvitee *
tpt_invitee_parse (const TptJsonValue  *object,
                   GError             **error)
{
  g_autoptr (TptInvitee) invitee = tpt_invitee_new ();
  g_autoptr (GError) local = NULL;
  TptFields fields = { object, "invitee", &local };

  invitee->uri = tpt_fields_text (&fields, "uri", TPT_FIELD_NEEDED);
  /* It is known again by its address, so two must not have one that is nobody's. */
  if (!is_address (invitee->uri))
    refuse (&fields, "uri", "not the address of a booking");
  invitee->event = tpt_fields_text (&fields, "event", TPT_FIELD_NEEDED);
  invitee->canceled = tpt_fields_choice (&fields, "status", "canceled", "active");
  invitee->rescheduled = tpt_fields_flag (&fields, "rescheduled", TPT_FIELD_TYPED);
  invitee->old_invitee = parse_neighbor (invitee, &fields, "old_invitee");
  invitee->new_invitee = parse_neighbor (invitee, &fields, "new_invitee");
  invitee->created_at = tpt_fields_time (&fields, "created_at", TPT_FIELD_TYPED);
  invitee->updated_at = tpt_fields_time (&fields, "updated_at", TPT_FIELD_TYPED);
  invitee->cancel_url = tpt_fields_text (&fields, "cancel_url", TPT_FIELD_LOOSE);
  invitee->reschedule_url = tpt_fields_text (&fields, "reschedule_url", TPT_FIELD_LOOSE);
  invitee->routing_form_submission
      = tpt_fields_text (&fields, "routing_form_submission", TPT_FIELD_LOOSE);
  invitee->scheduling_method = tpt_fields_text (&fields, "scheduling_method", TPT_FIELD_LOOSE);
  invitee->scheduled_by = tpt_fields_text (&fields, "invitee_scheduled_by", TPT_FIELD_LOOSE);
  invitee->payment_json = tpt_fields_json (&fields, "payment");
  invitee->reconfirmation_json = tpt_fields_json (&fields, "reconfirmation");
  parse_person (invitee, &fields);
  parse_answers (invitee, &fields);
  parse_tracking (invitee, &fields);
  parse_cancellation (invitee, &fields);
  parse_no_show (invitee, &fields);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  return g_steal_pointer (&invitee);
}

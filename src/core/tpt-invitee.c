/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-invitee.h"

G_DEFINE_FINAL_TYPE (TptInvitee, tpt_invitee, G_TYPE_OBJECT)

static void
answer_free (TptAnswer *answer)
{
  g_free (answer->question);
  g_free (answer->answer);
  g_free (answer);
}

static void
tracking_clear (TptTracking *tracking)
{
  g_free (tracking->utm_source);
  g_free (tracking->utm_medium);
  g_free (tracking->utm_campaign);
  g_free (tracking->utm_content);
  g_free (tracking->utm_term);
  g_free (tracking->salesforce_uuid);
}

static void
tpt_invitee_finalize (GObject *object)
{
  TptInvitee *self = TPT_INVITEE (object);

  g_free (self->uri);
  g_free (self->event);
  g_free (self->email);
  g_free (self->name);
  g_free (self->first_name);
  g_free (self->last_name);
  g_free (self->timezone);
  g_free (self->phone);
  g_free (self->cancel_url);
  g_free (self->reschedule_url);
  g_free (self->old_invitee);
  g_free (self->new_invitee);
  g_free (self->no_show_uri);
  g_free (self->routing_form_submission);
  g_free (self->scheduling_method);
  g_free (self->scheduled_by);
  g_free (self->payment_json);
  g_free (self->reconfirmation_json);
  g_free (self->cancel_reason);
  g_free (self->canceled_by);
  g_free (self->link_id);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  tracking_clear (&self->tracking);

  G_OBJECT_CLASS (tpt_invitee_parent_class)->finalize (object);
}

static void
tpt_invitee_class_init (TptInviteeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_invitee_finalize;
}

static void
tpt_invitee_init (TptInvitee *self)
{
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
}

TptInvitee *
tpt_invitee_new (void)
{
  return g_object_new (TPT_TYPE_INVITEE, NULL);
}

void
tpt_invitee_add_answer (TptInvitee *self,
                        const char *question,
                        const char *answer,
                        int         position)
{
  TptAnswer *added;

  g_return_if_fail (TPT_IS_INVITEE (self));

  added = g_new0 (TptAnswer, 1);
  added->question = g_strdup (question);
  added->answer = g_strdup (answer);
  added->position = position;
  g_ptr_array_add (self->answers, added);
}

/**
 * tpt_invitee_get_no_show:
 *
 * who did not come; our own mark wins over the service's, as it can name the host
 */
TptNoShow
tpt_invitee_get_no_show (TptInvitee *self)
{
  g_return_val_if_fail (TPT_IS_INVITEE (self), TPT_NO_SHOW_NONE);

  if (self->no_show_local != TPT_NO_SHOW_NONE)
    return self->no_show_local;

  if (self->no_show_uri != NULL || self->no_show_at != TPT_TIME_NONE)
    return TPT_NO_SHOW_GUEST;

  return TPT_NO_SHOW_NONE;
}

/**
 * tpt_invitee_get_outcome:
 * @end: the end of the invitee's event
 *
 * Returns: what became of this one booking
 */
TptOutcome
tpt_invitee_get_outcome (TptInvitee *self,
                         TptTime     end,
                         TptTime     now)
{
  g_return_val_if_fail (TPT_IS_INVITEE (self), TPT_OUTCOME_UPCOMING);

  return tpt_outcome_derive (self->canceled, self->rescheduled, tpt_invitee_get_no_show (self),
                             end, now);
}

/**
 * tpt_invitee_find:
 * @invitees: (element-type TptInvitee)
 * @uri: (nullable)
 *
 * Returns: (transfer none) (nullable): the one with that URI
 */
TptInvitee *
tpt_invitee_find (const GPtrArray *invitees,
                  const char      *uri)
{
  for (guint i = 0; uri != NULL && i < invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (invitees, i);

      if (g_strcmp0 (invitee->uri, uri) == 0)
        return invitee;
    }

  return NULL;
}

/** tpt_match_reason_to_string: the word for @reason that stands in files and in JSON */
const char *
tpt_match_reason_to_string (TptMatchReason reason)
{
  switch (reason)
    {
    case TPT_MATCH_NONE:
      return "none";
    case TPT_MATCH_STAKEHOLDER:
      return "stakeholder";
    case TPT_MATCH_DOMAIN:
      return "domain";
    case TPT_MATCH_AMBIGUOUS:
      return "ambiguous";
    case TPT_MATCH_FREE_MAIL:
      return "free-mail";
    case TPT_MATCH_INTERNAL:
      return "internal";
    case TPT_MATCH_INVALID:
      return "invalid";
    case TPT_MATCH_MANUAL:
      return "manual";
    case TPT_MATCH_IGNORED:
      return "ignored";
    case TPT_MATCH_RULED:
      return "rule";
    case TPT_MATCH_RULED_OUT:
      return "ignored-by-rule";
    default:
      g_return_val_if_reached (NULL);
    }
}

/** tpt_match_reason_is_manual: whether a person decided it, so that no rule may change it */
gboolean
tpt_match_reason_is_manual (TptMatchReason reason)
{
  return reason == TPT_MATCH_MANUAL || reason == TPT_MATCH_IGNORED;
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-link-choice.h"

#include "tpt-event-types-table.h"
#include "tpt-meetings-table.h"
#include "tpt-recommend.h"
#include "tpt-settings-table.h"

/* The advice depends on the last few meetings. */
#define MEETINGS 50

static gboolean
is_qbr (const GPtrArray *event_types,
        const char      *uri)
{
  for (guint i = 0; i < event_types->len; i++)
    {
      TptEventType *type = g_ptr_array_index (event_types, i);

      if (g_strcmp0 (type->uri, uri) == 0)
        return g_strcmp0 (tpt_event_type_get_category (type), "qbr") == 0;
    }

  return FALSE;
}

/* Newest first. */
static void
note_meeting (TptRecommendContext *context,
              TptCustomer         *customer,
              TptMeeting          *meeting,
              const GPtrArray     *event_types)
{
  TptInvitee *invitee = tpt_meeting_get_invitee (meeting, customer->id);
  TptOutcome outcome;

  if (invitee == NULL)
    return;
  outcome = tpt_meeting_get_outcome_for (meeting, customer->id, context->now);
  if (outcome == TPT_OUTCOME_UPCOMING)
    context->next_meeting_at = meeting->start;
  if (outcome != TPT_OUTCOME_HELD)
    return;

  if (context->last_held_at == TPT_TIME_NONE)
    context->last_held_at = meeting->end;
  if (context->last_stakeholder == 0)
    context->last_stakeholder = invitee->stakeholder;
  if (context->last_qbr_at == TPT_TIME_NONE && is_qbr (event_types, meeting->event_type))
    context->last_qbr_at = meeting->end;
}

/**
 * tpt_link_choice_find:
 * @zone: whose dates the days are counted by
 * @cadence_days: how often the customer's tier is to be met, 0 not known
 * @stakeholder: (inout) (transfer full) (nullable): filled where it is %NULL
 * @event_type: (inout) (transfer full) (nullable): filled where it is %NULL
 * @reason: (out) (transfer full): a sentence: why; %NULL where @event_type was given
 */
gboolean
tpt_link_choice_find (TptSession      *session,
                      TptTime          now,
                      GTimeZone       *zone,
                      TptCustomer     *customer,
                      int              cadence_days,
                      TptStakeholder **stakeholder,
                      TptEventType   **event_type,
                      char           **reason,
                      GError         **error)
{
  TptMeetingQuery query = { .customer = customer->id, .descending = TRUE, .limit = MEETINGS };
  TptRecommendContext context = { .now = now, .zone = zone };
  g_autoptr (TptRecommendation) recommendation = NULL;
  g_autoptr (GPtrArray) event_types = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autofree char *preferred = NULL;

  *reason = NULL;
  if (!tpt_event_types_table_list (session, &event_types, error)
      || !tpt_meetings_table_list (session, &query, &meetings, error)
      || !tpt_settings_table_get_text (session, TPT_SETTING_EVENT_TYPE, &preferred, error))
    return FALSE;

  for (guint i = 0; i < meetings->len; i++)
    note_meeting (&context, customer, g_ptr_array_index (meetings, i), event_types);
  context.event_type = preferred;
  context.cadence_days = customer->cadence_days > 0 ? customer->cadence_days : cadence_days;
  recommendation = tpt_recommend_event_type (customer, &context, event_types);
  if (*event_type == NULL && recommendation->event_type != NULL)
    {
      *event_type = g_object_ref (recommendation->event_type);
      *reason = g_steal_pointer (&recommendation->reason);
    }
  if (*stakeholder == NULL)
    g_set_object (stakeholder, tpt_recommend_stakeholder (customer, &context));

  return TRUE;
}

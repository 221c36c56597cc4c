/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-record-json.h"

static void
add_customers (JsonBuilder  *builder,
               TptMeeting   *meeting,
               TptDirectory *directory)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  TptInvitee *primary = NULL;

  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (meeting->invitees, i);

      if (invitee->customer != 0 && tpt_meeting_is_with (meeting, invitee)
          && (primary == NULL || invitee->created_at < primary->created_at))
        primary = invitee;
    }

  json_builder_set_member_name (builder, "customers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (meeting->invitees, i);
      TptCustomer *customer = tpt_directory_find_customer (directory, invitee->customer);

      if (customer == NULL || !tpt_meeting_is_with (meeting, invitee)
          || !g_hash_table_add (seen, &invitee->customer))
        continue;
      json_builder_begin_object (builder);
      tpt_json_add_int (builder, "id", customer->id);
      tpt_json_add_text (builder, "name", customer->name);
      tpt_json_add_bool (builder, "primary", primary->customer == customer->id);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_tracking (JsonBuilder *builder,
              TptInvitee  *invitee)
{
  json_builder_set_member_name (builder, "tracking");
  json_builder_begin_object (builder);
  tpt_json_add_text (builder, "utm_source", invitee->tracking.utm_source);
  tpt_json_add_text (builder, "utm_medium", invitee->tracking.utm_medium);
  tpt_json_add_text (builder, "utm_campaign", invitee->tracking.utm_campaign);
  tpt_json_add_text (builder, "utm_content", invitee->tracking.utm_content);
  tpt_json_add_text (builder, "utm_term", invitee->tracking.utm_term);
  tpt_json_add_text (builder, "salesforce_uuid", invitee->tracking.salesforce_uuid);
  json_builder_end_object (builder);
}

static void
add_answers (JsonBuilder *builder,
             TptInvitee  *invitee)
{
  json_builder_set_member_name (builder, "questions_and_answers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < invitee->answers->len; i++)
    {
      TptAnswer *answer = g_ptr_array_index (invitee->answers, i);

      json_builder_begin_object (builder);
      tpt_json_add_text (builder, "question", answer->question);
      tpt_json_add_text (builder, "answer", answer->answer);
      tpt_json_add_int (builder, "position", answer->position);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_cancellation (JsonBuilder *builder,
                  gboolean     canceled,
                  TptCanceler  canceler,
                  const char  *canceled_by,
                  const char  *reason,
                  TptTime      at)
{
  json_builder_set_member_name (builder, "cancellation");
  if (!canceled)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  tpt_json_add_text (builder, "canceler", tpt_canceler_to_string (canceler));
  tpt_json_add_text (builder, "canceled_by", canceled_by);
  tpt_json_add_text (builder, "reason", reason);
  tpt_json_add_time (builder, "canceled_at", at);
  json_builder_end_object (builder);
}

static TptStakeholder *
find_stakeholder (TptDirectory *directory,
                  TptInvitee   *invitee)
{
  TptCustomer *customer = tpt_directory_find_customer (directory, invitee->customer);

  for (guint i = 0; customer != NULL && i < customer->stakeholders->len; i++)
    {
      TptStakeholder *stakeholder = g_ptr_array_index (customer->stakeholders, i);

      if (stakeholder->id == invitee->stakeholder)
        return stakeholder;
    }

  return NULL;
}

static void
add_match (JsonBuilder  *builder,
           TptInvitee   *invitee,
           TptDirectory *directory)
{
  TptStakeholder *stakeholder = find_stakeholder (directory, invitee);

  tpt_json_add_text (builder, "match", tpt_match_reason_to_string (invitee->match));
  json_builder_set_member_name (builder, "customer");
  if (invitee->customer != 0)
    json_builder_add_int_value (builder, invitee->customer);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "stakeholder");
  if (stakeholder == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  tpt_json_add_int (builder, "id", stakeholder->id);
  tpt_json_add_text (builder, "name", stakeholder->name);
  tpt_json_add_text (builder, "email", tpt_stakeholder_get_email (stakeholder));
  json_builder_end_object (builder);
}

/* What only `meetings show` tells. */
static void
add_whole_invitee (JsonBuilder  *builder,
                   TptInvitee   *invitee,
                   TptDirectory *directory)
{
  tpt_json_add_text (builder, "first_name", invitee->first_name);
  tpt_json_add_text (builder, "last_name", invitee->last_name);
  tpt_json_add_text (builder, "timezone", invitee->timezone);
  tpt_json_add_text (builder, "phone", invitee->phone);
  tpt_json_add_text (builder, "cancel_url", invitee->cancel_url);
  tpt_json_add_text (builder, "reschedule_url", invitee->reschedule_url);
  tpt_json_add_text (builder, "old_invitee", invitee->old_invitee);
  tpt_json_add_text (builder, "new_invitee", invitee->new_invitee);
  tpt_json_add_bool (builder, "rescheduled", invitee->rescheduled);
  tpt_json_add_text (builder, "scheduling_method", invitee->scheduling_method);
  tpt_json_add_text (builder, "scheduled_by", invitee->scheduled_by);
  tpt_json_add_time (builder, "created_at", invitee->created_at);
  tpt_json_add_time (builder, "updated_at", invitee->updated_at);
  tpt_json_add_time (builder, "no_show_at", invitee->no_show_at);
  add_cancellation (builder, invitee->canceled, invitee->canceler, invitee->canceled_by,
                    invitee->cancel_reason,
                    invitee->canceled_at);
  add_answers (builder, invitee);
  tpt_json_add_text (builder, "payment", invitee->payment_json);
  tpt_json_add_text (builder, "reconfirmation", invitee->reconfirmation_json);
  tpt_json_add_int (builder, "reschedules", invitee->reschedules);
  tpt_json_add_text (builder, "link_id", invitee->link_id);
  add_match (builder, invitee, directory);
}

static void
add_invitees (JsonBuilder  *builder,
              TptMeeting   *meeting,
              TptDirectory *directory,
              gboolean      whole)
{
  json_builder_set_member_name (builder, "invitees");
  json_builder_begin_array (builder);
  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (meeting->invitees, i);

      /* Bookings that moved elsewhere are history. */
      if (!whole && invitee->canceled && invitee->rescheduled)
        continue;
      json_builder_begin_object (builder);
      tpt_json_add_text (builder, "uri", invitee->uri);
      tpt_json_add_text (builder, "name", invitee->name);
      tpt_json_add_text (builder, "email", invitee->email);
      tpt_json_add_text (builder, "status", invitee->canceled ? "canceled" : "active");
      tpt_json_add_bool (builder, "no_show", tpt_invitee_get_no_show (invitee) != TPT_NO_SHOW_NONE);
      add_tracking (builder, invitee);
      if (whole)
        add_whole_invitee (builder, invitee, directory);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_hosts (JsonBuilder *builder,
           TptMeeting  *meeting)
{
  json_builder_set_member_name (builder, "hosts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < meeting->hosts->len; i++)
    {
      TptHost *host = g_ptr_array_index (meeting->hosts, i);

      json_builder_begin_object (builder);
      tpt_json_add_text (builder, "uri", host->uri);
      tpt_json_add_text (builder, "name", host->name);
      tpt_json_add_text (builder, "email", host->email);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* A meeting is as often rescheduled as the one of its bookings that moved most. */
static void
add_chain (JsonBuilder *builder,
           TptMeeting  *meeting)
{
  const char *link = NULL;
  guint reschedules = 0;

  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (meeting->invitees, i);

      if (!tpt_meeting_is_with (meeting, invitee))
        continue;
      reschedules = MAX (reschedules, invitee->reschedules);
      if (link == NULL)
        link = invitee->link_id;
    }
  tpt_json_add_int (builder, "reschedules", reschedules);
  tpt_json_add_text (builder, "link_id", link);
}

static void
add_meeting (JsonBuilder  *builder,
             TptMeeting   *meeting,
             TptDirectory *directory,
             gboolean      whole)
{
  TptEventType *type = tpt_directory_find_event_type (directory, meeting->event_type);

  tpt_json_add_text (builder, "uri", meeting->uri);
  tpt_json_add_text (builder, "name", meeting->name);
  tpt_json_add_time (builder, "start", meeting->start);
  tpt_json_add_time (builder, "end", meeting->end);
  tpt_json_add_text (builder, "status",
                     tpt_outcome_to_string (tpt_directory_get_outcome (directory, meeting)));
  add_customers (builder, meeting, directory);
  tpt_json_add_text (builder, "event_type", meeting->event_type);
  tpt_json_add_text (builder, "category",
                     type != NULL ? tpt_event_type_get_category (type) : NULL);
  json_builder_set_member_name (builder, "location");
  json_builder_begin_object (builder);
  tpt_json_add_text (builder, "type", meeting->location_type);
  tpt_json_add_text (builder, "join_url", meeting->join_url);
  if (whole)
    tpt_json_add_text (builder, "location", meeting->location);
  json_builder_end_object (builder);
  add_hosts (builder, meeting);
  add_invitees (builder, meeting, directory, whole);
  add_chain (builder, meeting);
}

/** tpt_meeting_to_json: a row of `meetings list` */
void
tpt_meeting_to_json (JsonBuilder  *builder,
                     TptMeeting   *meeting,
                     TptDirectory *directory)
{
  json_builder_begin_object (builder);
  add_meeting (builder, meeting, directory, FALSE);
  json_builder_end_object (builder);
}

/**
 * tpt_meeting_to_whole_json:
 * @history: (element-type TptMeeting): the meetings that this one replaced
 */
void
tpt_meeting_to_whole_json (JsonBuilder     *builder,
                           TptMeeting      *meeting,
                           const GPtrArray *history,
                           TptDirectory    *directory)
{
  json_builder_begin_object (builder);
  add_meeting (builder, meeting, directory, TRUE);
  tpt_json_add_strv (builder, "guests", (const char *const *) meeting->guests);
  add_cancellation (builder, meeting->canceled, meeting->canceler, meeting->canceled_by,
                    meeting->cancel_reason,
                    meeting->canceled_at);
  tpt_json_add_text (builder, "notes_plain", meeting->notes_plain);
  tpt_json_add_text (builder, "notes_html", meeting->notes_html);
  tpt_json_add_text (builder, "booking_method", meeting->booking_method);
  json_builder_set_member_name (builder, "invitees_counter");
  json_builder_begin_object (builder);
  tpt_json_add_int (builder, "total", meeting->invitees_total);
  tpt_json_add_int (builder, "active", meeting->invitees_active);
  tpt_json_add_int (builder, "limit", meeting->invitees_limit);
  json_builder_end_object (builder);
  tpt_json_add_time (builder, "created_at", meeting->created_at);
  tpt_json_add_time (builder, "updated_at", meeting->updated_at);
  tpt_json_add_time (builder, "first_synced_at", meeting->first_synced_at);
  tpt_json_add_time (builder, "last_synced_at", meeting->last_synced_at);
  tpt_json_add_text (builder, "source", tpt_source_to_string (meeting->source));

  json_builder_set_member_name (builder, "history");
  json_builder_begin_array (builder);
  for (guint i = 0; i < history->len; i++)
    {
      json_builder_begin_object (builder);
      add_meeting (builder, g_ptr_array_index (history, i), directory, TRUE);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

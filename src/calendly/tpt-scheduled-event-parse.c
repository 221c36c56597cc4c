/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-scheduled-event-parse.h"

#include "tpt-api-error.h"
#include "tpt-fields.h"

static TptCanceler
parse_canceler (const char *text)
{
  if (g_strcmp0 (text, "host") == 0)
    return TPT_CANCELER_HOST;
  if (g_strcmp0 (text, "invitee") == 0)
    return TPT_CANCELER_INVITEE;

  return TPT_CANCELER_NONE;
}

/* Every kind of place has its own members, and none of them is worth losing a meeting for. */
static void
parse_location (TptMeeting *meeting,
                TptFields  *event)
{
  TptFields fields
      = { tpt_fields_object (event, "location", TPT_FIELD_LOOSE), "event.location", event->error };
  g_autofree char *place = tpt_fields_text (&fields, "location", TPT_FIELD_LOOSE);
  g_autofree char *info = tpt_fields_text (&fields, "additional_info", TPT_FIELD_LOOSE);

  meeting->location_type = tpt_fields_text (&fields, "type", TPT_FIELD_LOOSE);
  meeting->location_status = tpt_fields_text (&fields, "status", TPT_FIELD_LOOSE);
  meeting->join_url = tpt_fields_text (&fields, "join_url", TPT_FIELD_LOOSE);
  if (place != NULL && info != NULL && *info != '\0')
    meeting->location = g_strjoin ("\n", place, info, NULL);
  else
    meeting->location = g_strdup (place != NULL ? place : info);
}

static void
parse_counter (TptMeeting *meeting,
               TptFields  *event)
{
  TptFields fields = { tpt_fields_object (event, "invitees_counter", TPT_FIELD_TYPED),
                       "event.invitees_counter", event->error };

  meeting->invitees_total = tpt_fields_number (&fields, "total", TPT_FIELD_TYPED);
  meeting->invitees_active = tpt_fields_number (&fields, "active", TPT_FIELD_TYPED);
  meeting->invitees_limit = tpt_fields_number (&fields, "limit", TPT_FIELD_TYPED);
}

static void
parse_hosts (TptMeeting *meeting,
             TptFields  *event)
{
  const TptJsonValue *array = tpt_fields_array (event, "event_memberships", TPT_FIELD_TYPED);

  for (const TptJsonValue *item = tpt_json_value_get_first (array); item != NULL;
       item = tpt_json_value_get_next (array, item))
    {
      TptFields fields = { tpt_fields_item (event, "event_memberships", item),
                           "event.event_memberships", event->error };
      g_autofree char *user = tpt_fields_text (&fields, "user", TPT_FIELD_TYPED);
      g_autofree char *name = tpt_fields_text (&fields, "user_name", TPT_FIELD_LOOSE);
      g_autofree char *email = tpt_fields_text (&fields, "user_email", TPT_FIELD_LOOSE);

      if (user != NULL || name != NULL || email != NULL)
        tpt_meeting_add_host (meeting, user, name, email);
    }
}

static void
parse_guests (TptMeeting *meeting,
              TptFields  *event)
{
  const TptJsonValue *array = tpt_fields_array (event, "event_guests", TPT_FIELD_LOOSE);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (const TptJsonValue *item = tpt_json_value_get_first (array); item != NULL;
       item = tpt_json_value_get_next (array, item))
    {
      TptFields fields = { item, "event.event_guests", event->error };
      g_autofree char *email = tpt_fields_text (&fields, "email", TPT_FIELD_LOOSE);

      if (email != NULL)
        g_strv_builder_add (builder, email);
    }
  g_strfreev (meeting->guests);
  meeting->guests = g_strv_builder_end (builder);
}

/* Absent, not null, while the event stands. */
static void
parse_cancellation (TptMeeting *meeting,
                    TptFields  *event)
{
  TptFields fields = { tpt_fields_object (event, "cancellation", TPT_FIELD_TYPED),
                       "event.cancellation", event->error };
  g_autofree char *canceler = tpt_fields_text (&fields, "canceler_type", TPT_FIELD_TYPED);

  if (!meeting->canceled)
    return;
  meeting->canceled_by = tpt_fields_text (&fields, "canceled_by", TPT_FIELD_LOOSE);
  meeting->cancel_reason = tpt_fields_text (&fields, "reason", TPT_FIELD_LOOSE);
  meeting->canceler = parse_canceler (canceler);
  meeting->canceled_at = tpt_fields_time (&fields, "created_at", TPT_FIELD_TYPED);
}

/**
 * tpt_scheduled_event_parse:
 * @object: a scheduled event as `GET /scheduled_events` has it, or the `scheduled_event` of a
 *   webhook's payload
 *
 * Returns: (transfer full) (nullable): the meeting, without invitees; %NULL with
 *   %TPT_API_ERROR_PROTOCOL, which names the
 *   field
 */
TptMeeting *
tpt_scheduled_event_parse (const TptJsonValue  *object,
                           GError             **error)
{
  g_autoptr (TptMeeting) meeting = tpt_meeting_new ();
  g_autoptr (GError) local = NULL;
  TptFields fields = { object, "event", &local };

  meeting->uri = tpt_fields_text (&fields, "uri", TPT_FIELD_NEEDED);
  meeting->name = tpt_fields_text (&fields, "name", TPT_FIELD_TYPED);
  meeting->event_type = tpt_fields_text (&fields, "event_type", TPT_FIELD_TYPED);
  meeting->canceled = tpt_fields_choice (&fields, "status", "canceled", "active");
  meeting->start = tpt_fields_time (&fields, "start_time", TPT_FIELD_NEEDED);
  meeting->end = tpt_fields_time (&fields, "end_time", TPT_FIELD_NEEDED);
  meeting->created_at = tpt_fields_time (&fields, "created_at", TPT_FIELD_TYPED);
  meeting->updated_at = tpt_fields_time (&fields, "updated_at", TPT_FIELD_TYPED);
  meeting->notes_plain = tpt_fields_text (&fields, "meeting_notes_plain", TPT_FIELD_LOOSE);
  meeting->notes_html = tpt_fields_text (&fields, "meeting_notes_html", TPT_FIELD_LOOSE);
  meeting->booking_method = tpt_fields_text (&fields, "booking_method", TPT_FIELD_LOOSE);
  parse_location (meeting, &fields);
  parse_counter (meeting, &fields);
  parse_hosts (meeting, &fields);
  parse_guests (meeting, &fields);
  parse_cancellation (meeting, &fields);

  if (local == NULL && meeting->end < meeting->start)
    g_set_error_literal (&local, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL,
                         "event.end_time: before its start");
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  return g_steal_pointer (&meeting);
}

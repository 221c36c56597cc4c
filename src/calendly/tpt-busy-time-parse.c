/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-busy-time-parse.h"

#include "tpt-fields.h"

/**
 * tpt_busy_time_parse:
 * @object: a time as `GET /user_busy_times` has it
 *
 * Returns: (transfer full) (nullable): the time; %NULL with %TPT_API_ERROR_PROTOCOL, which names
 *   the field
 */
TptBusyTime *
tpt_busy_time_parse (const TptJsonValue  *object,
                     GError             **error)
{
  g_autoptr (TptBusyTime) busy = tpt_busy_time_new ();
  g_autoptr (GError) local = NULL;
  TptFields fields = { object, "busy_time", &local };
  TptFields event = { tpt_fields_object (&fields, "event", TPT_FIELD_LOOSE), "busy_time.event",
                      &local };

  busy->kind = tpt_fields_text (&fields, "type", TPT_FIELD_NEEDED);
  busy->event = tpt_fields_text (&event, "uri", TPT_FIELD_LOOSE);
  busy->range.start = tpt_fields_time (&fields, "start_time", TPT_FIELD_NEEDED);
  busy->range.end = tpt_fields_time (&fields, "end_time", TPT_FIELD_NEEDED);
  busy->buffered.start = tpt_fields_time (&fields, "buffered_start_time", TPT_FIELD_TYPED);
  busy->buffered.end = tpt_fields_time (&fields, "buffered_end_time", TPT_FIELD_TYPED);
  if (busy->buffered.start == TPT_TIME_NONE)
    busy->buffered.start = busy->range.start;
  if (busy->buffered.end == TPT_TIME_NONE)
    busy->buffered.end = busy->range.end;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  return g_steal_pointer (&busy);
}

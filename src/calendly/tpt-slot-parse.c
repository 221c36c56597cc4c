/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-slot-parse.h"

#include "tpt-fields.h"

/**
 * tpt_slot_parse:
 * @object: a time as `GET /event_type_available_times` has it
 *
 * Returns: (transfer full) (nullable): the time; %NULL with %TPT_API_ERROR_PROTOCOL, which names
 *   the field
 */
TptSlot *
tpt_slot_parse (const TptJsonValue  *object,
                GError             **error)
{
  g_autoptr (TptSlot) slot = tpt_slot_new ();
  g_autoptr (GError) local = NULL;
  TptFields fields = { object, "available_time", &local };

  slot->start = tpt_fields_time (&fields, "start_time", TPT_FIELD_NEEDED);
  slot->scheduling_url = tpt_fields_text (&fields, "scheduling_url", TPT_FIELD_NEEDED);
  slot->places = tpt_fields_number (&fields, "invitees_remaining", TPT_FIELD_TYPED);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  return g_steal_pointer (&slot);
}

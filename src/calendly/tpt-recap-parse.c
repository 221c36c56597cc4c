/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-recap-parse.h"

#include "tpt-fields.h"

/**
 * tpt_recap_parse:
 * @object: a recap as `GET /meeting_recaps/{uuid}` has it, or `GET /meeting_recaps`, without texts
 *
 * Returns: (transfer full) (nullable): the recap; %NULL with %TPT_API_ERROR_PROTOCOL, which names
 *   the field
 */
TptRecap *
tpt_recap_parse (const TptJsonValue  *object,
                 GError             **error)
{
  g_autoptr (TptRecap) recap = tpt_recap_new ();
  g_autoptr (GError) local = NULL;
  TptFields fields = { object, "meeting_recap", &local };

  recap->uri = tpt_fields_text (&fields, "uri", TPT_FIELD_NEEDED);
  recap->event = tpt_fields_text (&fields, "event", TPT_FIELD_TYPED);
  recap->status = tpt_fields_text (&fields, "status", TPT_FIELD_NEEDED);
  recap->name = tpt_fields_text (&fields, "name", TPT_FIELD_TYPED);
  recap->summary = tpt_fields_text (&fields, "summary_md", TPT_FIELD_TYPED);
  recap->action_items = tpt_fields_text (&fields, "action_items_md", TPT_FIELD_TYPED);
  recap->discussion = tpt_fields_text (&fields, "discussion_md", TPT_FIELD_TYPED);
  recap->share_link = tpt_fields_text (&fields, "share_link", TPT_FIELD_LOOSE);
  recap->range.start = tpt_fields_time (&fields, "start_time", TPT_FIELD_TYPED);
  recap->range.end = tpt_fields_time (&fields, "end_time", TPT_FIELD_TYPED);
  recap->updated_at = tpt_fields_time (&fields, "updated_at", TPT_FIELD_TYPED);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  return g_steal_pointer (&recap);
}

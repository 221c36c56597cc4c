/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-contact-parse.h"

#include "tpt-fields.h"

/* The values of @member in the objects of an array; the one that is primary goes first. */
static GStrv
parse_list (TptFields  *parent,
            const char *name,
            const char *member)
{
  const TptJsonValue *array = tpt_fields_array (parent, name, TPT_FIELD_TYPED);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  for (const TptJsonValue *item = tpt_json_value_get_first (array); item != NULL;
       item = tpt_json_value_get_next (array, item))
    {
      TptFields fields = { tpt_fields_item (parent, name, item), "contact", parent->error };
      char *value = tpt_fields_text (&fields, member, TPT_FIELD_NEEDED);
      gboolean primary = tpt_fields_flag (&fields, "is_primary", TPT_FIELD_LOOSE);

      if (value != NULL)
        g_ptr_array_insert (values, primary ? 0 : -1, value);
    }
  g_ptr_array_add (values, NULL);

  return (GStrv) g_ptr_array_steal (values, NULL);
}

/**
 * tpt_contact_parse:
 * @object: a contact as `GET /contacts` has it
 *
 * Returns: (transfer full) (nullable): the contact; %NULL with %TPT_API_ERROR_PROTOCOL, which
 *   names the field
 */
TptContact *
tpt_contact_parse (const TptJsonValue  *object,
                   GError             **error)
{
  g_autoptr (TptContact) contact = tpt_contact_new ();
  g_autoptr (GError) local = NULL;
  TptFields fields = { object, "contact", &local };

  contact->uri = tpt_fields_text (&fields, "uri", TPT_FIELD_NEEDED);
  contact->name = tpt_fields_text (&fields, "name", TPT_FIELD_TYPED);
  contact->emails = parse_list (&fields, "emails", "email");
  contact->phones = parse_list (&fields, "phone_numbers", "phone_number");
  contact->timezone = tpt_fields_text (&fields, "timezone", TPT_FIELD_LOOSE);
  contact->job_title = tpt_fields_text (&fields, "job_title", TPT_FIELD_LOOSE);
  contact->company = tpt_fields_text (&fields, "company", TPT_FIELD_LOOSE);
  contact->created_at = tpt_fields_time (&fields, "created_at", TPT_FIELD_TYPED);
  contact->updated_at = tpt_fields_time (&fields, "updated_at", TPT_FIELD_TYPED);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  return g_steal_pointer (&contact);
}

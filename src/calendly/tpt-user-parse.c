/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-user-parse.h"

#include "tpt-fields.h"

/**
 * tpt_user_parse:
 * @object: a user as `GET /users/me` has it
 *
 * Returns: (transfer full) (nullable): the user, without role and plan, which other resources
 *   tell; %NULL with
 *   %TPT_API_ERROR_PROTOCOL, which names the field
 */
TptUser *
tpt_user_parse (const TptJsonValue  *object,
                GError             **error)
{
  g_autoptr (TptUser) user = tpt_user_new ();
  g_autoptr (GError) local = NULL;
  TptFields fields = { object, "user", &local };

  user->uri = tpt_fields_text (&fields, "uri", TPT_FIELD_NEEDED);
  user->name = tpt_fields_text (&fields, "name", TPT_FIELD_TYPED);
  user->email = tpt_fields_text (&fields, "email", TPT_FIELD_NEEDED);
  user->organization = tpt_fields_text (&fields, "current_organization", TPT_FIELD_NEEDED);
  user->timezone = tpt_fields_text (&fields, "timezone", TPT_FIELD_LOOSE);
  user->scheduling_url = tpt_fields_text (&fields, "scheduling_url", TPT_FIELD_LOOSE);
  if (user->timezone != NULL)
    g_strdelimit (user->timezone, " ", '_');

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  return g_steal_pointer (&user);
}

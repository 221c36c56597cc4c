/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-membership-parse.h"

#include "tpt-fields.h"

/* The person that a membership is about. Unlike `GET /users/me` it does not name an organisation
 * of theirs. */
static TptUser *
parse_person (TptFields  *membership,
              const char *name)
{
  TptUser *user = tpt_user_new ();
  TptFields fields = { tpt_fields_object (membership, name, TPT_FIELD_NEEDED), membership->noun,
                       membership->error };

  user->uri = tpt_fields_text (&fields, "uri", TPT_FIELD_NEEDED);
  user->name = tpt_fields_text (&fields, "name", TPT_FIELD_TYPED);
  user->email = tpt_fields_text (&fields, "email", TPT_FIELD_TYPED);
  user->timezone = tpt_fields_text (&fields, "timezone", TPT_FIELD_LOOSE);
  user->scheduling_url = tpt_fields_text (&fields, "scheduling_url", TPT_FIELD_LOOSE);

  return user;
}

/**
 * tpt_membership_parse:
 * @object: a membership as `GET /organization_memberships` has it
 *
 * Returns: (transfer full) (nullable): the member with the role; %NULL with
 *   %TPT_API_ERROR_PROTOCOL, which names the field
 */
TptUser *
tpt_membership_parse (const TptJsonValue  *object,
                      GError             **error)
{
  g_autoptr (GError) local = NULL;
  TptFields fields = { object, "membership", &local };
  g_autoptr (TptUser) user = parse_person (&fields, "user");

  user->role = tpt_fields_text (&fields, "role", TPT_FIELD_NEEDED);
  user->organization = tpt_fields_text (&fields, "organization", TPT_FIELD_TYPED);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  return g_steal_pointer (&user);
}

/**
 * tpt_host_parse:
 * @object: a membership as `GET /event_type_memberships` has it
 *
 * Returns: (transfer full) (nullable): the host; %NULL with %TPT_API_ERROR_PROTOCOL, which names
 *   the field
 */
TptUser *
tpt_host_parse (const TptJsonValue  *object,
                GError             **error)
{
  g_autoptr (GError) local = NULL;
  TptFields fields = { object, "host", &local };
  g_autoptr (TptUser) user = parse_person (&fields, "member");

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  return g_steal_pointer (&user);
}

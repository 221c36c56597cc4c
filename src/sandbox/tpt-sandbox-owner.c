/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-owner.h"

/* Whose records a list may show: "user" and "organization" of the query, one of which has to be
 * there. Sets @user to NULL for the whole organisation. FALSE: refused, and the answer says why. */
gboolean
tpt_sandbox_owner_read (TptSandboxRequest  *request,
                        TptSandboxUser    **user)
{
  TptSandboxWorld *world = request->context->world;
  const char *user_uri = tpt_sandbox_request_get_query (request, "user");
  const char *organization_uri = tpt_sandbox_request_get_query (request, "organization");
  TptSandboxOrganization *organization = tpt_sandbox_world_find_uri (
    world, world->organizations, "organizations", organization_uri);

  *user = tpt_sandbox_world_find_uri (world, world->users, "users", user_uri);
  if (user_uri == NULL && organization_uri == NULL)
    {
      tpt_sandbox_reply_invalid (request, "user", "user or organization is required");
      return FALSE;
    }
  if (user_uri != NULL && *user == NULL)
    {
      tpt_sandbox_reply_invalid (request, "user", "is invalid");
      return FALSE;
    }
  if (organization_uri != NULL && organization != request->user->organization)
    {
      tpt_sandbox_reply_denied (request, "You do not have permission");
      return FALSE;
    }
  if (*user != NULL && (*user)->organization != request->user->organization)
    {
      tpt_sandbox_reply_denied (request, "This user is not in your organization");
      return FALSE;
    }
  if (*user != request->user && !tpt_sandbox_request_is_admin (request))
    {
      tpt_sandbox_reply_denied (request, "You do not have permission");
      return FALSE;
    }

  return TRUE;
}

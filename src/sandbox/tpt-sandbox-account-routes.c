/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-request.h"
#include "tpt-sandbox-serial.h"

static void
get_me (TptSandboxRequest *request)
{
  tpt_sandbox_reply_resource (request, 200,
                              tpt_sandbox_serial_user (request->context, request->user));
}

static void
get_user (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  TptSandboxUser *user = tpt_sandbox_world_find (world, world->users, request->args[0]);

  if (g_str_equal (request->args[0], "me"))
    user = request->user;
  if (user == NULL)
    tpt_sandbox_reply_missing (request);
  else if (user->organization != request->user->organization)
    tpt_sandbox_reply_denied (request, "You do not have permission to access this resource.");
  else
    tpt_sandbox_reply_resource (request, 200, tpt_sandbox_serial_user (request->context, user));
}

static void
get_organization (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  TptSandboxOrganization *organization = tpt_sandbox_world_find (world, world->organizations,
                                                                 request->args[0]);

  if (organization == NULL)
    tpt_sandbox_reply_missing (request);
  else if (organization != request->user->organization)
    tpt_sandbox_reply_denied (request, "You do not have permission to access this resource.");
  else
    tpt_sandbox_reply_resource (request, 200,
                                tpt_sandbox_serial_organization (request->context, organization));
}

static gboolean
membership_fits (TptSandboxRequest *request,
                 TptSandboxUser    *wanted,
                 TptSandboxUser    *user)
{
  const char *email = tpt_sandbox_request_get_query (request, "email");
  const char *role = tpt_sandbox_request_get_query (request, "role");

  return user->organization == request->user->organization
         && (wanted == NULL || wanted == user)
         && (email == NULL || g_ascii_strcasecmp (email, user->email) == 0)
         && (role == NULL || g_str_equal (role, user->role));
}

/* Without admin rights one sees oneself only. */
static void
get_memberships (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  const char *user_uri = tpt_sandbox_request_get_query (request, "user");
  const char *organization_uri = tpt_sandbox_request_get_query (request, "organization");
  TptSandboxUser *wanted = tpt_sandbox_world_find_uri (world, world->users, "users", user_uri);
  TptSandboxOrganization *organization = tpt_sandbox_world_find_uri (
    world, world->organizations, "organizations", organization_uri);
  g_autoptr (GPtrArray) members = g_ptr_array_new ();

  if ((user_uri != NULL && (wanted == NULL
                            || wanted->organization != request->user->organization))
      || (organization_uri != NULL && organization != request->user->organization))
    {
      tpt_sandbox_reply_denied (request, "This user is not in your organization");
      return;
    }
  if (wanted != request->user && !tpt_sandbox_request_is_admin (request))
    {
      tpt_sandbox_reply_denied (request, "You do not have permission");
      return;
    }

  for (guint i = 0; i < world->users->len; i++)
    {
      if (membership_fits (request, wanted, world->users->pdata[i]))
        g_ptr_array_add (members, world->users->pdata[i]);
    }
  tpt_sandbox_reply_page (request, members, tpt_sandbox_serial_membership);
}

static void
get_membership (TptSandboxRequest *request)
{
  GPtrArray *users = request->context->world->users;

  for (guint i = 0; i < users->len; i++)
    {
      TptSandboxUser *user = users->pdata[i];

      if (g_str_equal (user->membership, request->args[0])
          && user->organization == request->user->organization)
        {
          tpt_sandbox_reply_resource (request, 200,
                                      tpt_sandbox_serial_membership (request->context, user));
          return;
        }
    }
  tpt_sandbox_reply_missing (request);
}

const TptSandboxRoute tpt_sandbox_account_routes[] = {
  { "GET", "/users/me", "users:read", get_me },
  { "GET", "/users/{}", "users:read", get_user },
  { "GET", "/organizations/{}", "organizations:read", get_organization },
  { "GET", "/organization_memberships", "organizations:read", get_memberships },
  { "GET", "/organization_memberships/{}", "organizations:read", get_membership },
  { NULL, NULL, NULL, NULL },
};

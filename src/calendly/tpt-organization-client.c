/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-organization-client.h"

#include "tpt-api-pager.h"
#include "tpt-api-query.h"
#include "tpt-api-resource.h"
#include "tpt-fields.h"
#include "tpt-membership-parse.h"
#include "tpt-resource-uri.h"

typedef struct
{
  char *plan;
  char *name;
} Organization;

static void
organization_free (gpointer data)
{
  Organization *organization = data;

  g_free (organization->plan);
  g_free (organization->name);
  g_free (organization);
}

static gpointer
parse_organization (const TptJsonValue  *resource,
                    GError             **error)
{
  g_autoptr (GError) local = NULL;
  TptFields fields = { resource, "organization", &local };
  Organization *organization = g_new0 (Organization, 1);

  organization->plan = tpt_fields_text (&fields, "plan", TPT_FIELD_NEEDED);
  organization->name = tpt_fields_text (&fields, "name", TPT_FIELD_LOOSE);
  if (local == NULL)
    return organization;
  g_propagate_error (error, g_steal_pointer (&local));
  organization_free (organization);

  return NULL;
}

/* The role of @user where @user is now: the list may have memberships of elsewhere.
 * Returns: (nullable) */
static const char *
find_role (const TptPage *page,
           TptUser       *user)
{
  for (guint i = 0; i < page->items->len; i++)
    {
      TptUser *member = g_ptr_array_index (page->items, i);
      gboolean is_here = member->organization == NULL
                         || g_strcmp0 (member->organization, user->organization) == 0;

      if (is_here && g_strcmp0 (member->uri, user->uri) == 0)
        return member->role;
    }

  return NULL;
}

static void
memberships_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (TptPage) page = tpt_api_pager_all_finish (TPT_API_PAGER (source), result, &error);
  const char *role = page != NULL ? find_role (page, g_task_get_task_data (task)) : NULL;

  if (page == NULL)
    g_task_return_error (task, error);
  else if (role == NULL)
    g_task_return_new_error (task, TPT_API_ERROR, TPT_API_ERROR_NOT_FOUND,
                             "Calendly knows no membership of this user");
  else
    g_task_return_pointer (task, g_strdup (role), g_free);
}

/**
 * tpt_organization_client_get_plan_async:
 *
 * `GET /organizations/{uuid}`. Scope `organizations:read`
 */
void
tpt_organization_client_get_plan_async (TptApiClient        *client,
                                        const char          *organization,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  TptApiRequest request = { .parse = parse_organization, .free = organization_free };
  g_autofree char *path = tpt_resource_uri_get_path (organization, "organizations", &request.error);

  request.path = path;
  tpt_api_resource_async (client, &request, tpt_organization_client_get_plan_async, cancellable,
                          callback, user_data);
}

/**
 * tpt_organization_client_get_plan_finish:
 * @name: (out) (optional) (nullable): what the organisation is called
 *
 * (returns: transfer full, nullable) "basic", "standard", "enterprise", …
 */
char *
tpt_organization_client_get_plan_finish (TptApiClient  *client,
                                         GAsyncResult  *result,
                                         char         **name,
                                         GError       **error)
{
  Organization *organization = tpt_api_resource_finish (client, result, error);
  char *plan;

  if (organization == NULL)
    return NULL;
  plan = g_steal_pointer (&organization->plan);
  if (name != NULL)
    *name = g_steal_pointer (&organization->name);
  organization_free (organization);

  return plan;
}

/**
 * tpt_organization_client_get_role_async:
 * @user: whose token it is, and of which organisation; asking about others takes an admin
 *
 * `GET /organization_memberships?user=…`. Scope `organizations:read`.
 */
void
tpt_organization_client_get_role_async (TptApiClient        *client,
                                        TptUser             *user,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  g_autofree char *query = tpt_api_query_new ("user", user->uri, "count", "100", NULL);
  g_autoptr (TptApiPager) pager = tpt_api_pager_new (client, "/organization_memberships", query,
                                                     (TptRecordParseFunc) tpt_membership_parse);
  GTask *task = g_task_new (client, cancellable, callback, user_data);

  g_task_set_source_tag (task, tpt_organization_client_get_role_async);
  g_task_set_task_data (task, g_object_ref (user), g_object_unref);
  tpt_api_pager_all_async (pager, cancellable, memberships_cb, task);
}

/**
 * tpt_organization_client_get_role_finish:
 *
 * (returns: transfer full, nullable) "owner", "admin", "user"
 */
char *
tpt_organization_client_get_role_finish (TptApiClient  *client,
                                         GAsyncResult  *result,
                                         GError       **error)
{
  return tpt_api_resource_finish (client, result, error);
}

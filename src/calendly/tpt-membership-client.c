/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-membership-client.h"

#include "tpt-api-query.h"
#include "tpt-membership-parse.h"

/**
 * tpt_membership_client_list:
 * @organization: URI; asking for more than oneself takes an admin
 *
 * `GET /organization_memberships?organization=…`, a hundred a page. Scope `organizations:read`.
 *
 * Returns: (transfer full): the pages, of TptUser with a role
 */
TptApiPager *
tpt_membership_client_list (TptApiClient *client,
                            const char   *organization)
{
  g_autofree char *query
      = tpt_api_query_new ("organization", organization, "count", "100", NULL);

  return tpt_api_pager_new (client, "/organization_memberships", query,
                            (TptRecordParseFunc) tpt_membership_parse);
}

/**
 * tpt_membership_client_list_hosts:
 * @event_type: URI
 *
 * `GET /event_type_memberships?event_type=…`, a hundred a page: who takes turns, or takes part, in
 * a type of a team. Scope `event_types:read`.
 *
 * Returns: (transfer full): the pages, of TptUser
 */
TptApiPager *
tpt_membership_client_list_hosts (TptApiClient *client,
                                  const char   *event_type)
{
  g_autofree char *query = tpt_api_query_new ("event_type", event_type, "count", "100", NULL);

  return tpt_api_pager_new (client, "/event_type_memberships", query,
                            (TptRecordParseFunc) tpt_host_parse);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-contact-client.h"

#include "tpt-api-query.h"
#include "tpt-contact-parse.h"

/**
 * tpt_contact_client_list:
 *
 * `GET /contacts`, a hundred a page, without the fields that an organisation has made up. Scope
 * `contacts:read`.
 *
 * Returns: (transfer full): the pages, of TptContact
 */
TptApiPager *
tpt_contact_client_list (TptApiClient *client)
{
  g_autofree char *query = tpt_api_query_new ("exclude", "custom_fields",
                                              "sort", "created_at:asc",
                                              "count", "100",
                                              NULL);

  return tpt_api_pager_new (client, "/contacts", query, (TptRecordParseFunc) tpt_contact_parse);
}

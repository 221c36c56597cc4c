/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-recap-client.h"

#include "tpt-api-query.h"
#include "tpt-api-resource.h"
#include "tpt-recap-parse.h"
#include "tpt-resource-uri.h"

/**
 * tpt_recap_client_list:
 * @event: (nullable): URI of a scheduled event
 * @range: of meetings that touch it
 *
 * `GET /meeting_recaps`, a hundred a page; those that are being written are left out. Scope
 * `meeting_recaps:read`, and a plan that has them.
 *
 * Returns: (transfer full): the pages, of TptRecap without texts
 */
TptApiPager *
tpt_recap_client_list (TptApiClient       *client,
                       const char         *event,
                       const TptTimeRange *range)
{
  g_autofree char *start = tpt_time_format (range->start);
  g_autofree char *end = tpt_time_format (range->end);
  g_autofree char *query = tpt_api_query_new ("event", event,
                                              "start_time", start,
                                              "end_time", end,
                                              "count", "100",
                                              NULL);

  return tpt_api_pager_new (client, "/meeting_recaps", query,
                            (TptRecordParseFunc) tpt_recap_parse);
}

/** tpt_recap_client_get_async: `GET /meeting_recaps/{uuid}` */
void
tpt_recap_client_get_async (TptApiClient        *client,
                            const char          *uri,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  TptApiRequest request
      = { .parse = (TptResourceParseFunc) tpt_recap_parse, .free = g_object_unref };
  g_autofree char *path = tpt_resource_uri_get_path (uri, "meeting_recaps", &request.error);

  request.path = path;
  tpt_api_resource_async (client, &request, tpt_recap_client_get_async, cancellable, callback,
                          user_data);
}

/** tpt_recap_client_get_finish: (returns: transfer full, nullable) the recap with its texts */
TptRecap *
tpt_recap_client_get_finish (TptApiClient  *client,
                             GAsyncResult  *result,
                             GError       **error)
{
  return tpt_api_resource_finish (client, result, error);
}

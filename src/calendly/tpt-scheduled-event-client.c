/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-scheduled-event-client.h"

#include "tpt-api-query.h"
#include "tpt-api-resource.h"
#include "tpt-resource-uri.h"
#include "tpt-scheduled-event-parse.h"

/**
 * tpt_scheduled_event_client_list:
 *
 * `GET /scheduled_events`, a hundred a page, in the order of their starts. Scope
 * `scheduled_events:read`. The service has no filter by time of change.
 *
 * Returns: (transfer full): the pages, of TptMeeting
 */
TptApiPager *
tpt_scheduled_event_client_list (TptApiClient                  *client,
                                 const TptScheduledEventFilter *filter)
{
  g_autofree char *start = tpt_time_format (filter->range.start);
  g_autofree char *end = tpt_time_format (filter->range.end);
  const char *sort = filter->newest_first ? "start_time:desc" : "start_time:asc";
  g_autofree char *query = tpt_api_query_new ("user", filter->user,
                                              "organization", filter->organization,
                                              "status", filter->status,
                                              "min_start_time", start,
                                              "max_start_time", end,
                                              "sort", sort,
                                              "count", "100",
                                              NULL);

  return tpt_api_pager_new (client, "/scheduled_events", query,
                            (TptRecordParseFunc) tpt_scheduled_event_parse);
}

/** tpt_scheduled_event_client_get_async: `GET /scheduled_events/{uuid}` */
void
tpt_scheduled_event_client_get_async (TptApiClient        *client,
                                      const char          *uri,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  TptApiRequest request = {
    .parse = (TptResourceParseFunc) tpt_scheduled_event_parse,
    .free = g_object_unref,
  };
  g_autofree char *path = tpt_resource_uri_get_path (uri, "scheduled_events", &request.error);

  request.path = path;
  tpt_api_resource_async (client, &request, tpt_scheduled_event_client_get_async, cancellable,
                          callback, user_data);
}

/**
 * tpt_scheduled_event_client_get_finish:
 *
 * (returns: transfer full, nullable) the meeting, without its invitees
 */
TptMeeting *
tpt_scheduled_event_client_get_finish (TptApiClient  *client,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  return tpt_api_resource_finish (client, result, error);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-availability-client.h"

#include "tpt-api-query.h"
#include "tpt-api-span.h"
#include "tpt-busy-time-parse.h"
#include "tpt-schedule-parse.h"
#include "tpt-slot-parse.h"

/* What Calendly gives at once; the second since its release notes of 2026-07-09. */
#define LONGEST_BUSY  (7 * TPT_DAY)
#define LONGEST_SLOTS (31 * TPT_DAY)

/**
 * tpt_availability_client_list_schedules:
 * @user: URI
 *
 * `GET /user_availability_schedules?user=…`. Scope `availability:read`.
 *
 * Returns: (transfer full): the one page, of TptSchedule
 */
TptApiPager *
tpt_availability_client_list_schedules (TptApiClient *client,
                                        const char   *user)
{
  g_autofree char *query = tpt_api_query_new ("user", user, NULL);

  return tpt_api_pager_new (client, "/user_availability_schedules", query,
                            (TptRecordParseFunc) tpt_schedule_parse);
}

/**
 * tpt_availability_client_list_busy_async:
 * @user: URI
 * @range: both sides are set; none of it is past
 *
 * `GET /user_busy_times`, in as many requests of a week as it takes. Scope `availability:read`.
 */
void
tpt_availability_client_list_busy_async (TptApiClient        *client,
                                         const char          *user,
                                         const TptTimeRange  *range,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  const TptApiSpan span = { "/user_busy_times", "user", user, *range, LONGEST_BUSY,
                            (TptRecordParseFunc) tpt_busy_time_parse };

  tpt_api_span_async (client, &span, tpt_availability_client_list_busy_async, cancellable,
                      callback, user_data);
}

/**
 * tpt_availability_client_list_busy_finish:
 *
 * Returns: (transfer full) (nullable): a page of TptBusyTime; what reaches over the end of a week
 *   may stand in it twice. %NULL with an error: %TPT_API_ERROR_EXTERNAL when the calendar behind
 *   Calendly does not answer
 */
TptPage *
tpt_availability_client_list_busy_finish (TptApiClient  *client,
                                          GAsyncResult  *result,
                                          GError       **error)
{
  return tpt_api_span_finish (client, result, error);
}

/**
 * tpt_availability_client_list_slots_async:
 * @event_type: URI
 * @range: both sides are set; all of it is ahead
 *
 * `GET /event_type_available_times`, in as many requests of 31 days as it takes. Scope
 * `availability:read`.
 */
void
tpt_availability_client_list_slots_async (TptApiClient        *client,
                                          const char          *event_type,
                                          const TptTimeRange  *range,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data)
{
  const TptApiSpan span = { "/event_type_available_times", "event_type", event_type, *range,
                            LONGEST_SLOTS, (TptRecordParseFunc) tpt_slot_parse };

  tpt_api_span_async (client, &span, tpt_availability_client_list_slots_async, cancellable,
                      callback, user_data);
}

/**
 * tpt_availability_client_list_slots_finish:
 *
 * (returns: transfer full, nullable) a page of TptSlot
 */
TptPage *
tpt_availability_client_list_slots_finish (TptApiClient  *client,
                                           GAsyncResult  *result,
                                           GError       **error)
{
  return tpt_api_span_finish (client, result, error);
}

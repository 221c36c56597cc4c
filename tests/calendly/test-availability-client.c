/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-fixture.h"
#include "tpt-availability-client.h"
#include "tpt-busy-time.h"
#include "tpt-schedule.h"
#include "tpt-slot.h"

#define API      "https://api.calendly.com/"
#define FRIDAY (1800000000 * TPT_SECOND)   /* 2027-01-15T08:00:00Z */

#define SCHEDULE(rules)                                                                            \
  "{\"uri\":\"" API "user_availability_schedules/S\",\"default\":true,\"name\":\"Working hours\"," \
  "\"user\":\"" API "users/U\",\"timezone\":\"Europe/Berlin\",\"rules\":" rules "}"

static void
test_schedules (void)
{
  static const TptApiReply reply = { 200, NULL,
    "{\"collection\":[" SCHEDULE ("["
    "{\"type\":\"wday\",\"wday\":\"sunday\",\"intervals\":[]},"
    "{\"type\":\"wday\",\"wday\":\"monday\",\"intervals\":[{\"from\":\"09:00\",\"to\":\"12:30\"},"
    "{\"from\":\"13:30\",\"to\":\"24:00\"}]},"
    "{\"type\":\"date\",\"date\":\"2027-12-24\",\"intervals\":[]},"
    "{\"type\":\"date\",\"date\":\"2028-02-29\",\"intervals\":[{\"from\":\"00:00\","
    "\"to\":\"01:00\"}]}]") ","
    SCHEDULE ("[{\"type\":\"wday\",\"wday\":\"someday\",\"intervals\":[]}]") ","
    SCHEDULE ("[{\"type\":\"date\",\"date\":\"2027-02-29\",\"intervals\":[]}]") ","
    SCHEDULE ("[{\"type\":\"month\",\"intervals\":[]}]") ","
    SCHEDULE ("[{\"type\":\"wday\",\"wday\":\"monday\",\"intervals\":[{\"from\":\"9:00\","
              "\"to\":\"10:00\"}]}]") ","
    SCHEDULE ("[{\"type\":\"wday\",\"wday\":\"monday\",\"intervals\":[{\"from\":\"10:00\","
              "\"to\":\"09:00\"}]}]") ","
    SCHEDULE ("[{\"type\":\"wday\",\"wday\":\"monday\",\"intervals\":[{\"from\":\"10:00\","
              "\"to\":\"24:01\"}]}]") ","
    SCHEDULE ("[7]") "," SCHEDULE ("null") "]}", { NULL } };
  static const TptScheduleHours expected[] = {
    { 1, "", 540, 750 },
    { 1, "", 810, 1440 },
    { 0, "2027-12-24", 0, 0 },
    { 0, "2028-02-29", 0, 60 },
  };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (TptApiPager) pager
      = tpt_availability_client_list_schedules (fixture->client, API "users/U");
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptPage) page = NULL;
  const TptSchedule *schedule;

  tpt_api_fixture_script (fixture, &reply, 1);
  tpt_api_pager_all_async (pager, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  page = tpt_api_pager_all_finish (pager, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->items->len, ==, 1);
  g_assert_cmpuint (page->failures->len, ==, 8);
  schedule = g_ptr_array_index (page->items, 0);
  g_assert_true (schedule->is_default);
  g_assert_cmpstr (schedule->timezone, ==, "Europe/Berlin");
  g_assert_cmpuint (schedule->hours->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const TptScheduleHours *hours = &g_array_index (schedule->hours, TptScheduleHours, i);

      g_assert_cmpint (hours->weekday, ==, expected[i].weekday);
      g_assert_cmpstr (hours->date, ==, expected[i].date);
      g_assert_cmpint (hours->from, ==, expected[i].from);
      g_assert_cmpint (hours->to, ==, expected[i].to);
    }
  g_assert_cmpstr (g_ptr_array_index (fixture->requests, 0), ==,
                   "GET /user_availability_schedules?user=https%3A%2F%2Fapi.calendly.com%2Fusers"
                   "%2FU token-1");
}

static TptPage *
list_busy (TptApiFixture      *fixture,
           const TptTimeRange *range,
           GError            **error)
{
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  tpt_availability_client_list_busy_async (fixture->client, API "users/U", range, NULL,
                                           tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_availability_client_list_busy_finish (fixture->client, result, error);
}

/* Never more than a week at once, and the pieces leave no gap. */
static void
test_busy (void)
{
  static const TptApiReply replies[] = {
    { 200, NULL, "{\"collection\":[{\"type\":\"external\",\"start_time\":\"2027-01-16T09:00:00Z\","
      "\"end_time\":\"2027-01-16T10:00:00Z\"}]}", { NULL } },
    { 200, NULL, "{\"collection\":[]}", { NULL } },
    { 200, NULL, "{\"collection\":[{\"type\":\"calendly\",\"start_time\":\"2027-01-30T09:00:00Z\","
      "\"end_time\":\"2027-01-30T10:00:00Z\",\"buffered_start_time\":\"2027-01-30T08:45:00Z\","
      "\"buffered_end_time\":\"2027-01-30T10:15:00Z\",\"event\":{\"uri\":\"" API
      "scheduled_events/E\"}},{\"type\":\"calendly\"}]}", { NULL } },
  };
  static const char *const pieces[] = {
    "start_time=2027-01-15T08%3A00%3A00Z&end_time=2027-01-22T08%3A00%3A00Z token-1",
    "start_time=2027-01-22T08%3A00%3A00Z&end_time=2027-01-29T08%3A00%3A00Z token-1",
    "start_time=2027-01-29T08%3A00%3A00Z&end_time=2027-02-01T08%3A00%3A00Z token-1",
  };
  const TptTimeRange range = { FRIDAY, FRIDAY + 17 * TPT_DAY };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TptPage) page = NULL;
  const TptBusyTime *outside;
  const TptBusyTime *meeting;

  tpt_api_fixture_script (fixture, replies, G_N_ELEMENTS (replies));
  page = list_busy (fixture, &range, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->items->len, ==, 2);
  g_assert_cmpuint (page->failures->len, ==, 1);
  g_assert_cmpuint (fixture->requests->len, ==, G_N_ELEMENTS (pieces));
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    g_assert_true (g_str_has_suffix (g_ptr_array_index (fixture->requests, i), pieces[i]));
  outside = g_ptr_array_index (page->items, 0);
  g_assert_null (outside->event);
  g_assert_cmpint (outside->buffered.start, ==, outside->range.start);
  meeting = g_ptr_array_index (page->items, 1);
  g_assert_cmpstr (meeting->kind, ==, "calendly");
  g_assert_cmpstr (meeting->event, ==, API "scheduled_events/E");
  g_assert_cmpint (meeting->range.start - meeting->buffered.start, ==, 15 * TPT_MINUTE);
  g_assert_cmpint (meeting->buffered.end - meeting->range.end, ==, 15 * TPT_MINUTE);
}

/* One piece that fails fails all, and says what it is about. */
static void
test_calendar (void)
{
  static const TptApiReply replies[] = {
    { 200, NULL, "{\"collection\":[]}", { NULL } },
    { 424, NULL, "{\"title\":\"External Calendar Error\",\"message\":\"There is a problem accessing "
      "your calendar.\"}", { NULL } },
  };
  const TptTimeRange range = { FRIDAY, FRIDAY + 15 * TPT_DAY };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (GError) error = NULL;

  tpt_api_fixture_script (fixture, replies, G_N_ELEMENTS (replies));
  g_assert_null (list_busy (fixture, &range, &error));
  g_assert_error (error, TPT_API_ERROR, TPT_API_ERROR_EXTERNAL);
  g_assert_cmpstr (tpt_api_error_get_feature (error), ==, "availability");
  g_assert_cmpuint (fixture->requests->len, ==, 2);
}

static void
test_slots (void)
{
  static const TptApiReply replies[] = {
    { 200, NULL, "{\"collection\":[{\"status\":\"available\",\"invitees_remaining\":2,"
      "\"start_time\":\"2027-01-16T09:00:00Z\",\"scheduling_url\":\"https://calendly.com/a/b\"},"
      "{\"status\":\"available\",\"start_time\":\"2027-01-16T09:00:00Z\"}]}", { NULL } },
    { 200, NULL, "{\"collection\":[]}", { NULL } },
  };
  const TptTimeRange range = { FRIDAY, FRIDAY + 32 * TPT_DAY };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptPage) page = NULL;
  const TptSlot *slot;

  tpt_api_fixture_script (fixture, replies, G_N_ELEMENTS (replies));
  tpt_availability_client_list_slots_async (fixture->client, API "event_types/T", &range, NULL,
                                            tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  page = tpt_availability_client_list_slots_finish (fixture->client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->items->len, ==, 1);
  g_assert_cmpuint (page->failures->len, ==, 1);
  slot = g_ptr_array_index (page->items, 0);
  g_assert_cmpint (slot->places, ==, 2);
  g_assert_cmpint (slot->start, ==, FRIDAY + 25 * TPT_HOUR);
  g_assert_cmpstr (slot->scheduling_url, ==, "https://calendly.com/a/b");
  g_assert_cmpuint (fixture->requests->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (fixture->requests, 0), ==,
                   "GET /event_type_available_times?event_type=https%3A%2F%2Fapi.calendly.com%2F"
                   "event_types%2FT&start_time=2027-01-15T08%3A00%3A00Z&end_time=2027-02-15T08%3A"
                   "00%3A00Z token-1");
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/calendly/availability-client/schedules", test_schedules);
  g_test_add_func ("/calendly/availability-client/busy", test_busy);
  g_test_add_func ("/calendly/availability-client/calendar", test_calendar);
  g_test_add_func ("/calendly/availability-client/slots", test_slots);

  return g_test_run ();
}

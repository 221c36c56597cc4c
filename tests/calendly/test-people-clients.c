/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-fixture.h"
#include "tpt-contact-client.h"
#include "tpt-contact.h"
#include "tpt-membership-client.h"
#include "tpt-recap-client.h"
#include "tpt-user.h"

#define API  "https://api.calendly.com/"
#define LAST "\"pagination\":{\"next_page_token\":null}"

#define PERSON                                                                                     \
  "{\"uri\":\"" API "users/U\",\"name\":\"Maya\",\"email\":\"maya@ours.example\","                   \
  "\"timezone\":\"Europe/Berlin\"}"

static TptPage *
read_all (TptApiFixture     *fixture,
          TptApiPager       *pager,
          const TptApiReply *reply)
{
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptPage *page;

  tpt_api_fixture_script (fixture, reply, 1);
  tpt_api_pager_all_async (pager, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  page = tpt_api_pager_all_finish (pager, result, &error);
  g_assert_no_error (error);

  return page;
}

static void
check_reasons (TptPage           *page,
               const char *const *reasons)
{
  g_assert_cmpuint (page->failures->len, ==, g_strv_length ((char **) reasons));
  for (guint i = 0; reasons[i] != NULL; i++)
    {
      const TptRecordFailure *failure = g_ptr_array_index (page->failures, i);

      g_assert_cmpstr (failure->reason, ==, reasons[i]);
    }
}

/* The address that counts stands first, whatever Calendly's order; a bad contact does not cost the
 * good ones. */
static void
test_contacts (void)
{
  static const TptApiReply reply = { 200, NULL,
    "{\"collection\":["
    "{\"uri\":\"" API "contacts/A\",\"name\":\"Noor\",\"emails\":["
    "{\"email\":\"old@a.example\",\"is_primary\":false},"
    "{\"email\":\"noor@a.example\",\"is_primary\":true}],"
    "\"phone_numbers\":[{\"phone_number\":\"+49 30 1\"}],\"timezone\":\"Asia/Tokyo\","
    "\"job_title\":\"CTO\",\"company\":\"A\",\"custom_fields\":[],\"linkedin\":7,"
    "\"created_at\":\"2026-01-02T03:04:05.678Z\",\"updated_at\":\"2026-01-02T03:04:05Z\"},"
    "{\"uri\":\"" API "contacts/B\",\"name\":null,\"emails\":[]},"
    "{\"uri\":\"" API "contacts/C\",\"emails\":[{\"email\":7}]},"
    "{\"uri\":\"" API "contacts/D\",\"emails\":[\"d@a.example\"]},"
    "{\"emails\":[]}]," LAST "}", { NULL } };
  static const char *const reasons[] = { "contact.email: not a string",
                                         "contact.emails: an item is not an object",
                                         "contact.uri: missing", NULL };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (TptApiPager) pager = tpt_contact_client_list (fixture->client);
  g_autoptr (TptPage) page = read_all (fixture, pager, &reply);
  const TptContact *noor;
  const TptContact *nobody;

  g_assert_cmpuint (page->items->len, ==, 2);
  check_reasons (page, reasons);
  noor = g_ptr_array_index (page->items, 0);
  g_assert_cmpstr (noor->emails[0], ==, "noor@a.example");
  g_assert_cmpstr (noor->emails[1], ==, "old@a.example");
  g_assert_null (noor->emails[2]);
  g_assert_cmpstr (noor->phones[0], ==, "+49 30 1");
  g_assert_cmpstr (noor->timezone, ==, "Asia/Tokyo");
  g_assert_cmpstr (noor->job_title, ==, "CTO");
  g_assert_cmpstr (noor->company, ==, "A");
  g_assert_cmpint (noor->created_at - noor->updated_at, ==, 678000);
  nobody = g_ptr_array_index (page->items, 1);
  g_assert_null (nobody->name);
  g_assert_null (nobody->emails[0]);
  g_assert_cmpstr (g_ptr_array_index (fixture->requests, 0), ==,
                   "GET /contacts?exclude=custom_fields&sort=created_at%3Aasc&count=100 token-1");
}

static void
test_memberships (void)
{
  static const TptApiReply reply = { 200, NULL,
    "{\"collection\":[{\"role\":\"admin\",\"organization\":\"" API "organizations/O\",\"user\":"
    PERSON "},{\"role\":\"user\",\"user\":null},{\"user\":" PERSON "}]," LAST "}", { NULL } };
  static const char *const reasons[] = { "membership.user: null", "membership.role: missing",
                                         NULL };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (TptApiPager) pager
      = tpt_membership_client_list (fixture->client, API "organizations/O");
  g_autoptr (TptPage) page = read_all (fixture, pager, &reply);
  TptUser *user;

  g_assert_cmpuint (page->items->len, ==, 1);
  check_reasons (page, reasons);
  user = g_ptr_array_index (page->items, 0);
  g_assert_true (tpt_user_is_admin (user));
  g_assert_cmpstr (user->email, ==, "maya@ours.example");
  g_assert_cmpstr (user->organization, ==, API "organizations/O");
  g_assert_cmpstr (g_ptr_array_index (fixture->requests, 0), ==,
                   "GET /organization_memberships?organization=https%3A%2F%2Fapi.calendly.com%2F"
                   "organizations%2FO&count=100 token-1");
}

static void
test_hosts (void)
{
  static const TptApiReply reply = { 200, NULL,
    "{\"collection\":[{\"member\":" PERSON ",\"event_type\":{}},{\"event_type\":{}}]," LAST "}",
    { NULL } };
  static const char *const reasons[] = { "host.member: missing", NULL };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (TptApiPager) pager
      = tpt_membership_client_list_hosts (fixture->client, API "event_types/T");
  g_autoptr (TptPage) page = read_all (fixture, pager, &reply);

  g_assert_cmpuint (page->items->len, ==, 1);
  check_reasons (page, reasons);
  g_assert_cmpstr (TPT_USER (g_ptr_array_index (page->items, 0))->name, ==, "Maya");
  g_assert_cmpstr (g_ptr_array_index (fixture->requests, 0), ==,
                   "GET /event_type_memberships?event_type=https%3A%2F%2Fapi.calendly.com%2F"
                   "event_types%2FT&count=100 token-1");
}

static void
test_recaps (void)
{
  static const TptApiReply reply = { 200, NULL,
    "{\"collection\":[{\"uri\":\"" API "meeting_recaps/R\",\"event\":null,"
    "\"status\":\"available\",\"name\":\"QBR\",\"start_time\":\"2026-07-01T10:00:00Z\","
    "\"end_time\":\"2026-07-01T11:00:00Z\",\"transcript\":\"…\"},"
    "{\"uri\":\"" API "meeting_recaps/S\",\"status\":null}]," LAST "}", { NULL } };
  static const TptApiReply whole = { 200, NULL,
    "{\"resource\":{\"uri\":\"" API "meeting_recaps/R\",\"event\":\"" API "scheduled_events/E\","
    "\"status\":\"available\",\"summary_md\":\"# Done\",\"action_items_md\":\"- Call\","
    "\"discussion_md\":null,\"share_link\":\"https://calendly.com/r\"}}", { NULL } };
  static const char *const reasons[] = { "meeting_recap.status: null", NULL };
  const TptTimeRange range = { 1800000000 * TPT_SECOND, TPT_TIME_NONE };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (TptApiPager) pager
      = tpt_recap_client_list (fixture->client, API "scheduled_events/E", &range);
  g_autoptr (TptPage) page = read_all (fixture, pager, &reply);
  TptRecap *listed = g_ptr_array_index (page->items, 0);
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TptRecap) recap = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (page->items->len, ==, 1);
  check_reasons (page, reasons);
  g_assert_null (listed->event);
  g_assert_null (listed->summary);
  g_assert_cmpint (listed->range.end - listed->range.start, ==, TPT_HOUR);
  g_assert_cmpstr (g_ptr_array_index (fixture->requests, 0), ==,
                   "GET /meeting_recaps?event=https%3A%2F%2Fapi.calendly.com%2Fscheduled_events%2FE"
                   "&start_time=2027-01-15T08%3A00%3A00Z&count=100 token-1");

  tpt_api_fixture_script (fixture, &whole, 1);
  tpt_recap_client_get_async (fixture->client, listed->uri, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  recap = tpt_recap_client_get_finish (fixture->client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (recap->summary, ==, "# Done");
  g_assert_cmpstr (recap->action_items, ==, "- Call");
  g_assert_null (recap->discussion);
  g_assert_cmpstr (recap->share_link, ==, "https://calendly.com/r");
  g_assert_cmpstr (g_ptr_array_index (fixture->requests, 0), ==, "GET /meeting_recaps/R? token-1");
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/calendly/people-clients/contacts", test_contacts);
  g_test_add_func ("/calendly/people-clients/memberships", test_memberships);
  g_test_add_func ("/calendly/people-clients/hosts", test_hosts);
  g_test_add_func ("/calendly/people-clients/recaps", test_recaps);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-fixture.h"
#include "tpt-cancellation-client.h"
#include "tpt-event-type-client.h"
#include "tpt-invitee-client.h"
#include "tpt-no-show-client.h"
#include "tpt-organization-client.h"
#include "tpt-scheduled-event-client.h"
#include "tpt-scheduling-link-client.h"
#include "tpt-user-client.h"
#include "tpt-webhook-client.h"

#define API     "https://api.calendly.com/"
#define ME "EBHAAFHDCAEQTSEZ"
#define MEMBER(user, organization, role)                                                           \
  "{\"role\":\"" role "\",\"user\":{\"uri\":\"" API user "\"},\"organization\":\"" API            \
  "organizations/" organization "\"}"
#define LAST    "\"pagination\":{\"next_page_token\":null}"
#define NEXT(t) "\"pagination\":{\"next_page_token\":\"" t "\"}"

#define SCRIPT(fixture, ...)                                                                       \
  static const TptApiReply replies[] = { __VA_ARGS__ };                                            \
  tpt_api_fixture_script (fixture, replies, G_N_ELEMENTS (replies))

#define REPLY(body) { 200, NULL, body, { NULL } }

#define INVITEE(uri, event)                                                                        \
  "{\"uri\":\"" uri "\",\"event\":\"" event "\",\"email\":\"a@b.example\","                         \
  "\"status\":\"active\"}"
#define BOOKING(id) INVITEE (API "scheduled_events/E/invitees/" id, API "scheduled_events/E")

static void
check_request (TptApiFixture *fixture,
               guint          index,
               const char    *expected)
{
  g_assert_cmpuint (index, <, fixture->requests->len);
  g_assert_cmpstr (g_ptr_array_index (fixture->requests, index), ==, expected);
}

/* The role is that of the user in the organisation that the user is of now, whatever else is
 * listed. */
static void
test_me (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autofree char *body = tpt_test_fixture ("api/user-me.json", NULL);
  const TptApiReply replies[] = { { 200, NULL, body, { NULL } },
                                  REPLY ("{\"resource\":{\"plan\":\"teams\",\"name\":\"Brightwater & Sons\"}}"),
                                  REPLY ("{\"collection\":[" MEMBER ("users/U", "A", "user")
                                         "," MEMBER ("users/" ME, "ELSEWHERE", "user")
                                         "," MEMBER ("users/" ME, "AAAAAAAAAAAAAAAA", "admin")
                                         "]," LAST "}") };
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GAsyncResult) third = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptUser) user = NULL;
  g_autofree char *plan = NULL;
  g_autofree char *name = NULL;
  g_autofree char *role = NULL;

  tpt_api_fixture_script (fixture, replies, 3);
  tpt_user_client_get_me_async (fixture->client, NULL, tpt_test_result_cb, &waiting);
  first = tpt_test_await (&waiting);
  user = tpt_user_client_get_me_finish (fixture->client, first, &error);
  g_assert_no_error (error);
  tpt_organization_client_get_plan_async (fixture->client, user->organization, NULL,
                                          tpt_test_result_cb, &waiting);
  second = tpt_test_await (&waiting);
  plan = tpt_organization_client_get_plan_finish (fixture->client, second, &name, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plan, ==, "teams");
  g_assert_cmpstr (name, ==, "Brightwater & Sons");
  tpt_organization_client_get_role_async (fixture->client, user, NULL, tpt_test_result_cb,
                                          &waiting);
  third = tpt_test_await (&waiting);
  role = tpt_organization_client_get_role_finish (fixture->client, third, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (role, ==, "admin");
  check_request (fixture, 0, "GET /users/me? token-1");
  check_request (fixture, 1, "GET /organizations/AAAAAAAAAAAAAAAA? token-1");
  check_request (fixture, 2,
                 "GET /organization_memberships?user=https%3A%2F%2Fapi.calendly.com%2Fusers%2F"
                 "EBHAAFHDCAEQTSEZ&count=100 token-1");
}

static void
test_events (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  const TptScheduledEventFilter filter
      = { .user = API "users/A", .range = { 1800000000 * TPT_SECOND, 0 } };
  g_autoptr (TptApiPager) pager = tpt_scheduled_event_client_list (fixture->client, &filter);
  g_autofree char *body = tpt_test_fixture ("api/scheduled-events.json", NULL);
  const TptApiReply replies[]
      = { { 200, NULL, body, { NULL } }, REPLY ("{\"collection\":[]," LAST "}") };
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptPage) page = NULL;
  g_autoptr (TptPage) last = NULL;

  tpt_api_fixture_script (fixture, replies, 2);
  g_assert_true (tpt_api_pager_has_next (pager));
  tpt_api_pager_next_async (pager, NULL, tpt_test_result_cb, &waiting);
  first = tpt_test_await (&waiting);
  page = tpt_api_pager_next_finish (pager, first, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->items->len, ==, 4);
  g_assert_cmpstr (tpt_api_pager_get_token (pager), ==, "sNjq4TvMDfUHEl7z");
  tpt_api_pager_next_async (pager, NULL, tpt_test_result_cb, &waiting);
  second = tpt_test_await (&waiting);
  last = tpt_api_pager_next_finish (pager, second, &error);
  g_assert_no_error (error);
  g_assert_false (tpt_api_pager_has_next (pager));
  check_request (
      fixture, 0,
      "GET /scheduled_events?user=https%3A%2F%2Fapi.calendly.com%2Fusers%2FA&min_start_time="
      "2027-01-15T08%3A00%3A00Z&sort=start_time%3Aasc&count=100 token-1");
  check_request (
      fixture, 1,
      "GET /scheduled_events?user=https%3A%2F%2Fapi.calendly.com%2Fusers%2FA&min_start_time="
      "2027-01-15T08%3A00%3A00Z&sort=start_time%3Aasc&count=100&page_token=sNjq4TvMDfUHEl7z "
      "token-1");
}

static TptPage *
list_invitees (TptApiFixture  *fixture,
               const char     *event,
               GError        **error)
{
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  tpt_invitee_client_list_async (fixture->client, event, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_invitee_client_list_finish (fixture->client, result, error);
}

static void
test_all_pages (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TptPage) page = NULL;

  SCRIPT (fixture,
          REPLY ("{\"collection\":[" BOOKING ("A") "," BOOKING ("B") "]," NEXT ("t 1") "}"),
          REPLY ("{\"collection\":[7," BOOKING ("C") "]," LAST "}"));
  page = list_invitees (fixture, API "scheduled_events/E", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->items->len, ==, 3);
  g_assert_cmpuint (page->failures->len, ==, 1);
  check_request (
      fixture, 1,
      "GET /scheduled_events/E/invitees?sort=created_at:asc&count=100&page_token=t%201 token-1");
}

/* One that belongs to another event, or nowhere, is set aside; one whose event is written in the
 * other way is of this one. */
static void
test_strangers (void)
{
  static const char *const reasons[] = {
    "invitee.uri: not the address of a booking",
    "invitee.event: another event",
    "Not the address of one of Calendly’s scheduled_events: “x”",
  };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TptPage) page = NULL;

  SCRIPT (fixture,
          REPLY ("{\"collection\":[" INVITEE (API "invitees/A", "x") ","
                 INVITEE ("https://evil.example/invitees/C", API "scheduled_events/E") ","
                 BOOKING ("B") "," INVITEE (API "invitees/D", API "scheduled_events/F") ","
                 INVITEE (API "invitees/G", "https://calendly.com/scheduled_events/E")
                 "]," LAST "}"));
  page = list_invitees (fixture, API "scheduled_events/E", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->items->len, ==, 2);
  for (guint i = 0; i < page->items->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (page->items, i);

      g_assert_cmpstr (invitee->event, ==, API "scheduled_events/E");
    }
  g_assert_cmpuint (page->failures->len, ==, G_N_ELEMENTS (reasons));
  for (guint i = 0; i < page->failures->len; i++)
    {
      const TptRecordFailure *failure = g_ptr_array_index (page->failures, i);

      g_assert_cmpstr (failure->reason, ==, reasons[i]);
      g_assert_cmpstr (failure->label, ==, "\na@b.example");
    }
}

/* Pages that lead back to themselves end with an error, and soon. */
static void
test_endless (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (GError) error = NULL;

  SCRIPT (fixture, REPLY ("{\"collection\":[]," NEXT ("one") "}"),
          REPLY ("{\"collection\":[]," NEXT ("two") "}"),
          REPLY ("{\"collection\":[]," NEXT ("one") "}"));
  g_assert_null (list_invitees (fixture, API "scheduled_events/E", &error));
  g_assert_error (error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL);
  g_assert_cmpuint (fixture->requests->len, ==, 3);
}

/* An address out of somebody's data is not asked at all. */
static void
test_foreign_address (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autoptr (GError) error = NULL;

  SCRIPT (fixture, REPLY ("{}"));
  g_assert_null (list_invitees (fixture, "http://169.254.169.254/scheduled_events/E", &error));
  g_assert_error (error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL);
  g_assert_cmpuint (fixture->requests->len, ==, 0);
}

static void
test_link (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  SCRIPT (fixture, { 201,
                     NULL,
                     "{\"resource\":{\"booking_url\":\"https://calendly.com/d/abcd/15\"}}",
                     { NULL } });
  tpt_scheduling_link_client_create_async (fixture->client, API "event_types/T", NULL,
                                           tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  url = tpt_scheduling_link_client_create_finish (fixture->client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (url, ==, "https://calendly.com/d/abcd/15");
  check_request (fixture, 0, "POST /scheduling_links? token-1");
  g_assert_cmpstr (fixture->last_body, ==,
                   "{\"max_event_count\":1,\"owner\":\"" API
                   "event_types/T\",\"owner_type\":\"EventType\"}");
}

static void
test_webhooks (void)
{
  static const char *const events[] = { "invitee.created", "invitee.canceled", NULL };
  const TptWebhookRequest wanted
      = { "https://relay.example/hook", events, API "organizations/O", API "users/U", "key" };
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autofree char *body = tpt_test_fixture ("api/webhook-subscription.json", NULL);
  const TptApiReply replies[] = { { 201, NULL, body, { NULL } }, { 404, NULL, "{}", { NULL } } };
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) created = NULL;
  g_autoptr (GAsyncResult) deleted = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptWebhookSubscription) subscription = NULL;

  tpt_api_fixture_script (fixture, replies, 2);
  tpt_webhook_client_create_async (fixture->client, &wanted, NULL, tpt_test_result_cb, &waiting);
  created = tpt_test_await (&waiting);
  subscription = tpt_webhook_client_create_finish (fixture->client, created, &error);
  g_assert_no_error (error);
  g_assert_true (subscription->active);
  g_assert_cmpstr (subscription->events[1], ==, "invitee.canceled");
  g_assert_nonnull (strstr (fixture->last_body, "\"signing_key\":\"key\""));
  g_assert_nonnull (strstr (fixture->last_body, "\"scope\":\"user\""));

  /* Gone already is gone. */
  tpt_webhook_client_delete_async (fixture->client, subscription->uri, NULL, tpt_test_result_cb,
                                   &waiting);
  deleted = tpt_test_await (&waiting);
  g_assert_true (tpt_webhook_client_delete_finish (fixture->client, deleted, &error));
  g_assert_no_error (error);
  check_request (fixture, 1, "DELETE /webhook_subscriptions/AAAA? token-1");
}

static void
test_event_types (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  g_autofree char *body = tpt_test_fixture ("api/event-types.json", NULL);
  const TptApiReply reply = { 200, NULL, body, { NULL } };
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptPage) page = NULL;

  tpt_api_fixture_script (fixture, &reply, 1);
  tpt_event_type_client_list_async (fixture->client, API "users/U", NULL, tpt_test_result_cb,
                                    &waiting);
  result = tpt_test_await (&waiting);
  page = tpt_event_type_client_list_finish (fixture->client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->items->len, ==, 2);
}

/* A cancellation that was sent twice is one, and so is a mark that was taken away twice. */
static void
test_own_actions (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) canceled = NULL;
  g_autoptr (GAsyncResult) marked = NULL;
  g_autoptr (GAsyncResult) unmarked = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *mark = NULL;

  SCRIPT (fixture, { 503, NULL, "{}", { NULL } },
          { 403, NULL, "{\"title\":\"Permission Denied\",\"message\":\"Event is already "
                       "canceled\"}", { NULL } },
          { 201, NULL, "{\"resource\":{\"uri\":\"" API "invitee_no_shows/N\"}}", { NULL } },
          { 404, NULL, "{}", { NULL } });
  tpt_cancellation_client_create_async (fixture->client, API "scheduled_events/E", "Ill", NULL,
                                        tpt_test_result_cb, &waiting);
  canceled = tpt_test_await (&waiting);
  g_assert_true (tpt_cancellation_client_create_finish (fixture->client, canceled, &error));
  g_assert_no_error (error);
  check_request (fixture, 1, "POST /scheduled_events/E/cancellation? token-1");
  g_assert_cmpstr (fixture->last_body, ==, "{\"reason\":\"Ill\"}");

  tpt_no_show_client_create_async (fixture->client, API "scheduled_events/E/invitees/I", NULL,
                                   tpt_test_result_cb, &waiting);
  marked = tpt_test_await (&waiting);
  mark = tpt_no_show_client_create_finish (fixture->client, marked, &error);
  g_assert_no_error (error);
  check_request (fixture, 2, "POST /invitee_no_shows? token-1");
  g_assert_cmpstr (fixture->last_body, ==,
                   "{\"invitee\":\"" API "scheduled_events/E/invitees/I\"}");
  tpt_no_show_client_delete_async (fixture->client, mark, NULL, tpt_test_result_cb, &waiting);
  unmarked = tpt_test_await (&waiting);
  g_assert_true (tpt_no_show_client_delete_finish (fixture->client, unmarked, &error));
  g_assert_no_error (error);
  check_request (fixture, 3, "DELETE /invitee_no_shows/N? token-1");
}

/* One that was deleted is there, and says so. */
static void
test_event_type (void)
{
  g_autoptr (TptApiFixture) fixture = tpt_api_fixture_new ();
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptEventType) type = NULL;

  SCRIPT (fixture, REPLY ("{\"resource\":{\"uri\":\"" API "event_types/T\",\"active\":true,"
                          "\"scheduling_url\":\"https://calendly.com/a/b\","
                          "\"deleted_at\":\"2026-01-02T03:04:05Z\"}}"));
  tpt_event_type_client_get_async (fixture->client, API "event_types/T", NULL, tpt_test_result_cb,
                                   &waiting);
  result = tpt_test_await (&waiting);
  type = tpt_event_type_client_get_finish (fixture->client, result, &error);
  g_assert_no_error (error);
  g_assert_false (tpt_event_type_is_schedulable (type));
  check_request (fixture, 0, "GET /event_types/T? token-1");
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/calendly/noun-clients/me", test_me);
  g_test_add_func ("/calendly/noun-clients/events", test_events);
  g_test_add_func ("/calendly/noun-clients/all-pages", test_all_pages);
  g_test_add_func ("/calendly/noun-clients/strangers", test_strangers);
  g_test_add_func ("/calendly/noun-clients/endless", test_endless);
  g_test_add_func ("/calendly/noun-clients/foreign-address", test_foreign_address);
  g_test_add_func ("/calendly/noun-clients/link", test_link);
  g_test_add_func ("/calendly/noun-clients/webhooks", test_webhooks);
  g_test_add_func ("/calendly/noun-clients/event-types", test_event_types);
  g_test_add_func ("/calendly/noun-clients/own-actions", test_own_actions);
  g_test_add_func ("/calendly/noun-clients/event-type", test_event_type);

  return g_test_run ();
}

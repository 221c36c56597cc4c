/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-fixture.h"

#include "tpt-event-type-list.h"
#include "tpt-event-types-table.h"
#include "tpt-test.h"

static TptEventTypeList *
load (ServicesFixture  *fixture,
      gboolean          is_forced,
      GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_event_type_list_load_async (fixture->services->store, fixture->services->engine, is_forced,
                                  NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_event_type_list_load_finish (fixture->services->store, result, error);
}

static TptTime
get_now (ServicesFixture *fixture)
{
  return tpt_clock_now (fixture->services->clock);
}

static void
wait_minutes (ServicesFixture *fixture,
              int              minutes)
{
  tpt_clock_set (fixture->services->clock, get_now (fixture) + minutes * TPT_MINUTE);
}

/* How often the list was fetched since the last time that this was asked. */
static guint
count_fetches (ServicesFixture *fixture)
{
  guint count = services_fixture_count_requests (fixture, "/event_types");

  services_fixture_ask (fixture, "DELETE", "/requests", NULL);

  return count;
}

static void
assert_fetches (ServicesFixture *fixture,
                gboolean         is_forced,
                guint            wanted)
{
  g_autoptr (TptEventTypeList) list = NULL;
  g_autoptr (GError) error = NULL;

  count_fetches (fixture);
  list = load (fixture, is_forced, &error);
  g_assert_no_error (error);
  g_assert_no_error (list->failure);
  g_assert_cmpuint (list->event_types->len, >, 5);
  g_assert_cmpuint (count_fetches (fixture), ==, wanted);
}

static void
assert_sync_fetches (ServicesFixture      *fixture,
                     const TptSyncOptions *options,
                     guint                 wanted)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;

  count_fetches (fixture);
  report = services_fixture_sync (fixture, options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_fetches (fixture), ==, wanted);
}

/* Whoever fetched it: for a quarter of an hour nobody does so again who was not told to. */
static void
test_services_cached (ServicesFixture *fixture,
                      gconstpointer    user_data)
{
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  assert_sync_fetches (fixture, NULL, 1);
  assert_fetches (fixture, FALSE, 0);
  assert_fetches (fixture, TRUE, 1);
  wait_minutes (fixture, 14);
  assert_sync_fetches (fixture, NULL, 0);
  assert_fetches (fixture, FALSE, 0);
  wait_minutes (fixture, 1);
  assert_fetches (fixture, FALSE, 1);
  assert_sync_fetches (fixture, NULL, 0);
  assert_sync_fetches (fixture, &(TptSyncOptions) { .full = TRUE }, 1);
  wait_minutes (fixture, -60);
  assert_fetches (fixture, FALSE, 1);
}

/* What is there is shown with the reason and its age; nothing is taken away. */
static void
test_services_not_fetched (ServicesFixture *fixture,
                           gconstpointer    user_data)
{
  static const struct
  {
    const char *faults;
    int code;
  } cases[] = {
    { "{\"rules\":[{\"drop\":true}]}", TPT_CONNECTION_ERROR_OFFLINE },
    { "{\"rules\":[{\"status\":503}]}", TPT_CONNECTION_ERROR_OFFLINE },
    { "{\"rules\":[{\"status\":403}]}", TPT_CONNECTION_ERROR_NOT_PERMITTED },
    { "{\"rules\":[{\"status\":200,\"body\":\"<html>\"}]}", TPT_CONNECTION_ERROR_FAILED },
  };
  g_autoptr (GError) error = NULL;
  TptTime fetched_at = get_now (fixture);
  guint length;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  services_fixture_ask (fixture, "PUT", "/faults", cases[0].faults);
  g_assert_null (load (fixture, FALSE, &error));
  g_assert_error (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OFFLINE);
  services_fixture_ask (fixture, "PUT", "/faults", "{}");
  {
    g_autoptr (GError) unexpected = NULL;
    g_autoptr (TptEventTypeList) list = load (fixture, FALSE, &unexpected);

    g_assert_no_error (unexpected);
    length = list->event_types->len;
  }

  wait_minutes (fixture, 20);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) unexpected = NULL;
      g_autoptr (TptEventTypeList) list = NULL;

      services_fixture_ask (fixture, "PUT", "/faults", cases[i].faults);
      list = load (fixture, FALSE, &unexpected);
      g_assert_no_error (unexpected);
      g_assert_error (list->failure, TPT_CONNECTION_ERROR, cases[i].code);
      g_assert_cmpuint (list->event_types->len, ==, length);
      g_assert_cmpint (list->fetched_at, ==, fetched_at);
    }
  services_fixture_ask (fixture, "PUT", "/faults", "{}");
  assert_fetches (fixture, FALSE, 1);
}

static TptEventType *
find (TptEventTypeList *list,
      const char       *uri)
{
  for (guint i = 0; i < list->event_types->len; i++)
    {
      TptEventType *type = g_ptr_array_index (list->event_types, i);

      if (g_strcmp0 (type->uri, uri) == 0)
        return type;
    }

  g_assert_not_reached ();
}

static gboolean
say_func (TptSession  *session,
          gpointer     uri,
          GError     **error)
{
  return tpt_event_types_table_set_category (session, uri, "onboarding", error);
}

/* Renamed by the service, it is still what the person said. */
static void
test_services_own_category (ServicesFixture *fixture,
                            gconstpointer    user_data)
{
  g_autofree char *body = NULL;
  g_autofree char *rule = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptEventTypeList) before = NULL;
  g_autoptr (TptEventTypeList) after = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };
  TptEventType *type;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  before = load (fixture, FALSE, &error);
  g_assert_no_error (error);
  type = g_ptr_array_index (before->event_types, 0);
  g_assert_null (type->own_category);
  tpt_store_transact_async (fixture->services->store, say_func, type->uri, NULL, NULL,
                            tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  g_assert_true (tpt_store_transact_finish (fixture->services->store, result, &error));

  body = g_strdup_printf ("{\\\"collection\\\":[{\\\"uri\\\":\\\"%s\\\",\\\"name\\\":\\\"Demo\\\","
                          "\\\"active\\\":true,\\\"scheduling_url\\\":\\\"%s\\\"}],"
                          "\\\"pagination\\\":{\\\"count\\\":1}}",
                          type->uri, type->scheduling_url);
  rule = g_strdup_printf ("{\"rules\":[{\"path\":\"/event_types\",\"status\":200,\"body\":\"%s\"}]}",
                          body);
  services_fixture_ask (fixture, "PUT", "/faults", rule);
  after = load (fixture, TRUE, &error);
  g_assert_no_error (error);
  g_assert_no_error (after->failure);
  type = find (after, type->uri);
  g_assert_cmpstr (type->name, ==, "Demo");
  g_assert_cmpstr (type->category, ==, "demo");
  g_assert_cmpstr (tpt_event_type_get_category (type), ==, "onboarding");
  for (guint i = 0; i < after->event_types->len; i++)
    {
      TptEventType *other = g_ptr_array_index (after->event_types, i);

      g_assert_cmpint (other->deleted, ==, other != type);
    }
}

/* Meetings come although nothing sensible is told of their types. */
static void
test_services_only_meetings (ServicesFixture *fixture,
                             gconstpointer    user_data)
{
  static const char *const answers[] = {
    "\"status\":404,\"body\":{}",
    "\"status\":424,\"body\":{}",
    "\"status\":500,\"body\":{}",
    "\"status\":503,\"html\":true",
    "\"status\":200,\"body\":\"<html>\"",
    "\"status\":200,\"body\":{\"collection\":[],\"pagination\":{\"next_page_token\":\"a\"}}",
  };
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *faults =
        g_strdup_printf ("{\"rules\":[{\"path\":\"/event_types\",%s}]}", answers[i]);
      g_autoptr (TptSyncReport) report = NULL;

      services_fixture_ask (fixture, "PUT", "/faults", faults);
      report = services_fixture_sync (fixture, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report->synced, >, 0);
      g_assert_cmpuint (report->failed->len, ==, 1);
      g_assert_cmpstr (((TptSyncFailure *) g_ptr_array_index (report->failed, 0))->uri, ==,
                       "event_types");
    }
  services_fixture_ask (fixture, "PUT", "/faults", "{}");
  assert_sync_fetches (fixture, NULL, 1);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (ServicesFixture *, gconstpointer);
  } tests[] = {
    { "/services/event-types/cached", test_services_cached },
    { "/services/event-types/not-fetched", test_services_not_fetched },
    { "/services/event-types/own-category", test_services_own_category },
    { "/services/event-types/only-meetings", test_services_only_meetings },
  };

  tpt_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ServicesFixture, "40", services_fixture_set_up, tests[i].func,
                services_fixture_tear_down);

  return g_test_run ();
}

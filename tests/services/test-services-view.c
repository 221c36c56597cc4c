/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-fixture.h"
#include "services-view.h"

#include "tpt-test.h"

#define REFUSAL                                                                                    \
  "{\"rules\":[{\"path\":\"/scheduled_events\",\"times\":1,\"status\":403,\"body\":{\"title\":"   \
  "\"Permission Denied\",\"message\":\"You do not have permission\"}}]}"

/* Refused, the own meetings come in the same sync; it is tried again a day later, and then stays
 * as it was chosen. */
static void
test_view_refused (ServicesFixture *fixture,
                   gconstpointer    user_data)
{
  g_autofree char *reason = NULL;
  g_autofree char *again = NULL;
  g_autofree char *last = NULL;
  guint mine, others;

  services_view_connect (fixture, "sandbox-pat");
  services_view_count_world (fixture, &mine, &others);
  services_view_switch (fixture, TRUE);
  services_fixture_ask (fixture, "PUT", "/faults", REFUSAL);
  reason = services_view_sync (fixture, FALSE);
  g_assert_nonnull (reason);
  g_assert_cmpint (services_view_get_state (fixture), ==, TPT_VIEW_REFUSED);
  g_assert_cmpuint (services_view_count (fixture, TRUE), ==, mine);
  g_assert_cmpuint (services_view_count (fixture, FALSE), ==, 0);

  services_fixture_close (fixture);
  services_fixture_open (fixture);
  g_assert_cmpint (services_view_get_state (fixture), ==, TPT_VIEW_REFUSED);
  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  again = services_view_sync (fixture, FALSE);
  g_assert_nonnull (again);
  g_assert_cmpuint (services_fixture_count_queries (fixture, "organization="), ==, 0);

  services_fixture_close (fixture);
  g_setenv ("TOUCHPOINT_NOW", "2026-03-05T09:20:00Z", TRUE);
  services_fixture_open (fixture);
  last = services_view_sync (fixture, TRUE);
  g_assert_null (last);
  g_assert_cmpint (services_view_get_state (fixture), ==, TPT_VIEW_EVERYONE);
  g_assert_cmpuint (services_view_count (fixture, FALSE), ==, others);
}

#define ANSWER(times, answer)                                                                      \
  "{\"rules\":[{\"path\":\"/scheduled_events\",\"times\":" times ",\"status\":" answer "}]}"

/* Where that list alone is refused, or makes no sense, the own meetings come, and why is said as
 * far as it is known; what makes no sense is tried again after an hour. */
static void
test_view_senseless (ServicesFixture *fixture,
                     gconstpointer    user_data)
{
  static const struct
  {
    const char *faults;
    const char *words;
  } cases[] = {
    { ANSWER ("1", "404,\"body\":{}"), "does not know this any more. Your own" },
    { ANSWER ("1", "400,\"body\":{\"message\":\"No such organization!\"}"),
      "No such organization! Your own" },
    { ANSWER ("1", "424,\"body\":{}"), "no reason given. Your own" },
    { ANSWER ("1", "200,\"body\":{\"collection\":5}"), "makes no sense" },
    { ANSWER ("1", "403,\"body\":{\"title\":\"Insufficient scope\",\"required_scopes\":"
                   "[\"organizations:read\"]}"),
      "did not permit this account to see everyone’s meetings: The sign-in lacks the permission" },
    { ANSWER ("1", "403,\"body\":{\"message\":\"Please upgrade to a paid Calendly account.\"}"),
      "plan does not include everyone’s meetings: Please upgrade to a paid Calendly account. Your" },
    { ANSWER ("1", "403,\"body\":{\"message\":\"You do not have permission\"}"),
      "did not permit this account to see everyone’s meetings: You do not have permission. Your" },
    { ANSWER ("1", "403,\"body\":{}"), "to see everyone’s meetings. Your own" },
  };
  guint mine, others;

  services_view_connect (fixture, "sandbox-pat");
  services_view_count_world (fixture, &mine, &others);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *reason = NULL;
      g_autofree char *again = NULL;

      services_view_switch (fixture, FALSE);
      services_view_switch (fixture, TRUE);
      services_fixture_ask (fixture, "PUT", "/faults", cases[i].faults);
      reason = services_view_sync (fixture, FALSE);
      g_assert_nonnull (reason);
      g_assert_nonnull (strstr (reason, cases[i].words));
      g_assert_cmpint (services_view_get_state (fixture), ==, TPT_VIEW_REFUSED);
      g_assert_cmpuint (services_view_count (fixture, TRUE), ==, mine);
      g_assert_cmpuint (services_view_count (fixture, FALSE), ==, 0);
      services_fixture_close (fixture);
      services_fixture_open (fixture);
      again = services_view_sync (fixture, FALSE);
      g_assert_cmpstr (again, ==, reason);
    }

  services_view_switch (fixture, FALSE);
  services_view_switch (fixture, TRUE);
  services_fixture_ask (fixture, "PUT", "/faults", cases[0].faults);
  g_free (services_view_sync (fixture, FALSE));
  tpt_clock_set (fixture->services->clock,
                 tpt_clock_now (fixture->services->clock) + TPT_HOUR);
  g_assert_null (services_view_sync (fixture, TRUE));
  g_assert_cmpint (services_view_get_state (fixture), ==, TPT_VIEW_EVERYONE);
  g_assert_cmpuint (services_view_count (fixture, FALSE), ==, others);
}

/* What the own meetings meet as well is not about everybody's: the sync ends, and the next one asks
 * for all of them again. */
static void
test_view_down (ServicesFixture *fixture,
                gconstpointer    user_data)
{
  static const char *const faults[] = {
    ANSWER ("2", "404,\"body\":{}"),
    ANSWER ("-1", "500,\"body\":{}"),
  };
  guint mine, others;

  services_view_connect (fixture, "sandbox-pat");
  services_view_count_world (fixture, &mine, &others);
  services_view_switch (fixture, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;

      services_fixture_ask (fixture, "PUT", "/faults", faults[i]);
      g_assert_null (services_fixture_sync (fixture, NULL, &error));
      g_assert_nonnull (error);
      g_assert_cmpint (services_view_get_state (fixture), ==, TPT_VIEW_EVERYONE);
      g_assert_cmpuint (services_view_count (fixture, TRUE), ==, mine);
    }
  services_fixture_ask (fixture, "PUT", "/faults", "{}");
  g_assert_null (services_view_sync (fixture, FALSE));
  g_assert_cmpuint (services_view_count (fixture, FALSE), ==, others);
}

/* Events that name their hosts by URI alone get the names of the members. */
static void
test_view_names (ServicesFixture *fixture,
                 gconstpointer    user_data)
{
  g_autofree char *reason = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  guint found = 0;

  services_fixture_ask (fixture, "PUT", "/faults", "{\"bare_hosts\":true}");
  services_view_connect (fixture, "sandbox-pat-admin");
  services_view_switch (fixture, TRUE);
  reason = services_view_sync (fixture, FALSE);
  g_assert_null (reason);
  meetings = services_fixture_meetings (fixture);
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);
      const TptHost *host = g_ptr_array_index (meeting->hosts, 0);

      g_assert_nonnull (host->email);
      found += g_strcmp0 (host->name, "Robin Falk") == 0;
    }
  g_assert_cmpuint (found, >, 10);
}

/* How often a host has no name; @uri: (nullable): that one. */
static guint
count_nameless (ServicesFixture *fixture,
                const char      *uri)
{
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (fixture);
  guint count = 0;

  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      for (guint j = 0; j < meeting->hosts->len; j++)
        {
          const TptHost *host = g_ptr_array_index (meeting->hosts, j);

          count += host->name == NULL && (uri == NULL || g_strcmp0 (host->uri, uri) == 0);
        }
    }

  return count;
}

/* That nobody told who the members are is said; they are asked for again by the next sync that is
 * asked for, and all hosts get their names by the one after that. */
static void
test_view_unnamed (ServicesFixture *fixture,
                   gconstpointer    user_data)
{
  static const char *const faults[] = { "403", "404", "500" };

  services_view_connect (fixture, "sandbox-pat-admin");
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TptSyncReport) report = NULL;
      g_autofree char *rules = g_strdup_printf (
        "{\"bare_hosts\":true,\"rules\":[{\"path\":\"/organization_memberships\",\"skip\":1,"
        "\"status\":%s,\"body\":{}}]}", faults[i]);
      TptDisconnection outcome;

      services_fixture_disconnect (fixture, TRUE, &outcome, &error);
      g_assert_no_error (error);
      services_fixture_ask (fixture, "PUT", "/faults", "{\"bare_hosts\":true}");
      services_fixture_connect (fixture, "sandbox-pat-admin", &error);
      g_assert_no_error (error);
      services_view_switch (fixture, TRUE);
      services_fixture_ask (fixture, "PUT", "/faults", rules);
      report = services_fixture_sync (fixture, &(TptSyncOptions) { .full = TRUE }, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report->failed->len, ==, 1);
      g_assert_cmpstr (((TptSyncFailure *) g_ptr_array_index (report->failed, 0))->uri, ==,
                       "organization_memberships");
      g_assert_cmpuint (count_nameless (fixture, NULL), >, 10);

      services_fixture_ask (fixture, "PUT", "/faults", "{\"bare_hosts\":true}");
      g_assert_null (services_view_sync (fixture, FALSE));
      g_assert_null (services_view_sync (fixture, FALSE));
      g_assert_cmpuint (count_nameless (fixture, NULL), ==, 0);
    }
}

/* A list that leaves out a name takes none away. */
static void
test_view_known (ServicesFixture *fixture,
                 gconstpointer    user_data)
{
  g_autofree char *rules = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptUser) account = NULL;

  services_fixture_connect (fixture, "sandbox-pat-admin", &error);
  g_assert_no_error (error);
  account = g_object_ref (tpt_connection_get_account (fixture->services->connection));
  rules = g_strdup_printf (
    "{\"bare_hosts\":true,\"rules\":[{\"path\":\"/organization_memberships\",\"status\":200,"
    "\"body\":{\"collection\":[{\"uri\":\"https://api.calendly.com/organization_memberships/M\","
    "\"role\":\"owner\",\"user\":{\"uri\":\"%s\"},\"organization\":\"%s\"}],"
    "\"pagination\":{\"count\":1}}}]}",
    account->uri, account->organization);
  services_fixture_ask (fixture, "PUT", "/faults", rules);
  g_assert_null (services_view_sync (fixture, TRUE));
  g_assert_cmpuint (services_view_count (fixture, TRUE), >, 5);
  g_assert_cmpuint (count_nameless (fixture, account->uri), ==, 0);
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
    { "/services/view/refused", test_view_refused },
    { "/services/view/senseless", test_view_senseless },
    { "/services/view/down", test_view_down },
    { "/services/view/names", test_view_names },
    { "/services/view/known", test_view_known },
    { "/services/view/unnamed", test_view_unnamed },
  };

  tpt_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ServicesFixture, "120", services_fixture_set_up, tests[i].func,
                services_fixture_tear_down);

  return g_test_run ();
}

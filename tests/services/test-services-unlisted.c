/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-fixture.h"

#include "tpt-test.h"

static TptMeeting *
find_meeting (GPtrArray  *meetings,
              const char *uri)
{
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      if (g_str_equal (meeting->uri, uri))
        return meeting;
    }

  return NULL;
}

/* What is not listed any more is asked for: one that is there stays as it is, one that is not is
 * not upcoming for ever, and is not asked for again. */
static void
test_services_unlisted (ServicesFixture *fixture,
                        gconstpointer    user_data)
{
  const char *faults = "{\"rules\":[{\"path\":\"/scheduled_events\",\"status\":200,\"body\":"
                       "{\"collection\":[],\"pagination\":{}}},"
                       "{\"path\":\"/scheduled_events/%s\",\"status\":404,\"body\":{}}]}";
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (TptSyncReport) first = NULL;
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (TptSyncReport) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) body = g_string_new (faults);
  TptMeeting *gone;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  first = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  before = services_fixture_meetings (fixture);
  gone = g_ptr_array_index (before, before->len - 1);
  g_assert_cmpint (gone->start, >, tpt_clock_now (fixture->services->clock));
  g_assert_false (gone->canceled);
  g_string_replace (body, "%s", strrchr (gone->uri, '/') + 1, 1);
  services_fixture_ask (fixture, "PUT", "/faults", body->str);
  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  report = services_fixture_sync (fixture, &(TptSyncOptions) { .full = TRUE }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->updated, ==, 1);
  g_assert_cmpuint (services_fixture_count_requests (fixture, strrchr (gone->uri, '/')), ==, 1);

  after = services_fixture_meetings (fixture);
  g_assert_cmpuint (after->len, ==, before->len);
  for (guint i = 0; i < before->len; i++)
    {
      TptMeeting *old = g_ptr_array_index (before, i);
      TptMeeting *new = find_meeting (after, old->uri);

      g_assert_cmpint (new->canceled, ==, old->canceled || old == gone);
    }
  g_assert_cmpint (find_meeting (after, gone->uri)->canceler, ==, TPT_CANCELER_HOST);
  again = services_fixture_sync (fixture, &(TptSyncOptions) { .full = TRUE }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (services_fixture_count_requests (fixture, strrchr (gone->uri, '/')), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add ("/services/unlisted", ServicesFixture, "120", services_fixture_set_up,
              test_services_unlisted, services_fixture_tear_down);

  return g_test_run ();
}

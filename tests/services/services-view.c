/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-view.h"

#include "tpt-test.h"

TptOrganizationView *
services_view_get (ServicesFixture *fixture)
{
  return tpt_connection_get_view (fixture->services->connection);
}

TptViewState
services_view_get_state (ServicesFixture *fixture)
{
  return tpt_organization_view_get_state (services_view_get (fixture));
}

TptColleagueMeetings
services_view_switch (ServicesFixture *fixture,
                      gboolean         everyone)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  TptColleagueMeetings counts;

  tpt_organization_view_switch_async (services_view_get (fixture), everyone, NULL,
                                      tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_organization_view_finish (services_view_get (fixture), result, &counts, &error);
  g_assert_no_error (error);

  return counts;
}

/* A sync that goes well; returns why something did not come, or NULL. */
char *
services_view_sync (ServicesFixture *fixture,
                    gboolean         full)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptSyncReport) report =
    services_fixture_sync (fixture, &(TptSyncOptions) { .full = full }, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < report->failed->len; i++)
    {
      const TptSyncFailure *failure = g_ptr_array_index (report->failed, i);

      if (g_strcmp0 (failure->uri, "organization") != 0)
        continue;
      g_assert_cmpuint (report->failed->len, ==, 1);
      return g_strdup (failure->reason);
    }
  g_assert_cmpuint (report->failed->len, ==, 0);

  return NULL;
}

void
services_view_connect (ServicesFixture *fixture,
                       const char      *token)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;

  services_fixture_connect (fixture, token, &error);
  g_assert_no_error (error);
  reason = services_view_sync (fixture, FALSE);
  g_assert_null (reason);
}

gboolean
services_view_is_mine (ServicesFixture *fixture,
                       TptMeeting      *meeting)
{
  TptUser *me = tpt_connection_get_account (fixture->services->connection);

  for (guint i = 0; i < meeting->hosts->len; i++)
    {
      const TptHost *host = g_ptr_array_index (meeting->hosts, i);

      if (g_strcmp0 (host->uri, me->uri) == 0)
        return TRUE;
    }

  return FALSE;
}

guint
services_view_count (ServicesFixture *fixture,
                     gboolean         mine)
{
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (fixture);
  guint count = 0;

  for (guint i = 0; i < meetings->len; i++)
    count += services_view_is_mine (fixture, g_ptr_array_index (meetings, i)) == mine;

  return count;
}

/* How many events of our organisation the stand-in has, with and without those of the account. */
void
services_view_count_world (ServicesFixture *fixture,
                           guint           *mine,
                           guint           *others)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *state = services_fixture_state (fixture, &node);
  JsonArray *events = json_object_get_array_member (state, "events");
  TptUser *me = tpt_connection_get_account (fixture->services->connection);

  *mine = *others = 0;
  for (guint i = 0; i < json_array_get_length (events); i++)
    {
      JsonObject *event = json_array_get_object_element (events, i);
      JsonArray *hosts = json_object_get_array_member (event, "event_memberships");
      gboolean is_hosted = FALSE;

      for (guint j = 0; j < json_array_get_length (hosts); j++)
        is_hosted |= g_strcmp0 (json_object_get_string_member (
                                  json_array_get_object_element (hosts, j), "user"),
                                me->uri) == 0;
      *(is_hosted ? mine : others) += 1;
    }
}

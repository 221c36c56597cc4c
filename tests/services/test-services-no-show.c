/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-fixture.h"

#include "tpt-test.h"

/* Somebody who was there, or not, at a meeting that ended within a day before @now. */
static TptInvitee *
find_recent (GPtrArray *meetings,
             TptTime    now)
{
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);
      TptInvitee *invitee = tpt_meeting_get_invitee (meeting, 0);

      if (meeting->end < now && meeting->end > now - TPT_DAY && !meeting->canceled
          && !invitee->canceled && invitee->no_show_uri == NULL)
        return invitee;
    }
  g_assert_not_reached ();
}

static gboolean
is_marked (ServicesFixture *fixture,
           TptInvitee      *invitee)
{
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (fixture);

  return services_fixture_find (meetings, invitee->uri, NULL)->no_show_uri != NULL;
}

/* The clock was a month ahead, and so is what was seen since, which a restart does not forget.
 * Marks are found as fast as ever, and are not asked for all the time. */
static void
test_services_no_show_after_wrong_clock (ServicesFixture *fixture,
                                         gconstpointer    user_data)
{
  TptTime now = tpt_clock_now (fixture->services->clock);
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  TptInvitee *invitee;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  services_fixture_sync_at (fixture, now + 30 * TPT_DAY);
  services_fixture_close (fixture);
  services_fixture_open (fixture);
  services_fixture_sync_at (fixture, now);
  services_fixture_sync_at (fixture, now + 7 * TPT_HOUR);
  meetings = services_fixture_meetings (fixture);
  invitee = find_recent (meetings, now);
  body = g_strdup_printf ("{\"invitee\":\"%s\"}", invitee->uri);
  services_fixture_ask (fixture, "POST", "/no-show", body);
  services_fixture_ask (fixture, "DELETE", "/requests", NULL);

  services_fixture_sync_at (fixture, now + 12 * TPT_HOUR);
  g_assert_cmpuint (services_fixture_count_requests (fixture, "/invitees"), ==, 0);
  services_fixture_sync_at (fixture, now + 13 * TPT_HOUR);
  g_assert_true (is_marked (fixture, invitee));
  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  services_fixture_sync_at (fixture, now + 14 * TPT_HOUR);
  g_assert_cmpuint (services_fixture_count_requests (fixture, "/invitees"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add ("/services/no-show/after-wrong-clock", ServicesFixture, "400",
              services_fixture_set_up, test_services_no_show_after_wrong_clock,
              services_fixture_tear_down);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-fixture.h"

#include "tpt-test.h"

/* One of the organization beside the account itself. */
#define MEMBERS                                                                                    \
  "{\"rules\":[{\"path\":\"/organization_memberships\",\"status\":200,\"body\":{\"collection\":["  \
  "{\"uri\":\"https://api.calendly.com/organization_memberships/M\",\"role\":\"owner\",\"user\":"  \
  "{\"uri\":\"%s\",\"name\":\"Robin Falk\",\"email\":\"%s\"},\"organization\":\"%s\"},"            \
  "{\"uri\":\"https://api.calendly.com/organization_memberships/N\",\"role\":\"user\",\"user\":"   \
  "{\"uri\":\"https://api.calendly.com/users/N\",\"name\":\"N\",\"email\":\"%s\"},"                \
  "\"organization\":\"%s\"}],\"pagination\":{\"count\":2,\"next_page_token\":null}}}]}"

/* Somebody who belongs to a customer by the domain alone. */
static char *
find_email (ServicesFixture *fixture)
{
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (fixture);

  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);
      TptInvitee *invitee = g_ptr_array_index (meeting->invitees, 0);

      if (invitee->match == TPT_MATCH_DOMAIN)
        return g_strdup (invitee->email);
    }
  g_assert_not_reached ();
}

/* How many bookings with that address are for that reason whose they are; all others with it are
 * a failure. */
static guint
count_reason (ServicesFixture *fixture,
              const char      *email,
              TptMatchReason   reason)
{
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (fixture);
  guint count = 0;

  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      for (guint j = 0; j < meeting->invitees->len; j++)
        {
          TptInvitee *invitee = g_ptr_array_index (meeting->invitees, j);

          if (g_strcmp0 (invitee->email, email) != 0)
            continue;
          g_assert_cmpint (invitee->match, ==, reason);
          g_assert_true ((invitee->customer == 0) == (reason == TPT_MATCH_INTERNAL));
          count++;
        }
    }

  return count;
}

/* Whoever becomes a member is a colleague, wherever the address is, also in what is there already;
 * whoever asks sees the own meetings only. */
static void
test_colleagues_elsewhere (ServicesFixture *fixture,
                           gconstpointer    user_data)
{
  g_autofree char *email = NULL;
  g_autofree char *faults = NULL;
  g_autoptr (GError) error = NULL;
  TptUser *account;
  guint count;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  tpt_import_report_free (services_fixture_import (fixture));
  services_fixture_sync_all (fixture);
  email = find_email (fixture);
  count = count_reason (fixture, email, TPT_MATCH_DOMAIN);

  account = tpt_connection_get_account (fixture->services->connection);
  faults = g_strdup_printf (MEMBERS, account->uri, account->email, account->organization, email,
                            account->organization);
  services_fixture_ask (fixture, "PUT", "/faults", faults);
  services_fixture_sync_all (fixture);
  g_assert_cmpuint (count_reason (fixture, email, TPT_MATCH_INTERNAL), ==, count);
}

/* Only who may be told is asked for, and only where everything is looked at. */
static void
test_colleagues_asked (ServicesFixture *fixture,
                       gconstpointer    token)
{
  g_autoptr (TptSyncReport) near = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_owner = g_str_equal (token, "sandbox-pat");

  services_fixture_connect (fixture, token, &error);
  g_assert_no_error (error);
  services_fixture_sync_all (fixture);
  g_assert_cmpuint (services_fixture_count_queries (fixture, "organization="), ==, is_owner);
  near = services_fixture_sync (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (services_fixture_count_queries (fixture, "organization="), ==, is_owner);
}

static void
test_colleagues_asked_owner (ServicesFixture *fixture,
                             gconstpointer    user_data)
{
  test_colleagues_asked (fixture, "sandbox-pat");
}

static void
test_colleagues_asked_member (ServicesFixture *fixture,
                              gconstpointer    user_data)
{
  test_colleagues_asked (fixture, "sandbox-pat-member");
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add ("/services/colleagues/elsewhere", ServicesFixture, "60", services_fixture_set_up,
              test_colleagues_elsewhere, services_fixture_tear_down);
  g_test_add ("/services/colleagues/asked/owner", ServicesFixture, "20", services_fixture_set_up,
              test_colleagues_asked_owner, services_fixture_tear_down);
  g_test_add ("/services/colleagues/asked/member", ServicesFixture, "20", services_fixture_set_up,
              test_colleagues_asked_member, services_fixture_tear_down);

  return g_test_run ();
}

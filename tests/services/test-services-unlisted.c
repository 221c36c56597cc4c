/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-fixture.h"

#include "tpt-set-aside-table.h"
#include "tpt-test.h"

/* No event is listed, and one of them is not to be had by its name either. */
#define FAULTS                                                                                     \
  "{\"rules\":[{\"path\":\"/scheduled_events\",\"status\":200,\"body\":{\"collection\":[],"           \
  "\"pagination\":{}}},{\"path\":\"/scheduled_events/%s\",\"status\":404,\"body\":{}}]}"

static void
see_everyone (ServicesFixture *fixture)
{
  TptOrganizationView *view = tpt_connection_get_view (fixture->services->connection);
  TptTestResult waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptColleagueMeetings counts;

  tpt_organization_view_switch_async (view, TRUE, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_organization_view_finish (view, result, &counts, &error);
  g_assert_no_error (error);
}

static gboolean
is_own (ServicesFixture *fixture,
        TptMeeting      *meeting)
{
  TptUser *account = tpt_connection_get_account (fixture->services->connection);
  const TptHost *host = g_ptr_array_index (meeting->hosts, 0);

  return g_strcmp0 (host->uri, account->uri) == 0;
}

/* The next one that stands, of the account or of a colleague. */
static TptMeeting *
find_next (ServicesFixture *fixture,
           GPtrArray       *meetings,
           gboolean         own)
{
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      if (meeting->start > tpt_clock_now (fixture->services->clock) && !meeting->canceled
          && is_own (fixture, meeting) == own)
        return meeting;
    }
  g_assert_not_reached ();
}

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
  g_assert_not_reached ();
}

static gboolean
has_canceled_invitee (TptMeeting *meeting)
{
  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      if (((TptInvitee *) g_ptr_array_index (meeting->invitees, i))->canceled)
        return TRUE;
    }

  return FALSE;
}

static void
move_clock (ServicesFixture *fixture,
            TptTime          by)
{
  TptClock *clock = fixture->services->clock;

  tpt_clock_set (clock, tpt_clock_now (clock) + by);
}

/* What has been listed again is as it was. */
static void
check_back (ServicesFixture *fixture,
            TptMeeting      *gone)
{
  g_autoptr (GPtrArray) meetings = NULL;
  TptMeeting *back;

  services_fixture_ask (fixture, "PUT", "/faults", "{\"rules\":[]}");
  services_fixture_sync_all (fixture);
  meetings = services_fixture_meetings (fixture);
  back = find_meeting (meetings, gone->uri);
  g_assert_false (back->canceled);
  g_assert_cmpint (back->canceler, ==, TPT_CANCELER_NONE);
  g_assert_cmpint (back->updated_at, ==, gone->updated_at);
  g_assert_cmpint (back->invitees_active, ==, gone->invitees_active);
  g_assert_cmpint (has_canceled_invitee (back), ==, has_canceled_invitee (gone));
}

/* What is not listed any more is asked for: one that is there stays as it is, one that is not is
 * not upcoming for ever, and is not asked for again. */
static void
check_gone (ServicesFixture *fixture,
            gboolean         own)
{
  g_autoptr (GPtrArray) before = services_fixture_meetings (fixture);
  TptMeeting *gone = find_next (fixture, before, own);
  const char *id = strrchr (gone->uri, '/');
  g_autofree char *faults = g_strdup_printf (FAULTS, id + 1);
  g_autoptr (GPtrArray) after = NULL;

  services_fixture_ask (fixture, "PUT", "/faults", faults);
  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  services_fixture_sync_all (fixture);
  after = services_fixture_meetings (fixture);
  g_assert_cmpuint (after->len, ==, before->len);
  for (guint i = 0; i < before->len; i++)
    {
      TptMeeting *old = g_ptr_array_index (before, i);
      TptMeeting *new = find_meeting (after, old->uri);

      g_assert_cmpint (new->canceled, ==, old->canceled || old == gone);
    }
  g_assert_cmpint (find_meeting (after, gone->uri)->canceler, ==, TPT_CANCELER_UNLISTED);
  g_assert_true (has_canceled_invitee (find_meeting (after, gone->uri)));
  g_assert_cmpuint (services_fixture_count_requests (fixture, id), ==, 1);
  services_fixture_sync_all (fixture);
  g_assert_cmpuint (services_fixture_count_requests (fixture, id), ==, 1);
  check_back (fixture, gone);
}

/* The same while the clock was a day ahead, and a restart after it was set right. */
static void
test_unlisted_wrong_clock (ServicesFixture *fixture,
                           gconstpointer    user_data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *faults = NULL;
  TptMeeting *gone;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  move_clock (fixture, TPT_DAY);
  services_fixture_sync_all (fixture);
  before = services_fixture_meetings (fixture);
  gone = find_next (fixture, before, TRUE);
  faults = g_strdup_printf (FAULTS, strrchr (gone->uri, '/') + 1);
  services_fixture_ask (fixture, "PUT", "/faults", faults);
  services_fixture_sync_all (fixture);
  move_clock (fixture, -TPT_DAY);
  services_fixture_close (fixture);
  services_fixture_open (fixture);
  check_back (fixture, gone);
}

/* Asks for what is not listed while each of it is answered with @status; returns how often. */
static guint
count_asked (ServicesFixture *fixture,
             int              status,
             int              code)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *faults = g_strdup_printf (
    "{\"rules\":[{\"path\":\"/scheduled_events\",\"status\":200,\"body\":{\"collection\":[],"
    "\"pagination\":{}}},{\"path\":\"/scheduled_events/*\",\"status\":%d,\"body\":{}}]}",
    status);

  services_fixture_ask (fixture, "PUT", "/faults", faults);
  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  report = services_fixture_sync (fixture, NULL, &error);
  g_assert_null (report);
  g_assert_error (error, TPT_CONNECTION_ERROR, code);

  return services_fixture_count_requests (fixture, "/scheduled_events/");
}

/* A service that is down, or that does not take the sign-in any more, is not asked for each of
 * them, and the sync is none that was done. */
static void
test_unlisted_down (ServicesFixture *fixture,
                    gconstpointer    user_data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  services_fixture_sync_all (fixture);
  before = services_fixture_meetings (fixture);
  g_assert_cmpuint (count_asked (fixture, 501, TPT_CONNECTION_ERROR_OFFLINE), ==, 5);
  g_assert_cmpuint (count_asked (fixture, 401, TPT_CONNECTION_ERROR_RECONNECT), ==, 1);
  after = services_fixture_meetings (fixture);
  for (guint i = 0; i < before->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (before, i);

      g_assert_cmpint (find_meeting (after, meeting->uri)->canceled, ==, meeting->canceled);
    }
}

static void
test_unlisted_own (ServicesFixture *fixture,
                   gconstpointer    user_data)
{
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  services_fixture_sync_all (fixture);
  check_gone (fixture, TRUE);
}

static void
test_unlisted_colleagues (ServicesFixture *fixture,
                          gconstpointer    user_data)
{
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  see_everyone (fixture);
  services_fixture_sync_all (fixture);
  check_gone (fixture, FALSE);
}

/* What was set aside, and by what name. */
typedef struct
{
  char *gone;              /* a booking of an event that the service does not know */
  char *old;               /* an event from before the days that are looked at */
  GPtrArray *list;
} Aside;

static gboolean
save_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  Aside *aside = user_data;

  return tpt_set_aside_table_save (session, aside->gone, "reason", NULL, error)
         && tpt_set_aside_table_save (session, aside->old, "reason", NULL, error);
}

static gboolean
list_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  Aside *aside = user_data;

  g_clear_pointer (&aside->list, g_ptr_array_unref);

  return tpt_set_aside_table_list (session, &aside->list, error);
}

static void
transact (ServicesFixture *fixture,
          TptStoreFunc     func,
          Aside           *aside)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_transact_async (fixture->services->store, func, aside, NULL, NULL, tpt_test_result_cb,
                            &waiting);
  result = tpt_test_await (&waiting);
  tpt_store_transact_finish (fixture->services->store, result, &error);
  g_assert_no_error (error);
}

/* How much stays set aside after a sync, and that it asked for so many events by their names. */
static void
assert_aside (ServicesFixture *fixture,
              Aside           *aside,
              gboolean         full,
              guint            asked,
              guint            count)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;

  services_fixture_ask (fixture, "DELETE", "/requests", NULL);
  report = services_fixture_sync (fixture, &(TptSyncOptions) { .full = full }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (services_fixture_count_requests (fixture, "/scheduled_events/"), ==, asked);
  transact (fixture, list_func, aside);
  g_assert_cmpuint (aside->list->len, ==, count);
}

/* What was set aside is told of no longer once a sweep of everything has not found it and the
 * service does not know it; what is only too old stays, and so does what cannot be said. */
static void
test_unlisted_aside (ServicesFixture *fixture,
                     gconstpointer    user_data)
{
  Aside aside = { NULL, NULL, NULL };
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GError) error = NULL;
  TptClock *clock = fixture->services->clock;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  services_fixture_sync_all (fixture);
  meetings = services_fixture_meetings (fixture);
  aside.old = g_strdup (TPT_MEETING (g_ptr_array_index (meetings, 0))->uri);
  aside.gone = g_strdup ("https://api.calendly.com/scheduled_events/GONE/invitees/GONE");
  tpt_clock_set (clock, tpt_clock_now (clock) + 900 * TPT_DAY);
  services_fixture_sync_all (fixture);
  transact (fixture, save_func, &aside);
  assert_aside (fixture, &aside, FALSE, 0, 2);

  services_fixture_ask (fixture, "PUT", "/faults",
                        "{\"rules\":[{\"path\":\"/scheduled_events/*\",\"status\":403}]}");
  assert_aside (fixture, &aside, TRUE, 2, 2);
  services_fixture_ask (fixture, "PUT", "/faults", "{}");
  assert_aside (fixture, &aside, TRUE, 2, 1);
  g_assert_cmpstr (((TptSetAside *) g_ptr_array_index (aside.list, 0))->uri, ==, aside.old);

  g_ptr_array_unref (aside.list);
  g_free (aside.old);
  g_free (aside.gone);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add ("/services/unlisted/own", ServicesFixture, "120", services_fixture_set_up,
              test_unlisted_own, services_fixture_tear_down);
  g_test_add ("/services/unlisted/colleagues", ServicesFixture, "120", services_fixture_set_up,
              test_unlisted_colleagues, services_fixture_tear_down);
  g_test_add ("/services/unlisted/wrong-clock", ServicesFixture, "120", services_fixture_set_up,
              test_unlisted_wrong_clock, services_fixture_tear_down);

  g_test_add ("/services/unlisted/down", ServicesFixture, "120", services_fixture_set_up,
              test_unlisted_down, services_fixture_tear_down);
  g_test_add ("/services/unlisted/aside", ServicesFixture, "120", services_fixture_set_up,
              test_unlisted_aside, services_fixture_tear_down);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-fixture.h"

#include "tpt-fake-pulse.h"
#include "tpt-test.h"

/* What the engine asks for by itself, in a time that passes when the test says so. */
typedef struct
{
  ServicesFixture base;
  TptFakePulse pulse;
  char *event;             /* one that is still ahead */
} Fixture;

static void
settle (Fixture *fixture)
{
  tpt_test_await_func (tpt_fake_pulse_is_calm, &fixture->pulse);
}

static gboolean
is_begun (gpointer user_data)
{
  return !tpt_fake_pulse_is_waiting (user_data);
}

/* The first meeting whose bookings are looked at for nothing but because they are missing. */
static char *
find_event (Fixture *fixture)
{
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (&fixture->base);
  TptTime now = tpt_clock_now (fixture->base.services->clock);

  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      if (!meeting->canceled && meeting->start > now + TPT_DAY)
        return g_strdup (meeting->uri);
    }
  g_assert_not_reached ();
}

static gboolean
is_here (Fixture *fixture)
{
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (&fixture->base);

  for (guint i = 0; i < meetings->len; i++)
    {
      if (g_str_equal (TPT_MEETING (g_ptr_array_index (meetings, i))->uri, fixture->event))
        return TRUE;
    }

  return FALSE;
}

static void
sign_in (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  services_fixture_connect (&fixture->base, "sandbox-pat", &error);
  g_assert_no_error (error);
}

/* Everything came once; now a record begins for which an event and the event types are refused. */
static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autofree char *faults = NULL;
  g_autoptr (GError) error = NULL;

  services_fixture_set_up (&fixture->base, "60");
  tpt_fake_pulse_init (&fixture->pulse);
  tpt_engine_set_timer (fixture->base.services->engine, &fixture->pulse.timer);
  sign_in (fixture);
  tpt_services_start (fixture->base.services);
  settle (fixture);
  fixture->event = find_event (fixture);
  services_fixture_disconnect (&fixture->base, TRUE, NULL, &error);
  g_assert_no_error (error);
  faults = g_strdup_printf ("{\"rules\":[{\"path\":\"%s/invitees\",\"status\":403},"
                            "{\"path\":\"/event_types\",\"status\":403}]}",
                            strstr (fixture->event, "/scheduled_events/"));
  services_fixture_ask (&fixture->base, "PUT", "/faults", faults);
  sign_in (fixture);
  settle (fixture);
  g_assert_false (is_here (fixture));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  services_fixture_tear_down (&fixture->base, user_data);
  tpt_fake_pulse_clear (&fixture->pulse);
  g_free (fixture->event);
}

/* After so many seconds, one beat. */
static void
beat (Fixture *fixture,
      int      seconds)
{
  TptClock *clock = fixture->base.services->clock;

  services_fixture_ask (&fixture->base, "DELETE", "/requests", NULL);
  tpt_clock_set (clock, tpt_clock_now (clock) + seconds * TPT_SECOND);
  tpt_fake_pulse_pass (&fixture->pulse);
  tpt_test_await_func (is_begun, &fixture->pulse);
  settle (fixture);
}

/* After so many seconds, one beat, and so many requests for bookings and for event types. */
static void
assert_asks (Fixture *fixture,
             int      seconds,
             guint    invitees,
             guint    event_types)
{
  beat (fixture, seconds);
  g_assert_cmpuint (services_fixture_count_requests (&fixture->base, "/invitees"), ==, invitees);
  g_assert_cmpuint (services_fixture_count_requests (&fixture->base, "/event_types"), ==,
                    event_types);
}

/* What is refused is not asked for with every beat, but comes once it may be had. */
static void
test_refused_beats (Fixture       *fixture,
                    gconstpointer  user_data)
{
  assert_asks (fixture, 45, 1, 1);
  assert_asks (fixture, 45, 0, 0);
  assert_asks (fixture, 45, 1, 1);
  assert_asks (fixture, 45, 0, 0);
  assert_asks (fixture, 45, 0, 0);

  services_fixture_ask (&fixture->base, "PUT", "/faults", "{}");
  assert_asks (fixture, 45, 1, 1);
  g_assert_true (is_here (fixture));
}

/* Who asks for a sync has it asked for at once. */
static void
test_refused_asked (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (TptSyncReport) after = NULL;
  g_autoptr (GError) error = NULL;

  report = services_fixture_sync (&fixture->base, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->failed->len, ==, 2);
  services_fixture_ask (&fixture->base, "PUT", "/faults", "{}");
  after = services_fixture_sync (&fixture->base, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->failed->len, ==, 0);
  g_assert_true (is_here (fixture));
}

/* Who signs in anew may have been given what was refused. */
static void
test_refused_sign_in (Fixture       *fixture,
                      gconstpointer  user_data)
{
  services_fixture_ask (&fixture->base, "PUT", "/faults", "{}");
  sign_in (fixture);
  assert_asks (fixture, 1, 1, 1);
  g_assert_true (is_here (fixture));
}

/* Hours of refusals, and then a link for which the list comes: it goes on coming. */
static void
test_refused_link (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (TptImportReport) import = services_fixture_import (&fixture->base);
  g_autoptr (GPtrArray) customers = services_fixture_customers (&fixture->base);
  TptLinkRequest request = { .kind = TPT_LINK_REUSABLE, .origin = "cli" };
  TptLinkMaker *maker = fixture->base.services->link_maker;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TptLink) link = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  g_assert_cmpuint (import->created, >, 0);
  for (guint i = 0; i < 6; i++)
    beat (fixture, 60 * 60);
  beat (fixture, 16 * 60);
  g_assert_cmpuint (services_fixture_count_requests (&fixture->base, "/event_types"), ==, 0);

  services_fixture_ask (&fixture->base, "PUT", "/faults", "{}");
  request.customer = g_ptr_array_index (customers, 0);
  tpt_link_maker_make_async (maker, &request, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  link = tpt_link_maker_make_finish (maker, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (link->event_type);
  beat (fixture, 15 * 60 + 1);
  g_assert_cmpuint (services_fixture_count_requests (&fixture->base, "/event_types"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/services/refused/beats", test_refused_beats },
    { "/services/refused/asked", test_refused_asked },
    { "/services/refused/sign-in", test_refused_sign_in },
    { "/services/refused/link", test_refused_link },
  };

  tpt_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}

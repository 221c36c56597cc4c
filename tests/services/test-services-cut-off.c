/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-fixture.h"

#include "tpt-sweep-pace.h"
#include "tpt-test.h"

/* Before the near days, and among the first that a sweep of the past comes to. */
#define LATE "2026-01-30T10:00:00Z"

/* The service breaks down after so many events, which is more than a page of them. */
#define FAULTS                                                                                     \
  "{\"rules\":[{\"path\":\"/scheduled_events/*/invitees\",\"skip\":150,\"status\":503}]}"

/* Or the token is refused after so many. */
#define PAGE 100
#define LATER 450
#define LATER_FAULTS                                                                               \
  "{\"rules\":[{\"path\":\"/scheduled_events/*/invitees\",\"skip\":" G_STRINGIFY (LATER)            \
  ",\"status\":401}]}"

static gboolean
has_past (ServicesFixture *fixture)
{
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (fixture);
  TptTime late;

  g_assert_true (tpt_time_parse (LATE, &late, NULL));
  for (guint i = 0; i < meetings->len; i++)
    {
      if (((TptMeeting *) g_ptr_array_index (meetings, i))->start < late)
        return TRUE;
    }

  return FALSE;
}

/* Returns: (transfer full): the URI of who is in what was booked */
static char *
book (ServicesFixture *fixture)
{
  g_autoptr (TptEventType) type = services_fixture_event_type (fixture);
  g_autofree char *order = g_strdup_printf ("{\"event_type\":\"%s\",\"start\":\"" LATE "\","
                                            "\"name\":\"Late\",\"email\":\"late@example.com\"}",
                                            type->uri);
  g_autoptr (JsonNode) answer = services_fixture_ask (fixture, "POST", "/book", order);
  JsonObject *invitee =
    json_object_get_object_member (json_node_get_object (answer), "invitee");

  return g_strdup (json_object_get_string_member (invitee, "uri"));
}

static gboolean
is_there (ServicesFixture *fixture,
          const char      *uri)
{
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (fixture);

  return services_fixture_find (meetings, uri, NULL) != NULL;
}

static void
cut_off (ServicesFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  do
    {
      g_autoptr (GError) down = NULL;

      services_fixture_ask (fixture, "PUT", "/faults", FAULTS);
      g_assert_null (services_fixture_sync (fixture, NULL, &down));
      g_assert_error (down, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OFFLINE);
    }
  while (!has_past (fixture));
  services_fixture_ask (fixture, "PUT", "/faults", "{}");
}

/* A sweep of everything goes on where it was cut off; who asks for everything gets what has changed
 * behind that place as well. */
static void
test_services_cut_off (ServicesFixture *fixture,
                       gconstpointer    user_data)
{
  const TptSyncOptions everything = { .full = TRUE };
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *late = NULL;

  cut_off (fixture);
  late = book (fixture);
  report = services_fixture_sync (fixture, &everything, &error);
  g_assert_no_error (error);
  g_assert_true (is_there (fixture, late));
}

/* What has changed behind that place is found a day after the sweep began, not a day after its
 * rest. */
static void
test_services_cut_off_rest (ServicesFixture *fixture,
                            gconstpointer    user_data)
{
  TptTime now = tpt_clock_now (fixture->services->clock);
  g_autofree char *late = NULL;

  cut_off (fixture);
  late = book (fixture);
  services_fixture_sync_at (fixture, now + 12 * TPT_HOUR);
  g_assert_false (is_there (fixture, late));
  services_fixture_sync_at (fixture, now + 25 * TPT_HOUR);
  g_assert_true (is_there (fixture, late));
}

/* All pages whose invitees have been told are there after the token was refused, and not only those
 * that were written already. */
static void
test_services_cut_off_complete (ServicesFixture *fixture,
                                gconstpointer    user_data)
{
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GError) error = NULL;

  services_fixture_connect (fixture, "sandbox-pat", &error);
  g_assert_no_error (error);
  services_fixture_ask (fixture, "PUT", "/faults", LATER_FAULTS);
  g_assert_null (services_fixture_sync (fixture, NULL, &refusal));
  g_assert_error (refusal, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_RECONNECT);
  meetings = services_fixture_meetings (fixture);
  g_assert_cmpuint (meetings->len, >=, LATER - PAGE - TPT_SWEEP_PACE_WIDEST);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add ("/services/cut-off", ServicesFixture, "1200", services_fixture_set_up,
              test_services_cut_off, services_fixture_tear_down);
  g_test_add ("/services/cut-off/rest", ServicesFixture, "1200", services_fixture_set_up,
              test_services_cut_off_rest, services_fixture_tear_down);
  g_test_add ("/services/cut-off/complete", ServicesFixture, "1200", services_fixture_set_up,
              test_services_cut_off_complete, services_fixture_tear_down);

  return g_test_run ();
}

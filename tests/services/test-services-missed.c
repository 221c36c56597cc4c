/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-relay.h"

#include "tpt-deliveries-table.h"
#include "tpt-fake-pulse.h"
#include "tpt-settings-table.h"
#include "tpt-sync-run.h"
#include "tpt-test.h"

static void
set_sender (ServicesRelay *fixture,
            const char    *sender)
{
  g_autofree char *faults = g_strdup_printf ("{\"webhook\":%s}", sender);

  services_fixture_ask (&fixture->base, "PUT", "/faults", faults);
}

/* A sync finds so much, and so many missed deliveries are known then. */
static void
look (ServicesRelay *fixture,
      guint          created,
      guint          updated,
      guint          missed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptSyncReport) report = services_fixture_sync (&fixture->base, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->created, ==, created);
  g_assert_cmpuint (report->updated, ==, updated);
  g_assert_cmpuint (services_relay_count_missed (fixture), ==, missed);
}

/* Bookings that are never told. */
static void
order_unheard (ServicesRelay *fixture,
               guint          count)
{
  g_autofree char *sender = g_strdup_printf ("{\"drop\":%u}", count);

  set_sender (fixture, sender);
  for (guint i = 0; i < count; i++)
    g_free (services_relay_order (fixture));
}

/* Each is counted when it is found, and never again. */
static void
test_missed_once (ServicesRelay *fixture,
                  gconstpointer  user_data)
{
  services_relay_go_live (fixture);
  order_unheard (fixture, 3);
  services_relay_move_on (fixture);
  look (fixture, 3, 0, 3);
  look (fixture, 0, 0, 3);
  services_relay_move_on (fixture);
  look (fixture, 0, 0, 3);
  services_fixture_close (&fixture->base);
  services_fixture_open (&fixture->base);
  look (fixture, 0, 0, 3);
}

/* What was made a moment ago may still be on its way. */
static void
test_missed_soon (ServicesRelay *fixture,
                  gconstpointer  user_data)
{
  services_relay_go_live (fixture);
  order_unheard (fixture, 1);
  look (fixture, 1, 0, 0);
  services_relay_move_on (fixture);
  look (fixture, 0, 0, 0);
}

/* One cancellation is never told, one booking long after it was found: that one was missed, too,
 * and was missed once. */
static void
test_missed_late (ServicesRelay *fixture,
                  gconstpointer  user_data)
{
  g_autofree char *told = NULL;
  g_autofree char *canceled = NULL;
  g_autofree char *late = NULL;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) both = NULL;
  const TptDelivery *delivery;

  services_relay_go_live (fixture);
  told = services_relay_order (fixture);
  first = services_relay_await_deliveries (fixture, 1);
  set_sender (fixture, "{\"drop\":1,\"delay_ms\":4000}");
  canceled = services_relay_do (fixture, "/cancel", told);
  late = services_relay_order (fixture);
  services_relay_move_on (fixture);
  look (fixture, 1, 1, 2);

  both = services_relay_await_deliveries (fixture, 2);
  delivery = g_ptr_array_index (both, 0);
  g_assert_cmpstr (delivery->event, ==, "invitee.created");
  g_assert_true (g_str_has_prefix (late, delivery->meeting));
  g_assert_cmpuint (services_relay_count_missed (fixture), ==, 2);
  look (fixture, 0, 0, 2);
}

static gboolean
forget_func (TptSession  *session,
             gpointer     user_data,
             GError     **error)
{
  return tpt_settings_table_set_int (session, TPT_SETTING_LAST_SYNC, TPT_TIME_NONE, error);
}

/* Who has never looked knows of nothing, whoever told it to whom. */
static void
test_missed_first (ServicesRelay *fixture,
                   gconstpointer  user_data)
{
  TptStore *store = fixture->base.services->store;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  services_relay_go_live (fixture);
  order_unheard (fixture, 2);
  tpt_store_transact_async (store, forget_func, NULL, NULL, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_store_transact_finish (store, result, &error);
  g_assert_no_error (error);
  services_relay_move_on (fixture);
  look (fixture, 2, 0, 0);
  order_unheard (fixture, 1);
  look (fixture, 1, 0, 1);
}

static gboolean
is_cut_off (gpointer user_data)
{
  TptRelayListener *listener = ((ServicesRelay *) user_data)->base.services->listener;

  return tpt_relay_listener_get_state (listener) == TPT_RELAY_RECONNECTING;
}

static void
lose_relay (ServicesRelay *fixture)
{
  services_relay_go_live (fixture);
  services_relay_stop (fixture);
  tpt_test_await_func (is_cut_off, fixture);
}

/* Without the relay, a look is how bookings are heard of. */
static void
test_missed_away (ServicesRelay *fixture,
                  gconstpointer  user_data)
{
  lose_relay (fixture);
  order_unheard (fixture, 3);
  services_relay_move_on (fixture);
  look (fixture, 3, 0, 0);
}

/* So they are, of what was made meanwhile, when it is back. */
static void
test_missed_back (ServicesRelay *fixture,
                  gconstpointer  user_data)
{
  lose_relay (fixture);
  order_unheard (fixture, 3);
  services_relay_start (fixture);
  tpt_test_await_func (services_relay_is_live, fixture);
  services_relay_move_on (fixture);
  look (fixture, 3, 0, 0);
}

/* Whoever hears the relay again looks at once, and not a quarter of an hour later. */
static void
test_missed_looked_for (ServicesRelay *fixture,
                        gconstpointer  user_data)
{
  TptEngine *engine = fixture->base.services->engine;
  g_autofree char *invitee = NULL;
  TptFakePulse pulse;

  tpt_fake_pulse_init (&pulse);
  tpt_engine_set_timer (engine, &pulse.timer);
  tpt_services_start (fixture->base.services);
  services_relay_go_live (fixture);
  tpt_test_await_func (tpt_fake_pulse_is_calm, &pulse);
  services_relay_stop (fixture);
  tpt_test_await_func (is_cut_off, fixture);
  set_sender (fixture, "{\"drop\":1}");
  invitee = services_relay_order (fixture);

  services_relay_start (fixture);
  tpt_test_await_func (services_relay_is_live, fixture);
  tpt_test_await_func (tpt_fake_pulse_is_calm, &pulse);
  g_assert_cmpuint (services_relay_count_known (fixture, &invitee, 1), ==, 1);
  tpt_engine_stop (engine);
  tpt_fake_pulse_clear (&pulse);
}

/* A place in the event of many that begins two days from now. */
static char *
take_place (ServicesRelay *fixture,
            const char    *name)
{
  TptTime soon = tpt_clock_now (fixture->base.services->clock) + 2 * TPT_DAY;
  g_autofree char *start = tpt_time_format (soon - soon % TPT_DAY);
  g_autofree char *body =
    g_strdup_printf ("{\"event_type\":\"office-hours\",\"name\":\"%s\","
                     "\"email\":\"%s@customer.example\",\"start\":\"%s\"}",
                     name, name, start);
  g_autoptr (JsonNode) answer = services_fixture_ask (&fixture->base, "POST", "/book", body);
  JsonObject *invitee =
    json_object_get_object_member (json_node_get_object (answer), "invitee");

  return g_strdup (json_object_get_string_member (invitee, "uri"));
}

/* One of many leaves and nobody is told; the next one comes, and with that news the event counts
 * as it does at the service. Who left is found all the same, and is looked for once. */
static void
test_missed_group (ServicesRelay *fixture,
                   gconstpointer  user_data)
{
  g_autofree char *gone = NULL;
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) both = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  guint asked;

  services_relay_go_live (fixture);
  gone = take_place (fixture, "ada");
  first = services_relay_await_deliveries (fixture, 1);
  look (fixture, 0, 0, 0);
  set_sender (fixture, "{\"drop\":1}");
  g_free (services_relay_do (fixture, "/cancel", gone));
  next = take_place (fixture, "ben");
  both = services_relay_await_deliveries (fixture, 2);
  services_relay_await (fixture, gone, FALSE, FALSE);

  services_relay_move_on (fixture);
  look (fixture, 0, 1, 1);
  meetings = services_fixture_meetings (&fixture->base);
  g_assert_true (services_fixture_find (meetings, gone, NULL)->canceled);
  g_assert_false (services_fixture_find (meetings, next, NULL)->canceled);

  asked = services_fixture_count_requests (&fixture->base, "/invitees");
  look (fixture, 0, 0, 1);
  g_assert_cmpuint (services_fixture_count_requests (&fixture->base, "/invitees"), ==, asked);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (ServicesRelay *, gconstpointer);
  } tests[] = {
    { "/services/missed/once", test_missed_once },
    { "/services/missed/soon", test_missed_soon },
    { "/services/missed/first", test_missed_first },
    { "/services/missed/late", test_missed_late },
    { "/services/missed/away", test_missed_away },
    { "/services/missed/back", test_missed_back },
    { "/services/missed/looked-for", test_missed_looked_for },
    { "/services/missed/group", test_missed_group },
  };

  tpt_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ServicesRelay, GINT_TO_POINTER (TRUE), services_relay_set_up,
                tests[i].func, services_relay_tear_down);

  return g_test_run ();
}

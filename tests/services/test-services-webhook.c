/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-relay.h"

#include "tpt-deliveries-table.h"
#include "tpt-fake-pulse.h"
#include "tpt-relay-checkup.h"
#include "tpt-set-aside-table.h"
#include "tpt-test.h"
#include "tpt-webhook-client.h"

static void
start (ServicesRelay *fixture,
       TptFakePulse  *pulse)
{
  tpt_fake_pulse_init (pulse);
  tpt_engine_set_timer (fixture->base.services->engine, &pulse->timer);
  tpt_services_start (fixture->base.services);
  services_relay_go_live (fixture);
  tpt_test_await_func (tpt_fake_pulse_is_calm, pulse);
}

static void
stop (ServicesRelay *fixture,
      TptFakePulse  *pulse)
{
  tpt_engine_stop (fixture->base.services->engine);
  tpt_fake_pulse_clear (pulse);
}

static void
set_faults (ServicesRelay *fixture,
            const char    *faults)
{
  services_fixture_ask (&fixture->base, "PUT", "/faults", faults);
}

static void
assert_delivery (GPtrArray          *deliveries,
                 guint               i,
                 const char         *event,
                 TptDeliveryOutcome  outcome,
                 gboolean            late)
{
  const TptDelivery *delivery = g_ptr_array_index (deliveries, i);

  g_assert_cmpstr (delivery->event, ==, event);
  g_assert_cmpint (delivery->outcome, ==, outcome);
  g_assert_cmpint (delivery->late, ==, late);
  g_assert_cmpint (delivery->at, !=, TPT_TIME_NONE);
  g_assert_cmpint (delivery->reason != NULL, ==, outcome == TPT_DELIVERY_SET_ASIDE);
}

/* Each delivery is listed with what became of it: it changed something, or told nothing new. */
static void
test_webhook_log (ServicesRelay *fixture,
                  gconstpointer  user_data)
{
  g_autofree char *told = NULL;
  g_autofree char *polled = NULL;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) both = NULL;
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;
  const TptDelivery *delivery;

  services_relay_go_live (fixture);
  told = services_relay_order (fixture);
  first = services_relay_await_deliveries (fixture, 1);
  assert_delivery (first, 0, "invitee.created", TPT_DELIVERY_APPLIED, FALSE);
  delivery = g_ptr_array_index (first, 0);
  g_assert_true (g_str_has_prefix (told, delivery->meeting));
  g_assert_nonnull (delivery->meeting_name);
  g_assert_cmpint (delivery->meeting_start, !=, TPT_TIME_NONE);

  set_faults (fixture, "{\"webhook\":{\"delay_ms\":2000}}");
  polled = services_relay_order (fixture);
  report = services_fixture_sync (&fixture->base, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->created, ==, 1);
  both = services_relay_await_deliveries (fixture, 2);
  assert_delivery (both, 0, "invitee.created", TPT_DELIVERY_DUPLICATE, FALSE);
  delivery = g_ptr_array_index (both, 0);
  g_assert_true (g_str_has_prefix (polled, delivery->meeting));
}

/* Late ones are marked as such; what could not be taken says why. */
static void
test_webhook_log_late (ServicesRelay *fixture,
                       gconstpointer  user_data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GPtrArray) deliveries = NULL;

  services_relay_go_live (fixture);
  first = services_relay_order (fixture);
  g_clear_pointer (&deliveries, g_ptr_array_unref);
  deliveries = services_relay_await_deliveries (fixture, 1);
  assert_delivery (deliveries, 0, "invitee.created", TPT_DELIVERY_APPLIED, TRUE);

  set_faults (fixture, "{\"rules\":[{\"path\":\"/scheduled_events/*\",\"status\":404,\"body\":"
                       "{\"title\":\"Resource Not Found\",\"message\":\"Gone\"}}]}");
  second = services_relay_do (fixture, "/cancel", first);
  g_clear_pointer (&deliveries, g_ptr_array_unref);
  deliveries = services_relay_await_deliveries (fixture, 2);
  assert_delivery (deliveries, 0, "invitee.canceled", TPT_DELIVERY_SET_ASIDE, TRUE);
}

#define UNTOLD 12
#define TRIES 6

/* The service does not tell of single bookings: most of what has to be asked about is set aside
 * without a question, since what is behind waits for it. The first event that the stream brings is
 * a batch of its own. */
static void
test_webhook_silence (ServicesRelay *fixture,
                      gconstpointer  user_data)
{
  TptRelayListener *listener = fixture->base.services->listener;
  g_autoptr (GPtrArray) deliveries = NULL;

  services_relay_go_live (fixture);
  tpt_relay_listener_stop (listener);
  set_faults (fixture, "{\"rules\":[{\"path\":\"/scheduled_events/*/invitees/*\","
                       "\"status\":429,\"headers\":{\"Retry-After\":\"600\"}}]}");
  for (guint i = 0; i < UNTOLD; i++)
    g_free (services_relay_order (fixture));
  services_fixture_ask (&fixture->base, "DELETE", "/requests", NULL);
  tpt_relay_listener_start (listener);
  deliveries = services_relay_await_deliveries (fixture, UNTOLD);
  for (guint i = 0; i < deliveries->len; i++)
    assert_delivery (deliveries, i, "invitee.created", TPT_DELIVERY_SET_ASIDE, TRUE);
  g_assert_cmpuint (services_fixture_count_requests (&fixture->base, "/invitees/"), <=,
                    UNTOLD / 2 * TRIES);
}

/* It does not say anything at all. */
static void
test_webhook_no_answer (ServicesRelay *fixture,
                        gconstpointer  user_data)
{
  g_autoptr (GPtrArray) deliveries = NULL;

  services_relay_go_live (fixture);
  set_faults (fixture, "{\"rules\":[{\"path\":\"/scheduled_events/*/invitees/*\","
                       "\"delay_ms\":60000}]}");
  g_free (services_relay_order (fixture));
  deliveries = services_relay_await_deliveries (fixture, 1);
  assert_delivery (deliveries, 0, "invitee.created", TPT_DELIVERY_SET_ASIDE, TRUE);
}

static gboolean
list_func (TptSession  *session,
           gpointer     list,
           GError     **error)
{
  return tpt_set_aside_table_list (session, list, error);
}

/* @uri: (nullable): the only record that is set aside, NULL for none */
static void
assert_set_aside (ServicesRelay *fixture,
                  const char    *uri)
{
  TptStore *store = fixture->base.services->store;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_store_transact_async (store, list_func, &list, NULL, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_store_transact_finish (store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, uri != NULL);
  if (uri != NULL)
    g_assert_cmpstr (((const TptSetAside *) g_ptr_array_index (list, 0))->uri, ==, uri);
}

/* A booking that could not be asked about is set aside under its own name, however often it is
 * told, until a sync or another delivery of it has had it read. */
static void
test_webhook_set_aside (ServicesRelay *fixture,
                        gconstpointer  user_data)
{
  static const char refusal[] =
    "{\"rules\":[{\"path\":\"/scheduled_events/*/invitees/*\",\"status\":503}]}";
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;

  services_relay_go_live (fixture);
  set_faults (fixture, refusal);
  first = services_relay_order (fixture);
  g_free (services_relay_do (fixture, "/cancel", first));
  g_ptr_array_unref (services_relay_await_deliveries (fixture, 2));
  assert_set_aside (fixture, first);
  report = services_fixture_sync (&fixture->base, NULL, &error);
  g_assert_no_error (error);
  assert_set_aside (fixture, NULL);

  second = services_relay_order (fixture);
  g_ptr_array_unref (services_relay_await_deliveries (fixture, 3));
  assert_set_aside (fixture, second);
  set_faults (fixture, "{}");
  g_free (services_relay_do (fixture, "/cancel", second));
  g_ptr_array_unref (services_relay_await_deliveries (fixture, 4));
  assert_set_aside (fixture, NULL);
}

static gboolean
is_begun (gpointer user_data)
{
  return !tpt_fake_pulse_is_waiting (user_data);
}

/* Of twenty bookings a third is never told: the next look, a quarter of an hour later, finds and
 * counts them. */
static void
test_webhook_missed (ServicesRelay *fixture,
                     gconstpointer  user_data)
{
  g_auto (GStrv) uris = g_new0 (char *, 21);
  g_autoptr (GPtrArray) deliveries = NULL;
  TptFakePulse pulse;

  start (fixture, &pulse);
  for (guint i = 0; i < 20; i++)
    {
      if (i % 3 == 2)
        set_faults (fixture, "{\"webhook\":{\"drop\":1}}");
      uris[i] = services_relay_order (fixture);
    }
  deliveries = services_relay_await_deliveries (fixture, 14);
  g_assert_cmpuint (services_relay_count_known (fixture, uris, 20), ==, 14);
  g_assert_cmpint (pulse.pause, ==, 15 * TPT_MINUTE);
  g_assert_cmpuint (services_relay_count_missed (fixture), ==, 0);

  services_relay_move_on (fixture);
  tpt_fake_pulse_pass (&pulse);
  tpt_test_await_func (is_begun, &pulse);
  tpt_test_await_func (tpt_fake_pulse_is_calm, &pulse);
  g_assert_cmpuint (services_relay_count_known (fixture, uris, 20), ==, 20);
  g_assert_cmpuint (services_relay_count_missed (fixture), ==, 6);
  stop (fixture, &pulse);
}

static gboolean
check (ServicesRelay      *fixture,
       TptRelayCheckState  states[TPT_RELAY_CHECKS],
       GError            **error)
{
  g_autoptr (TptRelayCheckup) checkup = tpt_relay_checkup_new (fixture->base.services->listener);
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };
  gboolean is_good;

  tpt_relay_checkup_run_async (checkup, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  is_good = tpt_relay_checkup_run_finish (checkup, result, error);
  for (guint i = 0; i < TPT_RELAY_CHECKS; i++)
    {
      states[i] = tpt_relay_checkup_get_state (checkup, (TptRelayCheck) i);
      g_assert_cmpstr (tpt_relay_check_get_title ((TptRelayCheck) i), !=, "");
      g_assert_cmpstr (tpt_relay_check_get_advice ((TptRelayCheck) i), !=, "");
    }
  g_assert_cmpint (tpt_relay_checkup_get_message (checkup) == NULL, ==, is_good);

  return is_good;
}

/* All checks before @bad are good, and none after it was made. */
static void
assert_bad (ServicesRelay *fixture,
            TptRelayCheck  bad,
            int            code)
{
  TptRelayCheckState states[TPT_RELAY_CHECKS];
  g_autoptr (GError) error = NULL;

  g_assert_false (check (fixture, states, &error));
  g_assert_error (error, TPT_CONNECTION_ERROR, code);
  for (guint i = 0; i < TPT_RELAY_CHECKS; i++)
    g_assert_cmpint (states[i], ==,
                     i < bad ? TPT_RELAY_CHECK_GOOD
                             : i == bad ? TPT_RELAY_CHECK_BAD : TPT_RELAY_CHECK_OPEN);
}

static void
assert_good (ServicesRelay *fixture)
{
  TptRelayCheckState states[TPT_RELAY_CHECKS];
  g_autoptr (GError) error = NULL;

  check (fixture, states, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < TPT_RELAY_CHECKS; i++)
    g_assert_cmpint (states[i], ==, TPT_RELAY_CHECK_GOOD);
}

/* From the address to a test event that arrives; each thing that can be wrong is named. */
static void
test_webhook_checkup (ServicesRelay *fixture,
                      gconstpointer  user_data)
{
  assert_bad (fixture, TPT_RELAY_CHECK_REACHABLE, TPT_CONNECTION_ERROR_FAILED);
  services_relay_go_live (fixture);
  assert_good (fixture);

  set_faults (fixture, "{\"rules\":[{\"path\":\"/webhook_subscriptions\",\"status\":403,\"body\":"
                       "{\"title\":\"Permission Denied\",\"message\":\"Please upgrade your "
                       "Calendly account to Standard\"}}]}");
  assert_bad (fixture, TPT_RELAY_CHECK_PERMITTED, TPT_CONNECTION_ERROR_NOT_PERMITTED);
  set_faults (fixture, "{}");
  assert_good (fixture);

  services_relay_stop (fixture);
  assert_bad (fixture, TPT_RELAY_CHECK_REACHABLE, TPT_CONNECTION_ERROR_OFFLINE);
  services_relay_start (fixture);
  assert_good (fixture);
}

static gboolean
is_disabled (gpointer user_data)
{
  return services_relay_count_active (user_data) == 0;
}

/* The service has given up on the relay and switched the subscription off: it is made anew, and
 * what nobody was told in between is fetched. */
static void
test_webhook_disabled (ServicesRelay *fixture,
                       gconstpointer  user_data)
{
  TptRelayListener *listener = fixture->base.services->listener;
  g_autofree char *old = NULL;
  g_autofree char *told = NULL;
  g_autofree char *missed = NULL;
  TptFakePulse pulse;

  start (fixture, &pulse);
  old = g_strdup (tpt_relay_listener_get_webhook_uri (listener));
  services_relay_stop (fixture);
  set_faults (fixture, "{\"webhook\":{\"retry_seconds\":0,\"give_up_seconds\":0}}");
  missed = services_relay_order (fixture);
  tpt_test_await_func (is_disabled, fixture);
  services_relay_start (fixture);
  tpt_test_await_func (services_relay_is_live, fixture);

  assert_good (fixture);
  g_assert_cmpuint (services_relay_count_active (fixture), ==, 1);
  g_assert_cmpstr (tpt_relay_listener_get_webhook_uri (listener), !=, old);
  services_relay_await_known (fixture, &pulse, missed);
  told = services_relay_order (fixture);
  services_relay_await (fixture, told, FALSE, FALSE);
  stop (fixture, &pulse);
}

/* Somebody deleted it, or was faster in making it. */
static void
test_webhook_deleted (ServicesRelay *fixture,
                      gconstpointer  user_data)
{
  TptRelayListener *listener = fixture->base.services->listener;
  TptApiClient *client = fixture->base.services->client;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  services_relay_go_live (fixture);
  tpt_webhook_client_delete_async (client, tpt_relay_listener_get_webhook_uri (listener), NULL,
                                   tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_webhook_client_delete_finish (client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (services_relay_count_active (fixture), ==, 0);

  set_faults (fixture, "{\"rules\":[{\"path\":\"/webhook_subscriptions\",\"method\":\"POST\","
                       "\"times\":1,\"status\":409,\"body\":{\"title\":\"Already Exists\","
                       "\"message\":\"Hook with this url already exists\"}}]}");
  assert_good (fixture);
  g_assert_cmpuint (services_relay_count_active (fixture), ==, 1);
}

static gboolean
has_settled (gpointer user_data)
{
  TptRelayListener *listener = ((ServicesRelay *) user_data)->base.services->listener;

  return tpt_relay_listener_get_state (listener) == TPT_RELAY_LIVE
         && g_str_equal (tpt_relay_listener_get_webhook_state (listener), "not_permitted");
}

/* The stream is open, but the plan has no webhooks: whoever relied on it would hear of nothing. */
static void
test_webhook_not_permitted (ServicesRelay *fixture,
                            gconstpointer  user_data)
{
  g_autofree char *code = services_relay_make_code (fixture);
  g_autoptr (GError) error = NULL;
  TptFakePulse pulse;

  set_faults (fixture, "{\"rules\":[{\"path\":\"/webhook_subscriptions\",\"status\":403,\"body\":"
                       "{\"title\":\"Permission Denied\",\"message\":\"Please upgrade your "
                       "Calendly account to Standard\"}}]}");
  tpt_fake_pulse_init (&pulse);
  tpt_engine_set_timer (fixture->base.services->engine, &pulse.timer);
  tpt_services_start (fixture->base.services);
  services_relay_enrol (fixture, code, &error);
  g_assert_no_error (error);
  tpt_test_await_func (has_settled, fixture);
  tpt_test_await_func (tpt_fake_pulse_is_calm, &pulse);
  g_assert_cmpint (pulse.pause, ==, 45 * TPT_SECOND);

  set_faults (fixture, "{}");
  assert_good (fixture);
  tpt_test_await_func (tpt_fake_pulse_is_calm, &pulse);
  g_assert_cmpint (pulse.pause, ==, 15 * TPT_MINUTE);
  stop (fixture, &pulse);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (ServicesRelay *, gconstpointer);
    gboolean is_real_time;
  } tests[] = {
    { "/services/webhook/log", test_webhook_log, TRUE },
    { "/services/webhook/log-late", test_webhook_log_late, FALSE },
    { "/services/webhook/silence", test_webhook_silence, FALSE },
    { "/services/webhook/no-answer", test_webhook_no_answer, FALSE },
    { "/services/webhook/set-aside", test_webhook_set_aside, FALSE },
    { "/services/webhook/missed", test_webhook_missed, TRUE },
    { "/services/webhook/checkup", test_webhook_checkup, TRUE },
    { "/services/webhook/disabled", test_webhook_disabled, TRUE },
    { "/services/webhook/deleted", test_webhook_deleted, TRUE },
    { "/services/webhook/not-permitted", test_webhook_not_permitted, TRUE },
  };

  tpt_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ServicesRelay, GINT_TO_POINTER (tests[i].is_real_time),
                services_relay_set_up, tests[i].func, services_relay_tear_down);

  return g_test_run ();
}

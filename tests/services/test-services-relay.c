/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-relay.h"

#include <glib/gstdio.h>

#include "tpt-relay-trial.h"
#include "tpt-test.h"

/* Booked, moved, called off: each is here by the stream alone; the service is not asked. */
static void
test_relay_story (ServicesRelay *fixture,
                  gconstpointer  user_data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  services_relay_go_live (fixture);
  services_fixture_ask (&fixture->base, "DELETE", "/requests", NULL);
  first = services_relay_order (fixture);
  services_relay_await (fixture, first, FALSE, FALSE);
  second = services_relay_do (fixture, "/reschedule", first);
  services_relay_await (fixture, second, FALSE, FALSE);
  services_relay_await (fixture, first, TRUE, TRUE);
  third = services_relay_do (fixture, "/cancel", second);
  services_relay_await (fixture, third, TRUE, FALSE);
  g_assert_cmpuint (services_fixture_count_requests (&fixture->base, "/scheduled_events"), ==, 0);
  g_assert_cmpint (tpt_relay_listener_get_last_event_at (fixture->base.services->listener), !=,
                   TPT_TIME_NONE);
}

static gboolean
are_delivered (gpointer user_data)
{
  ServicesRelay *fixture = user_data;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *deliveries =
    json_object_get_array_member (services_fixture_state (&fixture->base, &node), "deliveries");

  for (guint i = 0; i < json_array_get_length (deliveries); i++)
    {
      JsonObject *delivery = json_array_get_object_element (deliveries, i);

      if (g_strcmp0 (json_object_get_string_member (delivery, "state"), "delivered") != 0)
        return FALSE;
    }

  return TRUE;
}

/* What comes late is not believed: the service is asked about the booking, and about its event only
 * where something has happened to the booking since; once for all that is told of it. */
static void
test_relay_late (ServicesRelay *fixture,
                 gconstpointer  user_data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *fourth = NULL;
  g_autofree char *gone = NULL;

  services_relay_go_live (fixture);
  services_fixture_ask (&fixture->base, "DELETE", "/requests", NULL);
  first = services_relay_order (fixture);
  services_relay_await (fixture, first, FALSE, FALSE);
  g_assert_cmpuint (services_fixture_count_requests (&fixture->base, "/scheduled_events"), ==, 1);
  second = services_relay_do (fixture, "/cancel", first);
  services_relay_await (fixture, second, TRUE, FALSE);
  g_assert_cmpuint (services_fixture_count_requests (&fixture->base, "/scheduled_events"), ==, 2);

  services_fixture_close (&fixture->base);
  services_fixture_open (&fixture->base);
  /* While the service thinks about the first one, the others come. */
  fourth = services_relay_order (fixture);
  third = services_relay_order (fixture);
  /* Two that are on their way at a time may overtake one another, and the later one says it all. */
  tpt_test_await_func (are_delivered, fixture);
  gone = services_relay_do (fixture, "/cancel", third);
  tpt_test_await_func (are_delivered, fixture);
  services_fixture_ask (&fixture->base, "PUT", "/faults",
                        "{\"rules\":[{\"path\":\"/scheduled_events/*\",\"delay_ms\":500}]}");
  services_fixture_ask (&fixture->base, "DELETE", "/requests", NULL);
  tpt_relay_listener_start (fixture->base.services->listener);
  services_relay_await (fixture, gone, TRUE, FALSE);
  services_relay_await (fixture, fourth, FALSE, FALSE);
  g_assert_cmpuint (services_fixture_count_requests (&fixture->base, "/scheduled_events"), ==, 3);
}

/* Nobody listens, the relay itself is started anew: nothing is lost. */
static void
test_relay_resume (ServicesRelay *fixture,
                   gconstpointer  user_data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  services_relay_go_live (fixture);
  first = services_relay_order (fixture);
  services_relay_await (fixture, first, FALSE, FALSE);
  services_fixture_close (&fixture->base);
  services_fixture_open (&fixture->base);
  second = services_relay_order (fixture);
  tpt_relay_listener_start (fixture->base.services->listener);
  services_relay_await (fixture, second, FALSE, FALSE);
  tpt_test_await_func (services_relay_is_live, fixture);

  services_relay_stop (fixture);
  services_relay_start (fixture);
  tpt_test_await_func (services_relay_is_live, fixture);
  third = services_relay_order (fixture);
  services_relay_await (fixture, third, FALSE, FALSE);
}

/* A test event goes all the way, and how long it took is known; without a stream, or where the
 * relay has gone, a sentence says why not. */
static void
test_relay_test (ServicesRelay *fixture,
                 gconstpointer  user_data)
{
  TptRelayListener *listener = fixture->base.services->listener;
  TptTime before = tpt_relay_listener_get_last_event_at (listener);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      TptTestResult waiting = { NULL };
      TptTime took = 0;

      if (i == 1)
        services_relay_go_live (fixture);
      if (i == 2)
        services_relay_stop (fixture);
      tpt_relay_trial_run_async (listener, NULL, tpt_test_result_cb, &waiting);
      result = tpt_test_await (&waiting);
      if (i == 1)
        {
          g_assert_true (tpt_relay_trial_run_finish (listener, result, &took, &error));
          g_assert_no_error (error);
          g_assert_cmpint (took, >, 0);
          g_assert_cmpint (tpt_relay_listener_get_last_event_at (listener), >, before);
          continue;
        }
      g_assert_false (tpt_relay_trial_run_finish (listener, result, &took, &error));
      g_assert_nonnull (error);
      g_assert_cmpint ((gint64) error->domain, ==, (gint64) TPT_CONNECTION_ERROR);
    }
}

/* Wrong codes and addresses are refused with a sentence; afterwards everything is as before. */
static void
test_relay_refused (ServicesRelay *fixture,
                    gconstpointer  user_data)
{
  TptRelayListener *listener = fixture->base.services->listener;
  static const char *const addresses[] = {
    "", "relay.example.com", "http://relay.example.com", "https://a@b.example", "ftp://x", NULL,
  };
  g_autoptr (GError) code = NULL;

  g_assert_false (services_relay_enrol (fixture, "nonsense", &code));
  g_assert_error (code, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED);
  g_assert_cmpint (tpt_relay_listener_get_state (listener), ==, TPT_RELAY_NONE);
  for (gsize i = 0; addresses[i] != NULL; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      TptTestResult waiting = { NULL };

      tpt_relay_listener_enrol_async (listener, addresses[i], "x", NULL, tpt_test_result_cb,
                                      &waiting);
      result = tpt_test_await (&waiting);
      g_assert_false (tpt_relay_listener_enrol_finish (listener, result, &error));
      g_assert_error (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED);
    }
}

/* A command does not listen: the subscription is there when its call ends, and stays known. */
static void
test_relay_command (ServicesRelay *fixture,
                    gconstpointer  user_data)
{
  g_autofree char *code = services_relay_make_code (fixture);
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;
  TptRelayListener *listener = fixture->base.services->listener;

  services_relay_enrol (fixture, code, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (services_relay_count_active (fixture), ==, 1);
  g_assert_cmpstr (tpt_relay_listener_get_webhook_state (listener), ==, "active");
  uri = g_strdup (tpt_relay_listener_get_webhook_uri (listener));
  g_assert_nonnull (uri);

  services_fixture_close (&fixture->base);
  services_fixture_open (&fixture->base);
  listener = fixture->base.services->listener;
  g_assert_cmpstr (tpt_relay_listener_get_url (listener), ==, fixture->url);
  g_assert_cmpstr (tpt_relay_listener_get_webhook_uri (listener), ==, uri);
  g_assert_cmpstr (tpt_relay_listener_get_webhook_state (listener), ==, "unknown");
}

/* Forgotten here, at the relay and at the service; a start afterwards knows nothing of it. */
static void
test_relay_forget (ServicesRelay *fixture,
                   gconstpointer  user_data)
{
  TptRelayListener *listener = fixture->base.services->listener;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  services_relay_go_live (fixture);
  g_assert_cmpuint (services_relay_count_active (fixture), ==, 1);
  tpt_relay_listener_forget_async (listener, NULL, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_relay_listener_forget_finish (listener, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tpt_relay_listener_get_state (listener), ==, TPT_RELAY_NONE);
  g_assert_null (tpt_relay_listener_get_url (listener));
  g_assert_cmpuint (services_relay_count_active (fixture), ==, 0);

  g_clear_object (&result);
  services_fixture_close (&fixture->base);
  services_fixture_open (&fixture->base);
  g_assert_cmpint (tpt_relay_listener_get_state (fixture->base.services->listener), ==,
                   TPT_RELAY_NONE);
}

/* The data is erased, so nobody here may read what the relay sends: the enrolment goes with it,
 * also where the relay cannot be told. */
static void
test_relay_erase (ServicesRelay *fixture,
                  gconstpointer  user_data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      TptDisconnection outcome;
      char *secret = NULL;

      services_relay_go_live (fixture);
      if (i == 1)
        services_relay_stop (fixture);
      services_fixture_disconnect (&fixture->base, TRUE, &outcome, &error);
      g_assert_no_error (error);
      g_assert_true (outcome.erased);
      g_assert_true (outcome.webhook_deleted);
      g_assert_cmpint (outcome.relay_unaware, ==, i == 1);
      g_assert_null (tpt_relay_listener_get_url (fixture->base.services->listener));
      g_assert_cmpuint (services_relay_count_active (fixture), ==, 0);
      tpt_token_store_lookup (fixture->base.secrets, TPT_SECRET_RELAY, &secret, NULL, NULL);
      g_assert_null (secret);
      services_fixture_connect (&fixture->base, "sandbox-pat", &error);
      g_assert_no_error (error);
    }
}

static void
add_test (const char *path,
          void      (*func) (ServicesRelay *, gconstpointer),
          gboolean    is_real_time)
{
  g_test_add (path, ServicesRelay, GINT_TO_POINTER (is_real_time), services_relay_set_up, func,
              services_relay_tear_down);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  add_test ("/services/relay/story", test_relay_story, TRUE);
  add_test ("/services/relay/late", test_relay_late, FALSE);
  add_test ("/services/relay/resume", test_relay_resume, TRUE);
  add_test ("/services/relay/test", test_relay_test, TRUE);
  add_test ("/services/relay/refused", test_relay_refused, TRUE);
  add_test ("/services/relay/command", test_relay_command, TRUE);
  add_test ("/services/relay/forget", test_relay_forget, TRUE);
  add_test ("/services/relay/erase", test_relay_erase, TRUE);

  return g_test_run ();
}

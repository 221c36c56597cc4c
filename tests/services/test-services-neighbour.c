/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-relay.h"

#include <signal.h>

#include "tpt-fake-pulse.h"
#include "tpt-listener-unsubscribe.h"
#include "tpt-memory-token-store.h"
#include "tpt-test.h"

/* Another machine of the same account, enrolled as with a command: it does not listen. */
static TptRelayListener *
enrol_neighbour (ServicesRelay *fixture)
{
  TptServices *services = fixture->base.services;
  g_autoptr (TptTokenStore) secrets = tpt_memory_token_store_new ();
  g_autofree char *code = services_relay_make_code (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  TptRelayListener *neighbour = tpt_relay_listener_new (services->connection, services->client,
                                                        services->apply, secrets);

  tpt_relay_listener_enrol_async (neighbour, fixture->url, code, NULL, tpt_test_result_cb,
                                  &waiting);
  result = tpt_test_await (&waiting);
  tpt_relay_listener_enrol_finish (neighbour, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tpt_relay_listener_get_webhook_uri (neighbour), ==,
                   tpt_relay_listener_get_webhook_uri (services->listener));
  g_assert_cmpuint (services_relay_count_active (fixture), ==, 1);

  return neighbour;
}

static void
set_faults (ServicesRelay *fixture,
            const char    *faults)
{
  services_fixture_ask (&fixture->base, "PUT", "/faults", faults);
}

static void
forget (TptRelayListener *neighbour)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptListenerHeard heard = { FALSE, FALSE };
  TptTestResult waiting = { NULL };

  tpt_relay_listener_forget_async (neighbour, &heard, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_relay_listener_forget_finish (neighbour, result, &error);
  g_assert_no_error (error);
  g_assert_true (heard.relay);
  g_assert_true (heard.service);
}

static guint
count (ServicesRelay *fixture,
       const char    *method)
{
  g_autoptr (JsonNode) node = services_fixture_ask (&fixture->base, "GET", "/requests", NULL);
  JsonArray *requests = json_object_get_array_member (json_node_get_object (node), "requests");
  guint found = 0;

  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);

      found += g_str_equal (json_object_get_string_member (request, "method"), method)
               && g_str_equal (json_object_get_string_member (request, "path"),
                               "/webhook_subscriptions");
    }

  return found;
}

static gboolean
is_subscribed (gpointer user_data)
{
  ServicesRelay *fixture = user_data;

  return services_relay_is_live (fixture) && services_relay_count_active (fixture) == 1;
}

typedef struct
{
  ServicesRelay *fixture;
  char *old;               /* subscription */
} Renewal;

/* At the service, and here, where its answer may come later than somebody else sees it there. */
static gboolean
is_subscribed_anew (gpointer user_data)
{
  Renewal *renewal = user_data;
  TptRelayListener *listener = renewal->fixture->base.services->listener;

  return is_subscribed (renewal->fixture)
         && g_strcmp0 (tpt_relay_listener_get_webhook_uri (listener), renewal->old) != 0;
}

/* One machine leaves the relay, and takes the subscription along that another one hears by. That
 * one makes it anew within seconds, however long the service thinks about the end of the first;
 * what was booked in between is fetched. */
static void
test_neighbour_leaves (ServicesRelay *fixture,
                       gconstpointer  user_data)
{
  g_autoptr (TptRelayListener) neighbour = NULL;
  g_autofree char *told = NULL;
  Renewal renewal = { fixture, NULL };
  g_autofree char *missed = NULL;
  TptFakePulse pulse;

  tpt_fake_pulse_init (&pulse);
  tpt_engine_set_timer (fixture->base.services->engine, &pulse.timer);
  tpt_services_start (fixture->base.services);
  services_relay_go_live (fixture);
  renewal.old = g_strdup (tpt_relay_listener_get_webhook_uri (fixture->base.services->listener));
  neighbour = enrol_neighbour (fixture);
  set_faults (fixture, "{\"rules\":[{\"path\":\"/webhook_subscriptions/*\",\"method\":\"DELETE\","
                       "\"delay_ms\":5000}]}");
  services_fixture_ask (&fixture->base, "DELETE", "/requests", NULL);
  forget (neighbour);
  missed = services_relay_order (fixture);

  tpt_test_await_func (is_subscribed_anew, &renewal);
  g_assert_cmpuint (count (fixture, "POST"), ==, 1);
  g_assert_cmpuint (count (fixture, "GET"), <=, 4);
  told = services_relay_order (fixture);
  services_relay_await (fixture, told, FALSE, FALSE);
  services_relay_await_known (fixture, &pulse, missed);
  g_free (renewal.old);
  tpt_engine_stop (fixture->base.services->engine);
  tpt_fake_pulse_clear (&pulse);
}

/* The service is away at the very moment when the other machine looks: it looks again. */
static void
test_neighbour_retries (ServicesRelay *fixture,
                        gconstpointer  user_data)
{
  g_autoptr (TptRelayListener) neighbour = NULL;
  g_autofree char *told = NULL;

  services_relay_go_live (fixture);
  neighbour = enrol_neighbour (fixture);
  set_faults (fixture, "{\"rules\":[{\"path\":\"/webhook_subscriptions\",\"method\":\"POST\","
                       "\"times\":1,\"status\":503}]}");
  forget (neighbour);
  tpt_test_await_func (is_subscribed, fixture);
  told = services_relay_order (fixture);
  services_relay_await (fixture, told, FALSE, FALSE);
}

static gboolean
is_gone (gpointer user_data)
{
  return services_relay_count_active (user_data) == 0;
}

/* Whoever stops leaving while the relay is told has the subscription as before; so have the
 * others. */
static void
test_neighbour_stays (ServicesRelay *fixture,
                      gconstpointer  user_data)
{
  g_autoptr (TptRelayListener) neighbour = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  services_relay_go_live (fixture);
  neighbour = enrol_neighbour (fixture);
  g_subprocess_send_signal (fixture->relay, SIGSTOP);
  tpt_relay_listener_forget_async (neighbour, NULL, cancellable, tpt_test_result_cb, &waiting);
  tpt_test_await_func (is_gone, fixture);
  g_cancellable_cancel (cancellable);
  result = tpt_test_await (&waiting);
  g_assert_false (tpt_relay_listener_forget_finish (neighbour, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_nonnull (tpt_relay_listener_get_url (neighbour));
  g_assert_cmpuint (services_relay_count_active (fixture), ==, 1);
  g_subprocess_send_signal (fixture->relay, SIGCONT);
}

/* Returns: (transfer full): the URI of what an administrator has made for @url */
static char *
subscribe_colleague (ServicesRelay *fixture,
                     const char    *url)
{
  TptUser *account = tpt_connection_get_account (fixture->base.services->connection);
  g_autofree char *address = g_strconcat (g_getenv ("TOUCHPOINT_CALENDLY_API_URL"),
                                          "/webhook_subscriptions", NULL);
  g_autofree char *text = g_strdup_printf (
    "{\"url\":\"%s\",\"events\":[\"invitee.created\"],\"scope\":\"organization\","
    "\"organization\":\"%s\",\"signing_key\":\"theirs\"}", url, account->organization);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (SoupMessage) message = soup_message_new ("POST", address);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (JsonNode) node = NULL;
  TptTestResult waiting = { NULL };
  g_autofree char *json = NULL;

  soup_message_set_request_body_from_bytes (message, "application/json", body);
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                               "Bearer sandbox-pat-admin");
  soup_message_headers_append (soup_message_get_request_headers (message), "User-Agent", "test/1");
  soup_session_send_and_read_async (fixture->base.session, message, G_PRIORITY_DEFAULT, NULL,
                                    tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  answer = soup_session_send_and_read_finish (fixture->base.session, result, NULL);
  json = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
  node = json_from_string (json, NULL);

  return g_strdup (json_object_get_string_member (
    json_object_get_object_member (json_node_get_object (node), "resource"), "uri"));
}

static gboolean
unsubscribe (ServicesRelay *fixture,
             const char    *url,
             const char    *kept)
{
  TptServices *services = fixture->base.services;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  gboolean deleted;

  tpt_listener_unsubscribe_async (services->client,
                                  tpt_connection_get_account (services->connection), url, kept,
                                  NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_listener_unsubscribe_finish (result, &deleted, &error);
  g_assert_no_error (error);

  return deleted;
}

/* What is known may be another administrator's, or lead elsewhere by now; what is not known may be
 * the own. */
static void
test_neighbour_foreign (ServicesRelay *fixture,
                        gconstpointer  user_data)
{
  TptRelayListener *listener = fixture->base.services->listener;
  g_autofree char *theirs = NULL;
  const char *url;
  g_autofree char *own = NULL;

  services_relay_go_live (fixture);
  tpt_relay_listener_stop (listener);
  url = tpt_relay_listener_get_webhook_url (listener);
  own = g_strdup (tpt_relay_listener_get_webhook_uri (listener));
  theirs = subscribe_colleague (fixture, url);
  g_assert_cmpuint (services_relay_count_active (fixture), ==, 2);
  g_assert_false (unsubscribe (fixture, NULL, theirs));
  g_assert_false (unsubscribe (fixture, "https://relay.example.com/elsewhere", own));
  g_assert_cmpuint (services_relay_count_active (fixture), ==, 2);
  g_assert_true (unsubscribe (fixture, url, theirs));
  g_assert_cmpuint (services_relay_count_active (fixture), ==, 1);
  g_assert_false (unsubscribe (fixture, url, own));
  g_assert_cmpuint (services_relay_count_active (fixture), ==, 1);
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
    { "/services/neighbour/leaves", test_neighbour_leaves },
    { "/services/neighbour/retries", test_neighbour_retries },
    { "/services/neighbour/stays", test_neighbour_stays },
    { "/services/neighbour/foreign", test_neighbour_foreign },
  };

  tpt_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ServicesRelay, GINT_TO_POINTER (TRUE), services_relay_set_up,
                tests[i].func, services_relay_tear_down);

  return g_test_run ();
}

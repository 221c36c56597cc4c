/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-fixture.h"

#include <glib/gstdio.h>

#include "tpt-test.h"

typedef struct
{
  ServicesFixture base;
  char *dir;
  char *config;
  char *url;
  GSubprocess *relay;
  GDataInputStream *relay_out;
} Fixture;

/* A port that was free a moment ago: the relay has to know its own address before it starts. */
static guint16
find_port (void)
{
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_socket_bind (socket, any, TRUE, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (socket, &error);
  g_assert_no_error (error);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

static void
write_config (Fixture *fixture)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *journal = g_strdup_printf ("sqlite:%s/journal.db", fixture->dir);
  g_autofree char *keys = g_build_filename (fixture->dir, "keys", NULL);
  g_autofree char *listen = g_strconcat ("tcp:", fixture->url + strlen ("http://"), NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (keys, "sandbox-signing-key\n", -1, G_FILE_SET_CONTENTS_NONE, 0600,
                            &error);
  g_assert_no_error (error);
  g_key_file_set_string (file, "relay", "listen", listen);
  g_key_file_set_string (file, "relay", "public_url", fixture->url);
  g_key_file_set_string (file, "relay", "journal", journal);
  g_key_file_set_string (
    file, "relay", "organizations",
    tpt_connection_get_account (fixture->base.services->connection)->organization);
  g_key_file_set_string (file, "relay", "calendly_api_url",
                         g_getenv ("TOUCHPOINT_CALENDLY_API_URL"));
  g_key_file_set_string (file, "keys", "webhook_signing_keys", keys);
  fixture->config = g_build_filename (fixture->dir, "relay.conf", NULL);
  g_key_file_save_to_file (file, fixture->config, &error);
  g_assert_no_error (error);
}

static void
start_relay (Fixture *fixture)
{
  const char *argv[] = { g_getenv ("TOUCHPOINT_RELAY"), "--config", fixture->config, NULL };
  g_autofree char *line = NULL;

  fixture->relay = services_fixture_spawn (argv, &fixture->relay_out);
  line = services_fixture_read_line (fixture->relay_out);
  g_assert_true (g_str_has_prefix (line, "{"));
}

static void
stop_relay (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (fixture->relay, SIGTERM);
  g_subprocess_wait (fixture->relay, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->relay_out);
  g_clear_object (&fixture->relay);
}

/* @is_real_time: else the service's clock is months behind the relay's, and every webhook late */
static void
set_up (Fixture       *fixture,
        gconstpointer  is_real_time)
{
  g_autoptr (TptSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;

  fixture->base.is_real_time = GPOINTER_TO_INT (is_real_time);
  services_fixture_set_up (&fixture->base, "40");
  services_fixture_connect (&fixture->base, "sandbox-pat", &error);
  g_assert_no_error (error);
  report = services_fixture_sync (&fixture->base, NULL, &error);
  g_assert_no_error (error);

  fixture->dir = tpt_test_make_dir ();
  fixture->url = g_strdup_printf ("http://127.0.0.1:%u", find_port ());
  write_config (fixture);
  start_relay (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  services_fixture_tear_down (&fixture->base, user_data);
  if (fixture->relay != NULL)
    stop_relay (fixture);
  tpt_test_remove_dir (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->config);
  g_free (fixture->url);
}

static char *
make_code (Fixture *fixture)
{
  const char *argv[] = { g_getenv ("TOUCHPOINT_RELAY"), "enrol-code", "--config", fixture->config,
                         NULL };
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GSubprocess) process = services_fixture_spawn (argv, &output);

  g_assert_nonnull (process);

  return services_fixture_read_line (output);
}

static gboolean
enrol (Fixture     *fixture,
       const char  *code,
       GError     **error)
{
  TptRelayListener *listener = fixture->base.services->listener;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_relay_listener_enrol_async (listener, fixture->url, code, NULL, tpt_test_result_cb,
                                  &waiting);
  result = tpt_test_await (&waiting);

  return tpt_relay_listener_enrol_finish (listener, result, error);
}

static gboolean
is_live (gpointer user_data)
{
  Fixture *fixture = user_data;
  TptRelayListener *listener = fixture->base.services->listener;

  return tpt_relay_listener_get_state (listener) == TPT_RELAY_LIVE
         && g_strcmp0 (tpt_relay_listener_get_webhook_state (listener), "active") == 0;
}

static void
go_live (Fixture *fixture)
{
  g_autofree char *code = make_code (fixture);
  g_autoptr (GError) error = NULL;

  tpt_relay_listener_start (fixture->base.services->listener);
  enrol (fixture, code, &error);
  g_assert_no_error (error);
  tpt_test_await_func (is_live, fixture);
}

static char *
order (Fixture *fixture)
{
  g_autoptr (TptEventType) type = services_fixture_event_type (&fixture->base);
  g_autofree char *body = g_strdup_printf (
    "{\"event_type\":\"%s\",\"name\":\"Ada\",\"email\":\"ada@customer.example\"}", type->uri);
  g_autoptr (JsonNode) answer = services_fixture_ask (&fixture->base, "POST", "/book", body);
  JsonObject *invitee =
    json_object_get_object_member (json_node_get_object (answer), "invitee");

  return g_strdup (json_object_get_string_member (invitee, "uri"));
}

static char *
do_with (Fixture    *fixture,
         const char *deed,
         const char *uri)
{
  g_autofree char *body = g_strdup_printf ("{\"invitee\":\"%s\"}", uri);
  g_autoptr (JsonNode) answer = services_fixture_ask (&fixture->base, "POST", deed, body);
  JsonObject *invitee =
    json_object_get_object_member (json_node_get_object (answer), "invitee");

  return g_strdup (json_object_get_string_member (invitee, "uri"));
}

/* What is waited for in the store. */
typedef struct
{
  Fixture *fixture;
  const char *uri;
  gboolean canceled;
  gboolean rescheduled;
} Expected;

static gboolean
is_stored (gpointer user_data)
{
  const Expected *expected = user_data;
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (&expected->fixture->base);
  TptMeeting *meeting = NULL;
  TptInvitee *invitee = services_fixture_find (meetings, expected->uri, &meeting);

  if (invitee == NULL)
    return FALSE;
  g_assert_cmpint (meeting->source, ==, TPT_SOURCE_WEBHOOK);

  return invitee->canceled == expected->canceled && invitee->rescheduled == expected->rescheduled;
}

static void
await_stored (Fixture    *fixture,
              const char *uri,
              gboolean    canceled,
              gboolean    rescheduled)
{
  Expected expected = { fixture, uri, canceled, rescheduled };

  tpt_test_await_func (is_stored, &expected);
}

/* Booked, moved, called off: each is here by the stream alone; the service is not asked. */
static void
test_relay_story (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  go_live (fixture);
  services_fixture_ask (&fixture->base, "DELETE", "/requests", NULL);
  first = order (fixture);
  await_stored (fixture, first, FALSE, FALSE);
  second = do_with (fixture, "/reschedule", first);
  await_stored (fixture, second, FALSE, FALSE);
  await_stored (fixture, first, TRUE, TRUE);
  third = do_with (fixture, "/cancel", second);
  await_stored (fixture, third, TRUE, FALSE);
  g_assert_cmpuint (services_fixture_count_requests (&fixture->base, "/scheduled_events"), ==, 0);
  g_assert_cmpint (tpt_relay_listener_get_last_event_at (fixture->base.services->listener), !=,
                   TPT_TIME_NONE);
}

/* What comes late is not believed: the service is asked about the booking and its event. */
static void
test_relay_late (Fixture       *fixture,
                 gconstpointer  user_data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  go_live (fixture);
  services_fixture_ask (&fixture->base, "DELETE", "/requests", NULL);
  first = order (fixture);
  await_stored (fixture, first, FALSE, FALSE);
  g_assert_cmpuint (services_fixture_count_requests (&fixture->base, "/scheduled_events"), ==, 2);
  second = do_with (fixture, "/cancel", first);
  await_stored (fixture, second, TRUE, FALSE);
}

/* Nobody listens, the relay itself is started anew: nothing is lost. */
static void
test_relay_resume (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  go_live (fixture);
  first = order (fixture);
  await_stored (fixture, first, FALSE, FALSE);
  services_fixture_close (&fixture->base);
  services_fixture_open (&fixture->base);
  second = order (fixture);
  tpt_relay_listener_start (fixture->base.services->listener);
  await_stored (fixture, second, FALSE, FALSE);
  tpt_test_await_func (is_live, fixture);

  stop_relay (fixture);
  start_relay (fixture);
  tpt_test_await_func (is_live, fixture);
  third = order (fixture);
  await_stored (fixture, third, FALSE, FALSE);
}

static void
count_cb (TptRelayListener *listener,
          GParamSpec       *pspec,
          guint            *count)
{
  (*count)++;
}

static gboolean
is_counted (gpointer user_data)
{
  return *(guint *) user_data > 0;
}

/* A test event goes all the way and changes nothing but the time of the last event. */
static void
test_relay_test (Fixture       *fixture,
                 gconstpointer  user_data)
{
  TptRelayListener *listener = fixture->base.services->listener;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  guint count = 0;

  go_live (fixture);
  g_signal_connect (listener, "notify::last-event-at", G_CALLBACK (count_cb), &count);
  tpt_relay_listener_test_async (listener, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_relay_listener_test_finish (listener, result, &error);
  g_assert_no_error (error);
  tpt_test_await_func (is_counted, &count);
}

/* Wrong codes and addresses are refused with a sentence; afterwards everything is as before. */
static void
test_relay_refused (Fixture       *fixture,
                    gconstpointer  user_data)
{
  TptRelayListener *listener = fixture->base.services->listener;
  static const char *const addresses[] = {
    "", "relay.example.com", "http://relay.example.com", "https://a@b.example", "ftp://x", NULL,
  };
  g_autoptr (GError) code = NULL;

  g_assert_false (enrol (fixture, "nonsense", &code));
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

static guint
count_active (Fixture *fixture)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *state = services_fixture_state (&fixture->base, &node);
  JsonArray *subscriptions = json_object_get_array_member (state, "subscriptions");
  guint count = 0;

  for (guint i = 0; i < json_array_get_length (subscriptions); i++)
    {
      JsonObject *subscription = json_array_get_object_element (subscriptions, i);

      count += g_strcmp0 (json_object_get_string_member (subscription, "state"), "active") == 0;
    }

  return count;
}

/* A command does not listen: the subscription is there when its call ends, and stays known. */
static void
test_relay_command (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autofree char *code = make_code (fixture);
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;
  TptRelayListener *listener = fixture->base.services->listener;

  enrol (fixture, code, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_active (fixture), ==, 1);
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
test_relay_forget (Fixture       *fixture,
                   gconstpointer  user_data)
{
  TptRelayListener *listener = fixture->base.services->listener;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  go_live (fixture);
  g_assert_cmpuint (count_active (fixture), ==, 1);
  tpt_relay_listener_forget_async (listener, NULL, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_relay_listener_forget_finish (listener, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tpt_relay_listener_get_state (listener), ==, TPT_RELAY_NONE);
  g_assert_null (tpt_relay_listener_get_url (listener));
  g_assert_cmpuint (count_active (fixture), ==, 0);

  g_clear_object (&result);
  services_fixture_close (&fixture->base);
  services_fixture_open (&fixture->base);
  g_assert_cmpint (tpt_relay_listener_get_state (fixture->base.services->listener), ==,
                   TPT_RELAY_NONE);
}

/* The data is erased, so nobody here may read what the relay sends: the enrolment goes with it,
 * also where the relay cannot be told. */
static void
test_relay_erase (Fixture       *fixture,
                  gconstpointer  user_data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      TptDisconnection outcome;
      char *secret = NULL;

      go_live (fixture);
      if (i == 1)
        stop_relay (fixture);
      services_fixture_disconnect (&fixture->base, TRUE, &outcome, &error);
      g_assert_no_error (error);
      g_assert_true (outcome.erased);
      g_assert_true (outcome.webhook_deleted);
      g_assert_cmpint (outcome.relay_unaware, ==, i == 1);
      g_assert_null (tpt_relay_listener_get_url (fixture->base.services->listener));
      g_assert_cmpuint (count_active (fixture), ==, 0);
      tpt_token_store_lookup (fixture->base.secrets, TPT_SECRET_RELAY, &secret, NULL, NULL);
      g_assert_null (secret);
      services_fixture_connect (&fixture->base, "sandbox-pat", &error);
      g_assert_no_error (error);
    }
}

static void
add_test (const char *path,
          void      (*func) (Fixture *, gconstpointer),
          gboolean    is_real_time)
{
  g_test_add (path, Fixture, GINT_TO_POINTER (is_real_time), set_up, func, tear_down);
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

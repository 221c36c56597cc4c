/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-relay.h"

#include "tpt-listener-log.h"
#include "tpt-missed-tally.h"
#include "tpt-test.h"

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
write_config (ServicesRelay *fixture)
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

void
services_relay_start (ServicesRelay *fixture)
{
  const char *argv[] = { g_getenv ("TOUCHPOINT_RELAY"), "--config", fixture->config, NULL };
  g_autofree char *line = NULL;

  fixture->relay = services_fixture_spawn (argv, &fixture->relay_out);
  line = services_fixture_read_line (fixture->relay_out);
  g_assert_true (g_str_has_prefix (line, "{"));
}

void
services_relay_stop (ServicesRelay *fixture)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (fixture->relay, SIGTERM);
  g_subprocess_wait (fixture->relay, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->relay_out);
  g_clear_object (&fixture->relay);
}

/* @is_real_time: else the service's clock is months behind the relay's, and every webhook late */
void
services_relay_set_up (ServicesRelay *fixture,
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
  services_relay_start (fixture);
}

void
services_relay_tear_down (ServicesRelay *fixture,
                          gconstpointer  user_data)
{
  services_fixture_tear_down (&fixture->base, user_data);
  if (fixture->relay != NULL)
    services_relay_stop (fixture);
  tpt_test_remove_dir (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->config);
  g_free (fixture->url);
}

char *
services_relay_make_code (ServicesRelay *fixture)
{
  const char *argv[] = { g_getenv ("TOUCHPOINT_RELAY"), "enrol-code", "--config", fixture->config,
                         NULL };
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GSubprocess) process = services_fixture_spawn (argv, &output);

  g_assert_nonnull (process);

  return services_fixture_read_line (output);
}

gboolean
services_relay_enrol (ServicesRelay  *fixture,
                      const char     *code,
                      GError        **error)
{
  TptRelayListener *listener = fixture->base.services->listener;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_relay_listener_enrol_async (listener, fixture->url, code, NULL, tpt_test_result_cb,
                                  &waiting);
  result = tpt_test_await (&waiting);

  return tpt_relay_listener_enrol_finish (listener, result, error);
}

gboolean
services_relay_is_live (gpointer user_data)
{
  ServicesRelay *fixture = user_data;
  TptRelayListener *listener = fixture->base.services->listener;

  return tpt_relay_listener_get_state (listener) == TPT_RELAY_LIVE
         && g_strcmp0 (tpt_relay_listener_get_webhook_state (listener), "active") == 0;
}

void
services_relay_go_live (ServicesRelay *fixture)
{
  g_autofree char *code = services_relay_make_code (fixture);
  g_autoptr (GError) error = NULL;

  tpt_relay_listener_start (fixture->base.services->listener);
  services_relay_enrol (fixture, code, &error);
  g_assert_no_error (error);
  tpt_test_await_func (services_relay_is_live, fixture);
}

char *
services_relay_order (ServicesRelay *fixture)
{
  g_autoptr (TptEventType) type = services_fixture_event_type (&fixture->base);
  g_autofree char *body = g_strdup_printf (
    "{\"event_type\":\"%s\",\"name\":\"Ada\",\"email\":\"ada@customer.example\"}", type->uri);
  g_autoptr (JsonNode) answer = services_fixture_ask (&fixture->base, "POST", "/book", body);
  JsonObject *invitee =
    json_object_get_object_member (json_node_get_object (answer), "invitee");

  return g_strdup (json_object_get_string_member (invitee, "uri"));
}

char *
services_relay_do (ServicesRelay *fixture,
                   const char    *deed,
                   const char    *uri)
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
  ServicesRelay *fixture;
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

void
services_relay_await (ServicesRelay *fixture,
                      const char    *uri,
                      gboolean       canceled,
                      gboolean       rescheduled)
{
  Expected expected = { fixture, uri, canceled, rescheduled };

  tpt_test_await_func (is_stored, &expected);
}

guint
services_relay_count_active (ServicesRelay *fixture)
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

static GPtrArray *
list_deliveries (ServicesRelay *fixture)
{
  TptStore *store = fixture->base.services->store;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  GPtrArray *deliveries;

  tpt_listener_log_list_async (store, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  deliveries = tpt_listener_log_list_finish (store, result, &error);
  g_assert_no_error (error);

  return deliveries;
}

typedef struct
{
  ServicesRelay *fixture;
  guint count;
} Deliveries;

static gboolean
are_there (gpointer user_data)
{
  Deliveries *wanted = user_data;
  g_autoptr (GPtrArray) deliveries = list_deliveries (wanted->fixture);

  return deliveries->len >= wanted->count;
}

/* Returns: (transfer full) (element-type TptDelivery): what is listed once that many have come */
GPtrArray *
services_relay_await_deliveries (ServicesRelay *fixture,
                                 guint          count)
{
  Deliveries wanted = { fixture, count };
  GPtrArray *deliveries;

  tpt_test_await_func (are_there, &wanted);
  deliveries = list_deliveries (fixture);
  g_assert_cmpuint (deliveries->len, ==, count);

  return deliveries;
}

/* How many of these bookings are stored. */
guint
services_relay_count_known (ServicesRelay  *fixture,
                            char          **uris,
                            guint           count)
{
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (&fixture->base);
  guint known = 0;

  for (guint i = 0; i < count; i++)
    known += services_fixture_find (meetings, uris[i], NULL) != NULL;

  return known;
}

typedef struct
{
  ServicesRelay *fixture;
  TptFakePulse *pulse;
  const char *uri;
} Awaited;

static gboolean
is_known (gpointer user_data)
{
  Awaited *awaited = user_data;
  char *uri = (char *) awaited->uri;

  tpt_fake_pulse_is_calm (awaited->pulse);

  return services_relay_count_known (awaited->fixture, &uri, 1) == 1;
}

/* The booking was missed, and a sync that @pulse holds up makes that good. */
void
services_relay_await_known (ServicesRelay *fixture,
                            TptFakePulse  *pulse,
                            const char    *uri)
{
  Awaited awaited = { fixture, pulse, uri };

  tpt_test_await_func (is_known, &awaited);
}

guint
services_relay_count_missed (ServicesRelay *fixture)
{
  TptStore *store = fixture->base.services->store;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  guint count;

  tpt_store_transact_async (store, tpt_missed_tally_read, &count, NULL, NULL, tpt_test_result_cb,
                            &waiting);
  result = tpt_test_await (&waiting);
  tpt_store_transact_finish (store, result, &error);
  g_assert_no_error (error);

  return count;
}

/* To a quarter of an hour later, by the clock on this side. */
void
services_relay_move_on (ServicesRelay *fixture)
{
  TptClock *clock = fixture->base.services->clock;

  tpt_clock_set (clock, tpt_clock_now (clock) + 15 * TPT_MINUTE);
}

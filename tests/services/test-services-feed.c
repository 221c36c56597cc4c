/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-relay.h"

#include <sqlite3.h>
#include <time.h>

#include "tpt-test.h"

static TptOrganizationView *
get_view (ServicesRelay *fixture)
{
  return tpt_connection_get_view (fixture->base.services->connection);
}

static void
switch_view (ServicesRelay *fixture,
             gboolean       everyone)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_organization_view_switch_async (get_view (fixture), everyone, NULL, tpt_test_result_cb,
                                      &waiting);
  result = tpt_test_await (&waiting);
  tpt_organization_view_finish (get_view (fixture), result, NULL, &error);
  g_assert_no_error (error);
}

static void
sync_now (ServicesRelay *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptSyncReport) report = services_fixture_sync (&fixture->base, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (report);
}

/* An event type that only a colleague hosts. */
static char *
find_colleagues_type (ServicesRelay *fixture)
{
  g_autoptr (GPtrArray) meetings = services_fixture_meetings (&fixture->base);
  TptUser *me = tpt_connection_get_account (fixture->base.services->connection);

  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);
      const TptHost *host = g_ptr_array_index (meeting->hosts, 0);

      if (meeting->hosts->len == 1 && g_strcmp0 (host->uri, me->uri) != 0)
        return g_strdup (meeting->event_type);
    }
  g_assert_not_reached ();
}

/* Returns: (transfer full): the URI of a new booking with the colleague */
static char *
book (ServicesRelay *fixture,
      const char    *type)
{
  g_autofree char *body = g_strdup_printf (
    "{\"event_type\":\"%s\",\"name\":\"Ada\",\"email\":\"ada@customer.example\"}", type);
  g_autoptr (JsonNode) answer = services_fixture_ask (&fixture->base, "POST", "/book", body);
  JsonObject *invitee =
    json_object_get_object_member (json_node_get_object (answer), "invitee");

  return g_strdup (json_object_get_string_member (invitee, "uri"));
}

/* Whether the one active subscription is of that scope. */
typedef struct
{
  ServicesRelay *fixture;
  const char *scope;
} Wanted;

static gboolean
is_subscribed (gpointer user_data)
{
  Wanted *wanted = user_data;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *state = services_fixture_state (&wanted->fixture->base, &node);
  JsonArray *subscriptions = json_object_get_array_member (state, "subscriptions");
  guint right = 0, wrong = 0;

  for (guint i = 0; i < json_array_get_length (subscriptions); i++)
    {
      JsonObject *subscription = json_array_get_object_element (subscriptions, i);

      if (g_strcmp0 (json_object_get_string_member (subscription, "state"), "active") != 0)
        continue;
      if (g_strcmp0 (json_object_get_string_member (subscription, "scope"), wanted->scope) == 0)
        right++;
      else
        wrong++;
    }

  return right == 1 && wrong == 0;
}

static void
await_scope (ServicesRelay *fixture,
             const char    *scope)
{
  Wanted wanted = { fixture, scope };

  tpt_test_await_func (is_subscribed, &wanted);
}

/* Enrolled while the view is on, colleagues' bookings come at once; afterwards what still is sent
 * is not taken in, and the own ones come as before. */
static void
test_feed_everyone (ServicesRelay *fixture,
                    gconstpointer  user_data)
{
  TptRelayListener *listener = fixture->base.services->listener;
  g_autofree char *type = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *unwanted = NULL;
  g_autofree char *own = NULL;
  g_autoptr (GPtrArray) meetings = NULL;

  switch_view (fixture, TRUE);
  sync_now (fixture);
  type = find_colleagues_type (fixture);
  services_relay_go_live (fixture);
  g_assert_true (tpt_relay_listener_has_feed (listener));
  await_scope (fixture, "organization");
  g_assert_true (tpt_relay_listener_is_delivering (listener));
  theirs = book (fixture, type);
  services_relay_await (fixture, theirs, FALSE, FALSE);

  switch_view (fixture, FALSE);
  unwanted = book (fixture, type);
  await_scope (fixture, "user");
  own = services_relay_order (fixture);
  services_relay_await (fixture, own, FALSE, FALSE);
  meetings = services_fixture_meetings (&fixture->base);
  g_assert_null (services_fixture_find (meetings, theirs, NULL));
  g_assert_null (services_fixture_find (meetings, unwanted, NULL));
}

/* As if the relay had not been shown the role for days. */
static void
age_proof (ServicesRelay *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "journal.db", NULL);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE devices SET feed_proved_at = 0", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  sqlite3_close (db);
}

static gboolean
is_proved (gpointer user_data)
{
  ServicesRelay *fixture = user_data;
  g_autofree char *path = g_build_filename (fixture->dir, "journal.db", NULL);
  sqlite3_stmt *statement;
  gboolean is_there;
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT 1 FROM devices WHERE feed_proved_at > 0", -1,
                                       &statement, NULL), ==, SQLITE_OK);
  is_there = sqlite3_step (statement) == SQLITE_ROW;
  sqlite3_finalize (statement);
  sqlite3_close (db);

  return is_there;
}

/* How many hours, begun ones counted, a timer of the kernel still waits by the clock that goes on
 * in a suspended computer; 0: it is none. */
static guint
get_waiting_hours (const char *descriptor)
{
  g_autofree char *path = g_build_filename ("/proc/self/fdinfo", descriptor, NULL);
  g_autofree char *clock = g_strdup_printf ("clockid: %d\n", CLOCK_BOOTTIME);
  g_autofree char *text = NULL;
  const char *value;

  if (!g_file_get_contents (path, &text, NULL, NULL) || strstr (text, clock) == NULL)
    return 0;
  value = strstr (text, "it_value: (");
  g_assert_nonnull (value);

  return (guint) (g_ascii_strtoull (value + strlen ("it_value: ("), NULL, 10) / 3600) + 1;
}

static gboolean
is_next_time_set (gpointer user_data)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fdinfo", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (get_waiting_hours (name) == 6)
        return TRUE;
    }

  return FALSE;
}

/* The relay has forgotten why it may send what concerns colleagues: it is shown the role when the
 * listener starts, a few times a day however often the computer sleeps, and when the view of the
 * organization changes. */
static void
test_feed_role (ServicesRelay *fixture,
                gconstpointer  user_data)
{
  TptRelayListener *listener = fixture->base.services->listener;
  g_autofree char *type = NULL;
  g_autofree char *theirs = NULL;

  switch_view (fixture, TRUE);
  sync_now (fixture);
  type = find_colleagues_type (fixture);
  services_relay_go_live (fixture);
  tpt_relay_listener_stop (listener);
  services_relay_stop (fixture);
  age_proof (fixture);
  services_relay_start (fixture);
  tpt_relay_listener_start (listener);
  tpt_test_await_func (is_proved, fixture);
  tpt_test_await_func (is_next_time_set, NULL);
  tpt_test_await_func (services_relay_is_live, fixture);
  await_scope (fixture, "organization");
  theirs = book (fixture, type);
  services_relay_await (fixture, theirs, FALSE, FALSE);

  services_relay_stop (fixture);
  age_proof (fixture);
  services_relay_start (fixture);
  tpt_test_await_func (services_relay_is_live, fixture);
  g_assert_false (is_proved (fixture));
  switch_view (fixture, FALSE);
  tpt_test_await_func (is_proved, fixture);
}

static void
count_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           requests)
{
  (*(guint *) requests)++;
  soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}

static void
forget_relay (ServicesRelay *fixture)
{
  TptRelayListener *listener = fixture->base.services->listener;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_relay_listener_forget_async (listener, NULL, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  tpt_relay_listener_forget_finish (listener, result, &error);
  g_assert_no_error (error);
}

/* A relay that was left is shown no role any more, and with it no token: nothing at all comes to
 * where it was. */
static void
test_feed_forgotten (ServicesRelay *fixture,
                     gconstpointer  user_data)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GUri) uri = g_uri_parse (fixture->url, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;
  guint requests = 0;

  switch_view (fixture, TRUE);
  sync_now (fixture);
  services_relay_go_live (fixture);
  await_scope (fixture, "organization");
  tpt_test_await_func (is_proved, fixture);
  forget_relay (fixture);
  services_relay_stop (fixture);
  soup_server_add_handler (server, NULL, count_cb, &requests, NULL);
  soup_server_listen_local (server, (guint) g_uri_get_port (uri), SOUP_SERVER_LISTEN_IPV4_ONLY,
                            &error);
  g_assert_no_error (error);

  switch_view (fixture, FALSE);
  sync_now (fixture);
  sync_now (fixture);
  g_assert_cmpuint (requests, ==, 0);
}

/* Enrolled before, the relay sends the own bookings only: it is asked as often as without one. */
static void
test_feed_missing (ServicesRelay *fixture,
                   gconstpointer  user_data)
{
  TptRelayListener *listener = fixture->base.services->listener;

  services_relay_go_live (fixture);
  await_scope (fixture, "user");
  g_assert_false (tpt_relay_listener_has_feed (listener));
  g_assert_true (tpt_relay_listener_is_delivering (listener));
  switch_view (fixture, TRUE);
  g_assert_false (tpt_relay_listener_is_delivering (listener));
  await_scope (fixture, "user");
}

/* What colleagues did while the view was off is found when it is on again, and nobody was to tell
 * of it: none of that was missed. */
static void
test_feed_switched (ServicesRelay *fixture,
                    gconstpointer  user_data)
{
  g_autofree char *type = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *missed = NULL;

  switch_view (fixture, TRUE);
  sync_now (fixture);
  type = find_colleagues_type (fixture);
  services_relay_go_live (fixture);
  await_scope (fixture, "organization");
  switch_view (fixture, FALSE);
  await_scope (fixture, "user");
  theirs = book (fixture, type);

  switch_view (fixture, TRUE);
  await_scope (fixture, "organization");
  services_fixture_ask (&fixture->base, "PUT", "/faults", "{\"webhook\":{\"drop\":1}}");
  missed = book (fixture, type);
  services_relay_move_on (fixture);
  sync_now (fixture);
  g_assert_cmpuint (services_relay_count_known (fixture, &theirs, 1), ==, 1);
  g_assert_cmpuint (services_relay_count_known (fixture, &missed, 1), ==, 1);
  g_assert_cmpuint (services_relay_count_missed (fixture), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add ("/services/feed/everyone", ServicesRelay, GINT_TO_POINTER (TRUE),
              services_relay_set_up, test_feed_everyone, services_relay_tear_down);
  g_test_add ("/services/feed/role", ServicesRelay, GINT_TO_POINTER (TRUE),
              services_relay_set_up, test_feed_role, services_relay_tear_down);
  g_test_add ("/services/feed/forgotten", ServicesRelay, GINT_TO_POINTER (TRUE),
              services_relay_set_up, test_feed_forgotten, services_relay_tear_down);
  g_test_add ("/services/feed/missing", ServicesRelay, GINT_TO_POINTER (TRUE),
              services_relay_set_up, test_feed_missing, services_relay_tear_down);
  g_test_add ("/services/feed/switched", ServicesRelay, GINT_TO_POINTER (TRUE),
              services_relay_set_up, test_feed_switched, services_relay_tear_down);

  return g_test_run ();
}

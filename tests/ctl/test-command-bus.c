/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "services-opening.h"
#include "tpt-command-bus.h"
#include "tpt-config.h"
#include "tpt-exit-status.h"
#include "tpt-test.h"

/* A session bus with the app on it. */
typedef struct
{
  GTestDBus *daemon;
  GDBusConnection *connection;
  TptCommandBus *bus;
  guint name;
} Fixture;

static GDBusConnection *
connect_to (GTestDBus *daemon)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (daemon),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);

  g_assert_no_error (error);

  return connection;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->daemon);
  fixture->connection = connect_to (fixture->daemon);
  fixture->bus = tpt_command_bus_new ();
  g_assert_true (
    tpt_command_bus_export (fixture->bus, fixture->connection, TPT_APP_PATH, &error));
  fixture->name = g_bus_own_name_on_connection (fixture->connection, TPT_APP_ID,
                                                G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL,
                                                NULL);
  tpt_test_await_func ((gboolean (*) (gpointer)) tpt_command_bus_has_app, fixture->connection);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  tpt_command_bus_unexport (fixture->bus);
  g_clear_object (&fixture->bus);
  g_bus_unown_name (fixture->name);
  g_assert_true (g_dbus_connection_close_sync (fixture->connection, NULL, NULL));
  g_clear_object (&fixture->connection);
  g_test_dbus_down (fixture->daemon);
  g_clear_object (&fixture->daemon);
}

/* Until everything that was sent before has been there and back. */
static void
settle (Fixture *fixture)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) id =
        g_dbus_connection_call_sync (fixture->connection, "org.freedesktop.DBus",
                                     "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetId", NULL,
                                     NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (id);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static void
ignore_text (const char *text)
{
}

static void
call (GDBusConnection *connection,
      const char      *line,
      TptTestResult   *waiting)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  tpt_command_bus_call_async (connection, (const char *const *) words, NULL, NULL,
                              ignore_text, ignore_text, NULL, tpt_test_result_cb, waiting);
}

/* Returns: (transfer full): what the command printed */
static char *
finish (TptTestResult *waiting)
{
  g_autoptr (GAsyncResult) result = tpt_test_await (waiting);
  g_autoptr (GError) error = NULL;
  g_autofree char *err = NULL;
  char *out = NULL;
  int status = -1;

  g_assert_true (tpt_command_bus_call_finish (result, &status, &out, &err, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (err, ==, "");
  g_assert_cmpint (status, ==, TPT_EXIT_DONE);

  return out;
}

/* Who waits for the app to open its data is served in order; who has gone away in the meantime is
 * not served at all. */
static void
test_command_bus_waits (Fixture       *fixture,
                        gconstpointer  user_data)
{
  g_autoptr (GDBusConnection) caller = connect_to (fixture->daemon);
  g_autoptr (TptTokenStore) secrets = services_opening_make_secrets (NULL);
  TptServicesOptions options = { .secrets = secrets };
  TptTestResult interrupted = { 0 }, added = { 0 }, listed = { 0 };
  g_autoptr (GAsyncResult) given_up = NULL;
  g_autofree char *out = NULL;
  g_autofree char *list = NULL;
  TptServices *services;

  call (caller, "customers add Interrupted", &interrupted);
  call (fixture->connection, "customers add Patient", &added);
  settle (fixture);
  g_assert_null (interrupted.result);
  g_assert_null (added.result);
  g_assert_true (g_dbus_connection_close_sync (caller, NULL, NULL));
  given_up = tpt_test_await (&interrupted);
  settle (fixture);

  services = services_opening_open (&options);
  tpt_command_bus_set_services (fixture->bus, services);
  out = finish (&added);
  call (fixture->connection, "customers list", &listed);
  list = finish (&listed);
  g_assert_nonnull (strstr (list, "Patient"));
  g_assert_null (strstr (list, "Interrupted"));

  tpt_command_bus_set_services (fixture->bus, NULL);
  services_opening_close (services);
  tpt_test_finalized (services);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);
  g_test_add ("/command-bus/waits", Fixture, NULL, set_up, test_command_bus_waits, tear_down);

  return g_test_run ();
}

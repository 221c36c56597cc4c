/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command-bus.h"
#include "tpt-command-error.h"
#include "tpt-command.h"
#include "tpt-config.h"
#include "tpt-exit-status.h"
#include "tpt-test.h"

/* Runs a line as it would be typed; none of these may need any data. */
static TptExit
run (const char  *line,
     char       **out,
     char       **err)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (TptInvocation) invocation = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { 0 };
  const char *said, *complained;
  TptExit status;

  if (*line == '\0')
    g_clear_pointer (&words[0], g_free);
  invocation = tpt_invocation_new ((const char *const *) words, NULL, NULL);
  tpt_invocation_run_async (invocation, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  status = tpt_invocation_run_finish (invocation, result, &said, &complained);
  *out = g_strdup (said);
  *err = g_strdup (complained);

  return status;
}

static void
assert_usage (const char *line,
              const char *word)
{
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  TptExit status = run (line, &out, &err);

  g_test_message ("%s", line);
  g_assert_cmpint (status, ==, TPT_EXIT_USAGE);
  g_assert_cmpstr (out, ==, "");
  if (strstr (err, word) == NULL)
    g_error ("“%s” is not in “%s”", word, err);
}

static void
test_command_usage (void)
{
  assert_usage ("", "Use: touchpointctl");
  assert_usage ("frobnicate", "no command “frobnicate”");
  assert_usage ("customers", "customers merge CUSTOMER OTHER");
  assert_usage ("customers frobnicate", "no command “customers frobnicate”");
  assert_usage ("help frobnicate", "no command “frobnicate”");
  assert_usage ("--json", "no command “--json”");
  assert_usage ("status --frobnicate", "frobnicate");
  assert_usage ("status extra", "Use: touchpointctl status");
  assert_usage ("customers import", "FILE.csv");
  assert_usage ("status -- --json", "Use: touchpointctl status");
  assert_usage ("customers import --contacts -- -x.csv", "--contacts");
  assert_usage ("customers add Acme --cadence-days -3", "--cadence-days");
  assert_usage ("customers add Acme --cadence-days 0", "from 1 to 3650");
  assert_usage ("customers add Acme --cadence-days 3651", "from 1 to 3650");
  assert_usage ("customers add Acme --cadence-days 0x7", "from 1 to 3650");
  assert_usage ("customers add Acme --owner nobody", "e-mail");
  assert_usage ("connect --token-stdin", "no token");
  assert_usage ("connect --token-stdin --print-url", "exclude");
  assert_usage ("disconnect --keep-data --erase-data", "exclude");
  assert_usage ("meetings list --status moved", "“moved” is no status");
  assert_usage ("meetings list --status superseded", "is no status");
  assert_usage ("meetings list --limit -1", "--limit is a number from 1 on");
  assert_usage ("meetings list --limit 0", "--limit is a number from 1 on");
  assert_usage ("meetings list --limit 1e3", "--limit is a number from 1 on");
  assert_usage ("export meetings --format ics --limit 0", "--limit is a number from 1 on");
  assert_usage ("export", "Use: touchpointctl export");
  assert_usage ("export customers --format ics", "cannot be exported");
  assert_usage ("export meetings", "--format");
  assert_usage ("export meetings --format pdf", "is no format");
  assert_usage ("export meetings --format ics --json", "--output");
  assert_usage ("export meetings --format ics --status moved", "“moved” is no status");
  assert_usage ("event-types --category qbr", "“qbr” is not a slug");
  assert_usage ("link create", "--customer");
  assert_usage ("link list --state lost", "“lost” is no state");
  assert_usage ("metrics --window 91", "30, 90, 180 or 365");
  assert_usage ("metrics --window ninety", "ninety");
  assert_usage ("relay set https://relay.example", "--code");
  assert_usage ("ask", "SENTENCE");
  assert_usage ("match assign x", "CUSTOMER");
  assert_usage ("match rule x.example", "--ignore");
  assert_usage ("match rule x.example Acme --remove", "--ignore");
  assert_usage ("customers split Acme Labs", "--domain");
}

static void
test_command_later (void)
{
  static const char *const lines[] = {
    "watch", "serve", "converse", "slots", "export metrics --format csv",
    "audit verify", "meetings cancel x --reason y", "meetings no-show x",
    "meetings list --document Q1",
    "link create --customer 1 --document Q1", "link create --customer 1 --template T",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    assert_usage (lines[i], "not there yet");
}

static void
test_command_help (void)
{
  static const char *const lines[] = {
    "--help", "-h", "help", "help sync", "help customers", "customers --help", "match -h",
    "help customers add", "connect --help", "disconnect -h", "status --help", "sync --help",
      "customers import --help",
    "customers merge --help", "customers split --help", "match list --help", "match assign --help",
    "match ignore --help", "match rule --help", "match rules --help", "match suggestions --help",
    "match undo --help", "customers add --help", "customers list --help", "customers show --help",
    "meetings list --help",
    "meetings show --help", "event-types --help", "link create --help", "link list --help",
    "metrics --help",
    "relay set --help", "relay show --help", "relay test --help", "relay forget --help",
    "ask --help", "export --help", "export meetings --help",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;
      TptExit status = run (lines[i], &out, &err);

      g_test_message ("%s", lines[i]);
      g_assert_cmpint (status, ==, TPT_EXIT_DONE);
      g_assert_nonnull (strstr (out, "touchpointctl"));
      g_assert_nonnull (strstr (out, "--json"));
      g_assert_cmpstr (err, ==, "");
    }
}

static void
test_command_status (void)
{
  static const struct
  {
    TptConnectionError code;
    TptExit status;
  } cases[] = {
    { TPT_CONNECTION_ERROR_NOT_CONNECTED, TPT_EXIT_NOT_CONNECTED },
    { TPT_CONNECTION_ERROR_RECONNECT, TPT_EXIT_NOT_CONNECTED },
    { TPT_CONNECTION_ERROR_OFFLINE, TPT_EXIT_OFFLINE },
    { TPT_CONNECTION_ERROR_NOT_PERMITTED, TPT_EXIT_NOT_PERMITTED },
    { TPT_CONNECTION_ERROR_DENIED, TPT_EXIT_FAILED },
    { TPT_CONNECTION_ERROR_REJECTED, TPT_EXIT_FAILED },
    { TPT_CONNECTION_ERROR_OTHER_ACCOUNT, TPT_EXIT_FAILED },
    { TPT_CONNECTION_ERROR_TIMEOUT, TPT_EXIT_FAILED },
    { TPT_CONNECTION_ERROR_KEYRING, TPT_EXIT_FAILED },
    { TPT_CONNECTION_ERROR_FAILED, TPT_EXIT_FAILED },
  };
  g_autoptr (GError) usage = g_error_new_literal (TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_USAGE, "x");
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "x");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (TPT_CONNECTION_ERROR, (int) cases[i].code,
                                                      "x");

      g_assert_cmpint (tpt_exit_status_of (error), ==, cases[i].status);
    }
  g_assert_cmpint (tpt_exit_status_of (usage), ==, TPT_EXIT_USAGE);
  g_assert_cmpint (tpt_exit_status_of (other), ==, TPT_EXIT_FAILED);
}

static void
message_cb (const char *text)
{
  g_assert_not_reached ();
}

/* Until everything that was sent before has been there and back. */
static void
settle_bus (GDBusConnection *connection)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) id =
        g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                     "org.freedesktop.DBus", "GetId", NULL, NULL,
                                     G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (id);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

/* What "status" is answered over the bus: at once or, with @settle, after that. */
static void
assert_refused (GDBusConnection  *connection,
                TptCommandBus    *bus,
                void            (*settle) (TptCommandBus *bus))
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  TptTestResult waiting = { 0 };
  int status = -1;

  tpt_command_bus_call_async (connection, (const char *const[]) { "status", NULL }, NULL, NULL,
                              message_cb, message_cb, NULL, tpt_test_result_cb, &waiting);
  if (settle != NULL)
    {
      settle_bus (connection);
      g_assert_null (waiting.result);
      settle (bus);
    }
  result = tpt_test_await (&waiting);
  g_assert_true (tpt_command_bus_call_finish (result, &status, &out, &err, &error));
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, TPT_EXIT_FAILED);
  g_assert_cmpstr (out, ==, "");
  g_assert_nonnull (strstr (err, "not opened"));
}

static void
give_up (TptCommandBus *bus)
{
  tpt_command_bus_set_opening (bus, FALSE);
}

/* On a real bus: while the app opens its data, a command waits; when it cannot, it says so instead
 * of letting a second process in. */
static void
test_command_bus (void)
{
  g_autoptr (GTestDBus) daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (TptCommandBus) bus = tpt_command_bus_new ();
  g_autoptr (GError) error = NULL;
  guint name;

  g_test_dbus_up (daemon);
  connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (daemon),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL,
    &error);
  g_assert_no_error (error);
  g_assert_false (tpt_command_bus_has_app (connection));

  g_assert_true (tpt_command_bus_export (bus, connection, TPT_APP_PATH, &error));
  name = g_bus_own_name_on_connection (connection, TPT_APP_ID, G_BUS_NAME_OWNER_FLAGS_NONE, NULL,
                                       NULL, NULL, NULL);
  tpt_test_await_func ((gboolean (*) (gpointer)) tpt_command_bus_has_app, connection);
  assert_refused (connection, bus, give_up);
  assert_refused (connection, bus, NULL);

  tpt_command_bus_unexport (bus);
  g_bus_unown_name (name);
  g_assert_true (g_dbus_connection_close_sync (connection, NULL, NULL));
  g_clear_object (&connection);
  g_test_dbus_down (daemon);
}

int
main (int   argc,
      char *argv[])
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/command/usage", test_command_usage);
  g_test_add_func ("/command/later", test_command_later);
  g_test_add_func ("/command/help", test_command_help);
  g_test_add_func ("/command/status", test_command_status);
  g_test_add_func ("/command/bus", test_command_bus);

  return g_test_run ();
}

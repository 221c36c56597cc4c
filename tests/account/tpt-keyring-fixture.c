/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-keyring-fixture.h"

#include <gio/gunixsocketaddress.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#define SERVICE   "org.freedesktop.secrets"
#define INTERFACE "org.freedesktop.Secret"
#define ROOT      "/org/freedesktop/secrets"
#define LOGIN     ROOT "/collection/login"
#define PASSWORD  "password"

/* Without service files: nothing is started by itself here, a prompter neither. */
#define BUS_CONFIG                                                                                 \
  "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "            \
  "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\"><busconfig><type>session</"     \
  "type>"                                                                                          \
  "<listen>unix:path=%s/bus</listen><policy context=\"default\"><allow send_destination=\"*\"/>"   \
  "<allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>"

/* A test that fails ends by abort, and takes its processes with it. */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GDBusConnection *
connect_bus (void)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);

  g_assert_no_error (error);
  g_dbus_connection_set_exit_on_close (connection, FALSE);

  return connection;
}

static gboolean
has_service (gpointer user_data)
{
  g_autoptr (GDBusConnection) connection = connect_bus ();
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "NameHasOwner", g_variant_new ("(s)", SERVICE), G_VARIANT_TYPE ("(b)"),
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  gboolean owned = FALSE;

  g_assert_nonnull (reply);
  g_variant_get (reply, "(b)", &owned);

  return owned == GPOINTER_TO_INT (user_data);
}

/* Its socket has a name before anybody listens there. */
static gboolean
has_bus (gpointer path)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);

  return connection != NULL;
}

TptKeyringFixture *
tpt_keyring_fixture_new (void)
{
  TptKeyringFixture *self = g_new0 (TptKeyringFixture, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *config = NULL;
  g_autofree char *text = NULL;
  g_autofree char *option = NULL;
  g_autofree char *socket = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;

  self->directory = tpt_test_make_dir ();
  config = g_build_filename (self->directory, "bus.conf", NULL);
  socket = g_build_filename (self->directory, "bus", NULL);
  text = g_strdup_printf (BUS_CONFIG, self->directory);
  g_assert_true (g_file_set_contents (config, text, -1, NULL));
  option = g_strconcat ("--config-file=", config, NULL);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->bus
      = g_subprocess_launcher_spawn (launcher, &error, "dbus-daemon", "--nofork", option, NULL);
  g_assert_no_error (error);
  tpt_test_await_func (has_bus, socket);
  address = g_strconcat ("unix:path=", socket, NULL);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);

  return self;
}

void
tpt_keyring_fixture_free (TptKeyringFixture *self)
{
  if (self->daemon != NULL)
    tpt_keyring_fixture_kill_daemon (self);
  g_subprocess_force_exit (self->bus);
  g_subprocess_wait (self->bus, NULL, NULL);
  g_object_unref (self->bus);
  tpt_test_remove_dir (self->directory);
  g_free (self->directory);
  g_free (self);
}

/* Returns: (transfer full): told @password, or nothing where that is %NULL */
static GSubprocess *
spawn_daemon (TptKeyringFixture *self,
              const char        *password)
{
  const GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDIN_PIPE
                                 | G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                 | G_SUBPROCESS_FLAGS_STDERR_SILENCE;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GError) error = NULL;
  GSubprocess *daemon;

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  /* Its warnings are no failure of ours. */
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  g_subprocess_launcher_setenv (launcher, "HOME", self->directory, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", self->directory, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", self->directory, TRUE);
  daemon = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground",
                                        "--components=secrets",
                                        password != NULL ? "--unlock" : NULL, NULL);
  g_assert_no_error (error);

  return daemon;
}

/* With a login keyring that is open: made on the first start, and found again on the next. */
void
tpt_keyring_fixture_start_daemon (TptKeyringFixture *self)
{
  GOutputStream *input;

  self->daemon = spawn_daemon (self, PASSWORD);
  input = g_subprocess_get_stdin_pipe (self->daemon);
  g_assert_true (g_output_stream_write_all (input, PASSWORD, strlen (PASSWORD), NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (input, NULL, NULL));
  tpt_test_await_func (has_service, GINT_TO_POINTER (TRUE));
}

/* With the login keyring of an earlier start, which nobody has opened since. */
void
tpt_keyring_fixture_start_locked (TptKeyringFixture *self)
{
  self->daemon = spawn_daemon (self, NULL);
  tpt_test_await_func (has_service, GINT_TO_POINTER (TRUE));
}

/* Whether the process whose status (proc(5)) is in the file stands still. */
static gboolean
is_held (gpointer user_data)
{
  g_autofree char *text = NULL;
  const char *state;

  g_assert_true (g_file_get_contents (user_data, &text, NULL, NULL));
  state = strrchr (text, ')');
  g_assert_nonnull (state);

  return g_str_has_prefix (state, ") T");
}

/* GSubprocess sends a signal from a thread of its own, some time: it has to have come before
 * anybody asks the daemon for something. */
void
tpt_keyring_fixture_hold_daemon (TptKeyringFixture *self)
{
  g_autofree char *status =
    g_strdup_printf ("/proc/%s/stat", g_subprocess_get_identifier (self->daemon));

  g_subprocess_send_signal (self->daemon, SIGSTOP);
  tpt_test_await_func (is_held, status);
}

void
tpt_keyring_fixture_kill_daemon (TptKeyringFixture *self)
{
  g_subprocess_force_exit (self->daemon);
  g_subprocess_wait (self->daemon, NULL, NULL);
  g_clear_object (&self->daemon);
  tpt_test_await_func (has_service, GINT_TO_POINTER (FALSE));
}

/* Returns: (transfer full): what the daemon answers; that it refuses is a failure */
static GVariant *
call (const char *path,
      const char *interface,
      const char *method,
      GVariant   *parameters)
{
  g_autoptr (GDBusConnection) connection = connect_bus ();
  g_autoptr (GError) error = NULL;
  GVariant *reply = g_dbus_connection_call_sync (connection, SERVICE, path, interface, method,
                                                 parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                                                 NULL, &error);

  g_assert_no_error (error);

  return reply;
}

/* Returns: (transfer floating): @text as the service takes it, in a session without encryption */
static GVariant *
make_secret (const char *text)
{
  g_autoptr (GVariant) answer = call (ROOT, INTERFACE ".Service", "OpenSession",
                                      g_variant_new ("(sv)", "plain", g_variant_new_string ("")));
  const char *opened;

  g_variant_get (answer, "(v&o)", NULL, &opened);

  return g_variant_new ("(o@ay@ays)", opened, g_variant_new_array (G_VARIANT_TYPE_BYTE, NULL, 0),
                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, text, strlen (text), 1),
                        "text/plain");
}

/* As the user does who locks it, or the screen. */
void
tpt_keyring_fixture_lock (TptKeyringFixture *self)
{
  static const char *const objects[] = { ROOT "/aliases/default", NULL };
  g_autoptr (GVariant) reply = call (ROOT, INTERFACE ".Service", "Lock",
                                     g_variant_new ("(^ao)", objects));

  g_assert_nonnull (reply);
}

/* As the user does who enters the password. */
void
tpt_keyring_fixture_unlock (TptKeyringFixture *self)
{
  g_autoptr (GVariant) reply = NULL;

  reply = call (ROOT, "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
                "UnlockWithMasterPassword",
                g_variant_new ("(o@(oayays))", LOGIN, make_secret (PASSWORD)));
  g_assert_nonnull (reply);
}

/* One more, though there may be one of that kind. */
void
tpt_keyring_fixture_add_item (TptKeyringFixture *self,
                              const char        *application,
                              const char        *kind,
                              const char        *secret)
{
  g_autoptr (GVariant) reply = NULL;
  g_auto (GVariantBuilder) properties = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_auto (GVariantBuilder) attributes = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  g_variant_builder_add (&attributes, "{ss}", "xdg:schema", "io.github.touchpoint_desk.Secret");
  g_variant_builder_add (&attributes, "{ss}", "application", application);
  g_variant_builder_add (&attributes, "{ss}", "kind", kind);
  g_variant_builder_add (&properties, "{sv}", INTERFACE ".Item.Label",
                         g_variant_new_string ("Touchpoint"));
  g_variant_builder_add (&properties, "{sv}", INTERFACE ".Item.Attributes",
                         g_variant_builder_end (&attributes));
  reply = call (LOGIN, INTERFACE ".Collection", "CreateItem",
                g_variant_new ("(@a{sv}@(oayays)b)", g_variant_builder_end (&properties),
                               make_secret (secret), FALSE));
  g_assert_nonnull (reply);
}

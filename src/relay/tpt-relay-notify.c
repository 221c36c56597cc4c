/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-notify.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <unistd.h>

static GSocketAddress *
address_of (const char *path)
{
  if (path[0] == '@')
    return g_unix_socket_address_new_with_type (path + 1, -1, G_UNIX_SOCKET_ADDRESS_ABSTRACT);

  return g_unix_socket_address_new (path);
}

/**
 * tpt_relay_notify:
 * @state: such as `READY=1`
 *
 * Tells the service manager, where there is one: sd_notify (3)'s protocol.
 */
void
tpt_relay_notify (const char *state)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL || (path[0] != '/' && path[0] != '@'))
    return;
  address = address_of (path);
  socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_DEFAULT,
                         &error);
  if (socket == NULL ||
      g_socket_send_to (socket, address, state, strlen (state), NULL, &error) < 0)
    g_message ("The service manager could not be told: %s", error->message);
}

static gboolean
watchdog_cb (gpointer user_data)
{
  tpt_relay_notify ("WATCHDOG=1");

  return G_SOURCE_CONTINUE;
}

/**
 * tpt_relay_notify_start_watchdog:
 *
 * Says from the main loop, twice in the time that the service manager allows, that it still turns:
 * sd_watchdog_enabled (3)'s protocol. Nothing happens where nobody asks for it.
 */
void
tpt_relay_notify_start_watchdog (void)
{
  const char *time = g_getenv ("WATCHDOG_USEC");
  const char *pid = g_getenv ("WATCHDOG_PID");
  guint64 microseconds, number;

  if (time == NULL ||
      !g_ascii_string_to_unsigned (time, 10, 2 * 1000, G_MAXINT32, &microseconds, NULL))
    return;
  if (pid != NULL && (!g_ascii_string_to_unsigned (pid, 10, 1, G_MAXINT32, &number, NULL) ||
                      number != (guint64) getpid ()))
    return;
  g_timeout_add ((guint) (microseconds / 1000 / 2), watchdog_cb, NULL);
}

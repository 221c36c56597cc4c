/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-activation.h"

#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tpt-relay-error.h"

/* Sockets that the service manager opened and hands over: sd_listen_fds (3)'s protocol. It keeps
 * them while the relay restarts, so that whoever connects meanwhile waits and is not refused. */
#define FIRST_DESCRIPTOR 3
#define DESCRIPTORS_MAX  16

static guint
count_descriptors (void)
{
  const char *pid = g_getenv ("LISTEN_PID");
  const char *count = g_getenv ("LISTEN_FDS");
  guint64 number;

  if (pid == NULL || count == NULL)
    return 0;
  if (!g_ascii_string_to_unsigned (pid, 10, 1, G_MAXINT32, &number, NULL) ||
      number != (guint64) getpid ())
    return 0;
  if (!g_ascii_string_to_unsigned (count, 10, 0, DESCRIPTORS_MAX, &number, NULL))
    return 0;

  return (guint) number;
}

static gboolean
is_listening (int fd)
{
  int listening = 0;
  int type = 0;
  socklen_t size = sizeof listening;
  socklen_t type_size = sizeof type;

  return getsockopt (fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening != 0 &&
         getsockopt (fd, SOL_SOCKET, SO_TYPE, &type, &type_size) == 0 && type == SOCK_STREAM;
}

static GSocketAddress *
find_address (int fd)
{
  struct sockaddr_storage storage;
  socklen_t size = sizeof storage;

  if (!is_listening (fd) || getsockname (fd, (struct sockaddr *) &storage, &size) < 0)
    return NULL;

  return g_socket_address_new_from_native (&storage, size);
}

static gboolean
is_at (GSocketAddress  *address,
       TptRelayAddress *wanted)
{
  if (wanted == NULL)
    return FALSE;
  if (G_IS_UNIX_SOCKET_ADDRESS (address))
    return wanted->path != NULL &&
           g_str_equal (g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (address)),
                        wanted->path);
  if (!G_IS_INET_SOCKET_ADDRESS (address) || wanted->inet == NULL)
    return FALSE;

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)) == wanted->port &&
         g_inet_address_equal (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)),
                               wanted->inet);
}

/**
 * tpt_relay_activation_check:
 * @admin_listen: (nullable): the second address, where there is one
 *
 * A socket that was handed over and that the configuration does not name would keep whoever
 * connects to it waiting for ever.
 *
 * Returns: FALSE with TPT_RELAY_ERROR_LISTEN
 */
gboolean
tpt_relay_activation_check (TptRelayAddress  *listen,
                            TptRelayAddress  *admin_listen,
                            GError          **error)
{
  guint count = count_descriptors ();

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GSocketAddress) address = find_address (FIRST_DESCRIPTOR + (int) i);
      g_autofree char *text = NULL;

      if (address == NULL)
        {
          g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_LISTEN,
                       "The service manager handed over descriptor %u, which is no listening stream"
                       " socket", FIRST_DESCRIPTOR + i);
          return FALSE;
        }
      if (is_at (address, listen) || is_at (address, admin_listen))
        continue;
      text = g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (address));
      g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_LISTEN,
                   "The service manager listens on %s, and the configuration does not", text);
      return FALSE;
    }

  return TRUE;
}

/**
 * tpt_relay_activation_take:
 *
 * Returns: (transfer full) (nullable): the non-blocking socket that the service manager listens
 *   with at @address; NULL where it has none
 */
GSocket *
tpt_relay_activation_take (TptRelayAddress *address)
{
  guint count = count_descriptors ();

  for (guint i = 0; i < count; i++)
    {
      int fd = FIRST_DESCRIPTOR + (int) i;
      g_autoptr (GSocketAddress) found = find_address (fd);
      GSocket *socket;

      if (found == NULL || !is_at (found, address))
        continue;
      fcntl (fd, F_SETFD, FD_CLOEXEC);
      socket = g_socket_new_from_fd (fd, NULL);
      if (socket != NULL)
        g_socket_set_blocking (socket, FALSE);
      return socket;
    }

  return NULL;
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-address.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "tpt-relay-error.h"

/* GLib's 10 makes the eleventh client of a burst wait for a retransmission. */
#define BACKLOG 1024
#define SOCKET_MODE 0660

void
tpt_relay_address_free (TptRelayAddress *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_clear_object (&self->inet);
  g_free (self);
}

static TptRelayAddress *
refuse (GError     **error,
        const char  *text,
        const char  *why)
{
  g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_CONFIG, "listen=%s: %s", text, why);
  return NULL;
}

/* `127.0.0.1:PORT` or `[::1]:PORT`. */
static gboolean
parse_inet (TptRelayAddress *self,
            const char      *text)
{
  const char *colon = strrchr (text, ':');
  g_autofree char *host = NULL;
  gsize length;
  guint64 port;

  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
    return FALSE;
  host = g_strndup (text, (gsize) (colon - text));
  length = strlen (host);
  if (length > 2 && host[0] == '[' && host[length - 1] == ']')
    {
      host[length - 1] = '\0';
      self->inet = g_inet_address_new_from_string (host + 1);
    }
  else if (strchr (host, ':') == NULL)
    {
      self->inet = g_inet_address_new_from_string (host);
    }
  self->port = (guint16) port;

  return self->inet != NULL;
}

/**
 * tpt_relay_address_parse:
 * @text: `unix:PATH` or `tcp:IP:PORT`; port 0 takes a free one
 * @allow_any: also addresses other than loopback, where no proxy stands in front
 *
 * Returns: (transfer full): NULL with TPT_RELAY_ERROR_CONFIG
 */
TptRelayAddress *
tpt_relay_address_parse (const char  *text,
                         gboolean     allow_any,
                         GError     **error)
{
  g_autoptr (TptRelayAddress) self = g_new0 (TptRelayAddress, 1);

  if (g_str_has_prefix (text, "unix:"))
    {
      self->path = g_strdup (text + strlen ("unix:"));
      if (!g_path_is_absolute (self->path))
        return refuse (error, text, "the path must be absolute");
      if (strlen (self->path) >= sizeof ((struct sockaddr_un *) 0)->sun_path)
        return refuse (error, text, "the path is too long for a socket");
      return g_steal_pointer (&self);
    }
  if (!g_str_has_prefix (text, "tcp:") || !parse_inet (self, text + strlen ("tcp:")))
    return refuse (error, text, "must be unix:PATH or tcp:127.0.0.1:PORT");
  if (!allow_any && !g_inet_address_get_is_loopback (self->inet))
    return refuse (error, text,
                   "only loopback is safe without a proxy (--i-know-this-is-not-a-proxy)");

  return g_steal_pointer (&self);
}

/* A socket that nobody answers on was left by a relay that was killed. */
static gboolean
remove_stale (const char      *path,
              GSocketAddress  *address,
              GError         **error)
{
  g_autoptr (GSocket) probe = NULL;
  g_autoptr (GError) local_error = NULL;
  struct stat status;

  if (lstat (path, &status) < 0)
    return TRUE;
  if (!S_ISSOCK (status.st_mode))
    {
      g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_LISTEN, "%s is there and no socket",
                   path);
      return FALSE;
    }
  probe = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                        error);
  if (probe == NULL)
    return FALSE;
  if (g_socket_connect (probe, address, NULL, &local_error))
    {
      g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_LISTEN, "Somebody listens on %s", path);
      return FALSE;
    }
  if (g_unlink (path) < 0)
    {
      g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_LISTEN, "Cannot remove %s: %s", path,
                   g_strerror (errno));
      return FALSE;
    }

  return TRUE;
}

static gboolean
bind_unix (GSocket          *socket,
           TptRelayAddress  *self,
           GError          **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->path);

  if (!remove_stale (self->path, address, error) || !g_socket_bind (socket, address, FALSE, error))
    return FALSE;
  /* Before listen (), so that nobody connects meanwhile. */
  if (g_chmod (self->path, SOCKET_MODE) < 0)
    {
      g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_LISTEN, "Cannot set the mode of %s: %s",
                   self->path, g_strerror (errno));
      return FALSE;
    }

  return TRUE;
}

static gboolean
bind_inet (GSocket          *socket,
           TptRelayAddress  *self,
           GError          **error)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (self->inet, self->port);

  return g_socket_bind (socket, address, TRUE, error);
}

/* Returns: (transfer full): with the port that @socket really has */
char *
tpt_relay_address_describe (TptRelayAddress *self,
                            GSocket         *socket)
{
  g_autoptr (GSocketAddress) address = NULL;
  g_autofree char *host = NULL;
  guint16 port;

  if (self->path != NULL)
    return g_strconcat ("unix:", self->path, NULL);
  address = g_socket_get_local_address (socket, NULL);
  port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  host = g_inet_address_to_string (self->inet);
  if (g_inet_address_get_family (self->inet) == G_SOCKET_FAMILY_IPV6)
    return g_strdup_printf ("tcp:[%s]:%u", host, port);

  return g_strdup_printf ("tcp:%s:%u", host, port);
}

/**
 * tpt_relay_address_listen:
 * @bound: (out): the address with its real port
 *
 * Returns: (transfer full): a listening, non-blocking socket; a Unix socket has mode 0660
 */
GSocket *
tpt_relay_address_listen (TptRelayAddress  *self,
                          char            **bound,
                          GError          **error)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) local_error = NULL;
  GSocketFamily family = self->path != NULL ? G_SOCKET_FAMILY_UNIX
                                            : g_inet_address_get_family (self->inet);
  gboolean good;

  socket = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, &local_error);
  good = socket != NULL && (self->path != NULL ? bind_unix (socket, self, &local_error)
                                               : bind_inet (socket, self, &local_error));
  if (good)
    {
      g_socket_set_blocking (socket, FALSE);
      g_socket_set_listen_backlog (socket, BACKLOG);
      good = g_socket_listen (socket, &local_error);
    }
  if (!good)
    {
      g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_LISTEN, "Cannot listen: %s",
                   local_error->message);
      return NULL;
    }
  *bound = tpt_relay_address_describe (self, socket);

  return g_steal_pointer (&socket);
}

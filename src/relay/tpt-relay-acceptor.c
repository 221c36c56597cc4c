/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-acceptor.h"

#include <glib/gstdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "tpt-relay-activation.h"

#define ACCEPTS_AT_ONCE 64
#define ACCEPT_PAUSE_MILLISECONDS 200

struct _TptRelayAcceptor
{
  /* borrowed */
  TptRelayAcceptorFunc  on_socket;
  gpointer              user_data;
  /* owned */
  char                 *path; /* of a Unix socket */
  char                 *address;
  GSocket              *socket;
  GSource              *source;
  guint                 pause;
  gboolean              said_refused;
  gboolean              is_inherited;
};

static void start_accepting (TptRelayAcceptor *self);

static gboolean
pause_cb (gpointer user_data)
{
  TptRelayAcceptor *self = user_data;

  self->pause = 0;
  start_accepting (self);

  return G_SOURCE_REMOVE;
}

/* No descriptor, no memory: whoever waits stays in the kernel's queue. Trying again at once would
 * keep a processor busy and fill the log until something is freed. */
static void
pause_accepting (TptRelayAcceptor *self,
                 const GError     *error)
{
  if (!self->said_refused)
    g_message ("A connection was not taken: %s", error->message);
  self->said_refused = TRUE;
  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  self->pause = g_timeout_add (ACCEPT_PAUSE_MILLISECONDS, pause_cb, self);
}

static gboolean
accept_cb (GSocket      *listener,
           GIOCondition  condition,
           gpointer      user_data)
{
  TptRelayAcceptor *self = user_data;

  for (guint i = 0; i < ACCEPTS_AT_ONCE; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) socket = g_socket_accept (listener, NULL, &error);

      if (socket == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          pause_accepting (self, error);
          return G_SOURCE_REMOVE;
        }
      if (socket == NULL)
        break;
      self->said_refused = FALSE;
      g_socket_set_blocking (socket, FALSE);
      if (self->path == NULL)
        g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
      self->on_socket (self, socket, self->user_data);
    }

  return G_SOURCE_CONTINUE;
}

static void
start_accepting (TptRelayAcceptor *self)
{
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (accept_cb), self, NULL);
  g_source_attach (self->source, NULL);
}

/* Returns: (transfer full): listening; NULL with TPT_RELAY_ERROR_LISTEN */
TptRelayAcceptor *
tpt_relay_acceptor_new (TptRelayAddress       *address,
                        TptRelayAcceptorFunc   on_socket,
                        gpointer               user_data,
                        GError               **error)
{
  g_autoptr (TptRelayAcceptor) self = g_new0 (TptRelayAcceptor, 1);

  self->on_socket = on_socket;
  self->user_data = user_data;
  self->socket = tpt_relay_activation_take (address);
  self->is_inherited = self->socket != NULL;
  if (self->is_inherited)
    self->address = tpt_relay_address_describe (address, self->socket);
  else
    self->socket = tpt_relay_address_listen (address, &self->address, error);
  if (self->socket == NULL)
    return NULL;
  self->path = g_strdup (address->path);
  start_accepting (self);

  return g_steal_pointer (&self);
}

/* As it was bound: with the port that was free. */
const char *
tpt_relay_acceptor_get_address (TptRelayAcceptor *self)
{
  return self->address;
}

/* Takes nobody any more. */
void
tpt_relay_acceptor_stop (TptRelayAcceptor *self)
{
  if (self->source == NULL && self->pause == 0)
    return;
  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_socket_close (self->socket, NULL);
  if (self->path != NULL && !self->is_inherited)
    g_unlink (self->path);
}

void
tpt_relay_acceptor_free (TptRelayAcceptor *self)
{
  if (self == NULL)
    return;
  tpt_relay_acceptor_stop (self);
  g_clear_object (&self->socket);
  g_free (self->path);
  g_free (self->address);
  g_free (self);
}

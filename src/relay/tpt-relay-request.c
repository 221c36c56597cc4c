/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-request.h"

#include "tpt-relay-connection.h"
#include "tpt-relay-message.h"

/**
 * tpt_relay_request_new:
 * @head: (transfer full):
 * @body: (transfer full):
 */
TptRelayRequest *
tpt_relay_request_new (TptRelayConnection *connection,
                       TptRelayHead       *head,
                       GBytes             *body)
{
  TptRelayRequest *self = g_new0 (TptRelayRequest, 1);

  self->connection = tpt_relay_connection_ref (connection);
  self->head = head;
  self->body = body;

  return self;
}

static void
request_free (TptRelayRequest *self)
{
  g_clear_pointer (&self->head, tpt_relay_head_free);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->argument);
  if (self->fields != NULL)
    g_string_free (self->fields, TRUE);
  tpt_relay_connection_unref (self->connection);
  g_free (self);
}

/* Who asked is known: the connection is not among the first to go when there are too many. */
void
tpt_relay_request_authenticated (TptRelayRequest *self)
{
  tpt_relay_connection_set_authenticated (self->connection);
}

/* One more line in the head of the answer; @value comes from nobody else than the relay. */
void
tpt_relay_request_add_field (TptRelayRequest *self,
                             const char      *name,
                             const char      *value)
{
  if (self->fields == NULL)
    self->fields = g_string_new (NULL);
  g_string_append_printf (self->fields, "%s: %s\r\n", name, value);
}

/* @seconds: after which the client is told that it takes too long; 0 for as many as are usual,
 * which are enough for what waits for the journal alone */
void
tpt_relay_request_set_patience (TptRelayRequest *self,
                                guint            seconds)
{
  tpt_relay_connection_set_patience (self->connection, seconds);
}

/**
 * tpt_relay_request_begin:
 *
 * For what must not be done for somebody who was told that it was not: called in the batch that
 * does it, from any thread. However long that takes from now on, the client waits for the outcome.
 *
 * Returns: FALSE where nobody waits for it any more
 */
gboolean
tpt_relay_request_begin (TptRelayRequest *self)
{
  return tpt_relay_fate_begin (tpt_relay_connection_get_fate (self->connection));
}

/* Whether nobody waits for the answer any more. From any thread. */
gboolean
tpt_relay_request_is_over (TptRelayRequest *self)
{
  return tpt_relay_fate_is_over (tpt_relay_connection_get_fate (self->connection));
}

/* The socket that it came on, to look at. */
int
tpt_relay_request_get_fd (TptRelayRequest *self)
{
  return tpt_relay_connection_get_fd (self->connection);
}

/**
 * tpt_relay_request_reply:
 * @self: (transfer full): ended by this
 * @body: JSON, or of the request's type; not sent with a 204
 */
void
tpt_relay_request_reply (TptRelayRequest *self,
                         guint            status,
                         const char      *body)
{
  tpt_relay_connection_answer (self->connection, g_steal_pointer (&self->head), status,
                               self->type, self->fields, body);
  request_free (self);
}

/**
 * tpt_relay_request_problem:
 * @self: (transfer full): ended by this
 * @error: a word for programs
 * @message: a sentence for people
 */
void
tpt_relay_request_problem (TptRelayRequest *self,
                           guint            status,
                           const char      *error,
                           const char      *message)
{
  g_autofree char *json = tpt_relay_problem_encode (error, message);

  tpt_relay_request_reply (self, status, json);
}

/**
 * tpt_relay_request_steal:
 * @self: (transfer full): ended by this
 *
 * Takes the socket out of the connection; the caller answers on it by itself, from any thread.
 *
 * Returns: (transfer full) (nullable): NULL where the client has gone
 */
GSocket *
tpt_relay_request_steal (TptRelayRequest *self)
{
  GSocket *socket = tpt_relay_connection_steal (self->connection);

  request_free (self);

  return socket;
}

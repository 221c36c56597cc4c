/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-server.h"

#include <glib/gstdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/resource.h>

#include "tpt-relay-connection.h"
#include "tpt-relay-guard.h"

#define CONNECTIONS_MAX 10000
/* Journal, libraries, questions to Calendly. */
#define DESCRIPTORS_KEPT 48
#define DESCRIPTORS_LEAST 16
#define ACCEPTS_AT_ONCE 64
#define ACCEPT_PAUSE_MILLISECONDS 200
/* Bodies and heads on their way in, of all connections together. */
#define HELD_MAX (32 * 1024 * 1024)
#define STOP_SECONDS 10

struct _TptRelayServer
{
  /* borrowed */
  TptRelayContext *context;
  /* owned */
  GSocket         *listener;
  GSource         *accept_source;
  guint            accept_pause;
  GHashTable      *connections; /* → its link in `by_age` */
  GQueue           by_age;
  char            *address;
  guint            limit;
  gsize            held;
  gboolean         said_full;
  gboolean         said_refused;
  GSourceFunc      stopped;
  gpointer         stopped_data;
  guint            stop_deadline;
};

static void
dispatch_cb (TptRelayRequest *request,
             gpointer         user_data)
{
  TptRelayServer *self = user_data;
  const char *allow = NULL;
  const TptRelayRoute *route = tpt_relay_route_table_find (TPT_RELAY_DOOR_PUBLIC, request, &allow);

  if (route != NULL)
    {
      if (tpt_relay_guard_admit (self->context, request, route))
        route->handle (self->context, request);
      return;
    }
  if (allow == NULL)
    {
      tpt_relay_request_problem (request, 404, "not_found", "There is nothing here.");
      return;
    }
  tpt_relay_request_add_field (request, "Allow", allow);
  tpt_relay_request_problem (request, 405, "method_not_allowed", "Not with this method.");
}

static void
check_stopped (TptRelayServer *self)
{
  GSourceFunc stopped = self->stopped;

  if (stopped == NULL || g_hash_table_size (self->connections) > 0)
    return;
  self->stopped = NULL;
  g_clear_handle_id (&self->stop_deadline, g_source_remove);
  g_idle_add (stopped, self->stopped_data);
}

static void
closed_cb (TptRelayConnection *connection,
           gpointer            user_data)
{
  TptRelayServer *self = user_data;
  GList *link = g_hash_table_lookup (self->connections, connection);

  g_queue_delete_link (&self->by_age, link);
  g_hash_table_remove (self->connections, connection);
  check_stopped (self);
}

/* Makes room by closing the oldest of whom nothing is known. FALSE where all are known. */
static gboolean
make_room (TptRelayServer *self)
{
  guint count = g_hash_table_size (self->connections) +
                tpt_relay_fanout_get_count (self->context->fanout);

  if (count < self->limit)
    {
      self->said_full = FALSE;
      return TRUE;
    }
  if (!self->said_full)
    g_message ("There are %u connections; the oldest strangers are closed", count);
  self->said_full = TRUE;
  for (GList *link = self->by_age.head; link != NULL; link = link->next)
    {
      if (tpt_relay_connection_may_be_dropped (link->data))
        {
          tpt_relay_connection_close (link->data);
          return TRUE;
        }
    }

  return FALSE;
}

/* What is being sent in slowly must not fill the memory: the oldest gives way. */
static void
held_cb (TptRelayConnection *connection,
         gssize              change,
         gpointer            user_data)
{
  TptRelayServer *self = user_data;
  GList *link = self->by_age.head;

  self->held = (gsize) ((gssize) self->held + change);
  while (change > 0 && self->held > HELD_MAX && link != NULL)
    {
      TptRelayConnection *other = link->data;

      link = link->next;
      if (other != connection && tpt_relay_connection_get_held (other) > 0 &&
          tpt_relay_connection_is_reading (other))
        tpt_relay_connection_close (other);
    }
}

static void
take_socket (TptRelayServer *self,
             GSocket        *socket)
{
  TptRelayConnection *connection;

  g_socket_set_blocking (socket, FALSE);
  if (!make_room (self))
    {
      g_socket_close (socket, NULL);
      return;
    }
  if (g_socket_get_family (socket) != G_SOCKET_FAMILY_UNIX)
    g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  connection = tpt_relay_connection_new (socket, dispatch_cb, closed_cb, held_cb, self);
  g_queue_push_tail (&self->by_age, connection);
  g_hash_table_insert (self->connections, connection, self->by_age.tail);
}

static void start_accepting (TptRelayServer *self);

static gboolean
accept_pause_cb (gpointer user_data)
{
  TptRelayServer *self = user_data;

  self->accept_pause = 0;
  start_accepting (self);

  return G_SOURCE_REMOVE;
}

/* No descriptor, no memory: whoever waits stays in the kernel's queue. Trying again at once would
 * keep a processor busy and fill the log until something is freed. */
static void
pause_accepting (TptRelayServer *self,
                 const GError   *error)
{
  if (!self->said_refused)
    g_message ("A connection was not taken: %s", error->message);
  self->said_refused = TRUE;
  g_source_destroy (self->accept_source);
  g_clear_pointer (&self->accept_source, g_source_unref);
  self->accept_pause = g_timeout_add (ACCEPT_PAUSE_MILLISECONDS, accept_pause_cb, self);
}

static gboolean
accept_cb (GSocket      *listener,
           GIOCondition  condition,
           gpointer      user_data)
{
  TptRelayServer *self = user_data;

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
      take_socket (self, socket);
    }

  return G_SOURCE_CONTINUE;
}

static void
start_accepting (TptRelayServer *self)
{
  self->accept_source = g_socket_create_source (self->listener, G_IO_IN, NULL);
  g_source_set_callback (self->accept_source, G_SOURCE_FUNC (accept_cb), self, NULL);
  g_source_attach (self->accept_source, NULL);
}

/* As many descriptors as the machine allows, as many connections as they suffice for. */
static guint
find_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) < 0)
    return 256;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > CONNECTIONS_MAX + DESCRIPTORS_KEPT)
    return CONNECTIONS_MAX;

  return limit.rlim_cur > DESCRIPTORS_KEPT + DESCRIPTORS_LEAST
           ? (guint) limit.rlim_cur - DESCRIPTORS_KEPT
           : DESCRIPTORS_LEAST;
}

/* Returns: (transfer full): listening; NULL with TPT_RELAY_ERROR_LISTEN */
TptRelayServer *
tpt_relay_server_new (TptRelayContext  *context,
                      GError          **error)
{
  g_autoptr (TptRelayServer) self = g_new0 (TptRelayServer, 1);

  self->context = context;
  self->connections = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->by_age);
  self->limit = find_limit ();
  self->listener = tpt_relay_address_listen (context->config->listen, &self->address, error);
  if (self->listener == NULL)
    return NULL;
  start_accepting (self);

  return g_steal_pointer (&self);
}

/* As it was bound: with the port that was free. */
const char *
tpt_relay_server_get_address (TptRelayServer *self)
{
  return self->address;
}

static void
stop_listening (TptRelayServer *self)
{
  if (self->accept_source == NULL && self->accept_pause == 0)
    return;
  g_clear_handle_id (&self->accept_pause, g_source_remove);
  if (self->accept_source != NULL)
    g_source_destroy (self->accept_source);
  g_clear_pointer (&self->accept_source, g_source_unref);
  g_socket_close (self->listener, NULL);
  if (self->context->config->listen->path != NULL)
    g_unlink (self->context->config->listen->path);
}

static gboolean
stop_deadline_cb (gpointer user_data)
{
  TptRelayServer *self = user_data;

  self->stop_deadline = 0;
  while (self->by_age.head != NULL)
    tpt_relay_connection_close (self->by_age.head->data);

  return G_SOURCE_REMOVE;
}

/**
 * tpt_relay_server_stop:
 * @stopped: called once from the main loop
 *
 * Takes nobody new, answers every request whose head has been read, and closes the rest.
 */
void
tpt_relay_server_stop (TptRelayServer *self,
                       GSourceFunc     stopped,
                       gpointer        user_data)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  /* SIGINT after SIGTERM. */
  if (self->stop_deadline != 0)
    return;
  stop_listening (self);
  for (GList *link = self->by_age.head; link != NULL; link = link->next)
    g_ptr_array_add (all, link->data);
  for (guint i = 0; i < all->len; i++)
    tpt_relay_connection_finish (all->pdata[i]);
  self->stopped = stopped;
  self->stopped_data = user_data;
  self->stop_deadline = g_timeout_add_seconds (STOP_SECONDS, stop_deadline_cb, self);
  check_stopped (self);
}

void
tpt_relay_server_free (TptRelayServer *self)
{
  if (self == NULL)
    return;
  self->stopped = NULL;
  g_clear_handle_id (&self->stop_deadline, g_source_remove);
  while (self->by_age.head != NULL)
    tpt_relay_connection_close (self->by_age.head->data);
  stop_listening (self);
  g_hash_table_unref (self->connections);
  g_clear_object (&self->listener);
  g_free (self->address);
  g_free (self);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-server.h"

#include <sys/resource.h>

#include "tpt-relay-cluster.h"
#include "tpt-relay-connection.h"
#include "tpt-relay-guard.h"
#include "tpt-relay-acceptor.h"
#include "tpt-relay-activation.h"

#define CONNECTIONS_MAX 10000
/* Journal, libraries, questions to Calendly. */
#define DESCRIPTORS_KEPT 48
#define DESCRIPTORS_LEAST 16
/* Bodies and heads on their way in, of all connections together. */
#define HELD_MAX (32 * 1024 * 1024)
#define STOP_SECONDS 10

struct _TptRelayServer
{
  /* borrowed */
  TptRelayContext  *context;
  /* owned */
  TptRelayAcceptor *public_door;
  TptRelayAcceptor *admin_door; /* NULL where the configuration has none */
  GHashTable       *connections; /* → its link in `by_age` */
  GQueue            by_age;
  guint             limit;
  gsize             held;
  gboolean          said_full;
  GSourceFunc       stopped;
  gpointer          stopped_data;
  guint             stop_deadline;
};

static void again_cb (TptRelayRequest *request,
                      gpointer         user_data);

static void
dispatch (TptRelayServer  *self,
          TptRelayDoor     door,
          TptRelayRequest *request)
{
  const char *allow = NULL;
  const TptRelayRoute *route = tpt_relay_route_table_find (door, request, &allow);

  if (route != NULL)
    {
      if (self->context->cluster != NULL &&
          tpt_relay_cluster_defer (self->context->cluster, request, route, again_cb, self))
        return;
      if (tpt_relay_guard_admit (self->context, request, route))
        route->handle (self->context, request);
      return;
    }
  if (!tpt_relay_guard_tolerate (self->context, request))
    return;
  if (allow == NULL)
    {
      tpt_relay_request_problem (request, 404, "not_found", "There is nothing here.");
      return;
    }
  tpt_relay_request_add_field (request, "Allow", allow);
  tpt_relay_request_problem (request, 405, "method_not_allowed", "Not with this method.");
}

/* Only routes of the public door know devices and channels. */
static void
again_cb (TptRelayRequest *request,
          gpointer         user_data)
{
  g_clear_pointer (&request->argument, g_free);
  dispatch (user_data, TPT_RELAY_DOOR_PUBLIC, request);
}

static void
public_request_cb (TptRelayRequest *request,
                   gpointer         user_data)
{
  dispatch (user_data, TPT_RELAY_DOOR_PUBLIC, request);
}

static void
admin_request_cb (TptRelayRequest *request,
                  gpointer         user_data)
{
  dispatch (user_data, TPT_RELAY_DOOR_ADMIN, request);
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
  self->context->connections = g_hash_table_size (self->connections);
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
          tpt_relay_metrics_add (TPT_RELAY_METRIC_REFUSED_CONNECTION, 1);
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
take_socket (TptRelayServer      *self,
             GSocket             *socket,
             TptRelayRequestFunc  on_request)
{
  TptRelayConnection *connection = tpt_relay_connection_new (socket, on_request, closed_cb, held_cb,
                                                             self);

  g_queue_push_tail (&self->by_age, connection);
  g_hash_table_insert (self->connections, connection, self->by_age.tail);
  self->context->connections = g_hash_table_size (self->connections);
}

static void
public_socket_cb (TptRelayAcceptor *acceptor,
                  GSocket          *socket,
                  gpointer          user_data)
{
  TptRelayServer *self = user_data;

  if (make_room (self))
    {
      take_socket (self, socket, public_request_cb);
      return;
    }
  tpt_relay_metrics_add (TPT_RELAY_METRIC_REFUSED_CONNECTION, 1);
  g_socket_close (socket, NULL);
}

/* Whoever operates the relay gets in, however many strangers there are. */
static void
admin_socket_cb (TptRelayAcceptor *acceptor,
                 GSocket          *socket,
                 gpointer          user_data)
{
  take_socket (user_data, socket, admin_request_cb);
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
  if (!tpt_relay_activation_check (context->config->listen, context->config->admin_listen, error))
    return NULL;
  self->public_door = tpt_relay_acceptor_new (context->config->listen, public_socket_cb, self,
                                              error);
  if (self->public_door == NULL)
    return NULL;
  if (context->config->admin_listen != NULL)
    {
      self->admin_door = tpt_relay_acceptor_new (context->config->admin_listen, admin_socket_cb,
                                                 self, error);
      if (self->admin_door == NULL)
        return NULL;
    }

  return g_steal_pointer (&self);
}

/* As it was bound: with the port that was free. */
const char *
tpt_relay_server_get_address (TptRelayServer *self)
{
  return tpt_relay_acceptor_get_address (self->public_door);
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
  tpt_relay_acceptor_stop (self->public_door);
  if (self->admin_door != NULL)
    tpt_relay_acceptor_stop (self->admin_door);
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
  g_clear_pointer (&self->public_door, tpt_relay_acceptor_free);
  g_clear_pointer (&self->admin_door, tpt_relay_acceptor_free);
  g_hash_table_unref (self->connections);
  g_free (self);
}

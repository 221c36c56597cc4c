/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-server.h"

#include "tpt-sandbox-exchange.h"
#include "tpt-sandbox-history.h"
#include "tpt-sandbox-sender.h"
#include "tpt-sandbox-staff.h"

struct _TptSandboxServer
{
  GObject parent_instance;

  TptSandboxContext context;
  SoupServer *server;
  GPtrArray *exchanges;
};

G_DEFINE_FINAL_TYPE (TptSandboxServer, tpt_sandbox_server, G_TYPE_OBJECT)

/* The scopes of a token that may look and not touch. */
#define READ_SCOPES "users:read organizations:read event_types:read availability:read " \
                    "scheduled_events:read locations:read webhooks:read contacts:read groups:read"

static void
add_tokens (TptSandboxContext *context)
{
  TptSandboxAccess *access = context->access;
  GPtrArray *users = context->world->users;
  g_autofree char *all = tpt_sandbox_access_all_scopes ();

  tpt_sandbox_access_add_personal (access, "sandbox-pat",
                                   users->pdata[TPT_SANDBOX_STAFF_OWNER], all);
  tpt_sandbox_access_add_personal (access, "sandbox-pat-readonly",
                                   users->pdata[TPT_SANDBOX_STAFF_OWNER], READ_SCOPES);
  tpt_sandbox_access_add_personal (access, "sandbox-pat-revoked",
                                   users->pdata[TPT_SANDBOX_STAFF_OWNER], all);
  tpt_sandbox_access_revoke (access, "sandbox-pat-revoked");
  tpt_sandbox_access_add_personal (access, "sandbox-pat-admin",
                                   users->pdata[TPT_SANDBOX_STAFF_ADMIN], all);
  tpt_sandbox_access_add_personal (access, "sandbox-pat-member",
                                   users->pdata[TPT_SANDBOX_STAFF_MEMBER], all);
  tpt_sandbox_access_add_personal (access, "sandbox-pat-other",
                                   users->pdata[TPT_SANDBOX_STAFF_STRANGER], all);
}

static void
build (TptSandboxServer        *self,
       const TptSandboxOptions *options)
{
  TptSandboxContext *context = &self->context;
  gint64 now;

  context->clock = tpt_sandbox_clock_new (options->now);
  now = TPT_SANDBOX_NOW (context) / TPT_SANDBOX_SECOND * TPT_SANDBOX_SECOND;
  context->world = tpt_sandbox_world_new (options->seed);
  tpt_sandbox_staff_fill (context->world, now);
  tpt_sandbox_catalogue_fill (context->world, now);
  tpt_sandbox_customers_fill (context->world, options->customers);
  tpt_sandbox_history_fill (context->world, options->meetings, options->own_share, now);

  context->access = tpt_sandbox_access_new (options->client_id);
  add_tokens (context);
  for (char **uri = options->redirect_uris; uri != NULL && *uri != NULL; uri++)
    tpt_sandbox_access_add_redirect (context->access, *uri);
  context->faults = tpt_sandbox_faults_new ();
  context->limits = tpt_sandbox_limits_new ((guint) options->rate_limit);
  context->sender = tpt_sandbox_sender_new (context);
  context->requests = json_array_new ();
}

static void
exchange_done_cb (TptSandboxExchange *exchange,
                  gpointer            user_data)
{
  TptSandboxServer *self = user_data;

  g_ptr_array_remove_fast (self->exchanges, exchange);
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  TptSandboxServer *self = user_data;
  TptSandboxExchange *exchange = tpt_sandbox_exchange_new (&self->context, message, path, query);

  g_ptr_array_add (self->exchanges, exchange);
  tpt_sandbox_exchange_run (exchange, exchange_done_cb, self);
}

static void
exchange_free (gpointer exchange)
{
  tpt_sandbox_exchange_free (exchange);
}

static void
tpt_sandbox_server_finalize (GObject *object)
{
  TptSandboxServer *self = TPT_SANDBOX_SERVER (object);
  TptSandboxContext *context = &self->context;

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_pointer (&self->exchanges, g_ptr_array_unref);
  g_clear_object (&self->server);
  g_clear_pointer (&context->sender, tpt_sandbox_sender_free);
  g_clear_pointer (&context->requests, json_array_unref);
  g_clear_pointer (&context->limits, tpt_sandbox_limits_free);
  g_clear_pointer (&context->faults, tpt_sandbox_faults_free);
  g_clear_pointer (&context->access, tpt_sandbox_access_free);
  g_clear_pointer (&context->world, tpt_sandbox_world_free);
  g_clear_pointer (&context->clock, tpt_sandbox_clock_free);
  g_clear_pointer (&context->base, g_free);

  G_OBJECT_CLASS (tpt_sandbox_server_parent_class)->finalize (object);
}

static void
tpt_sandbox_server_class_init (TptSandboxServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_sandbox_server_finalize;
}

static void
tpt_sandbox_server_init (TptSandboxServer *self)
{
  self->exchanges = g_ptr_array_new_with_free_func (exchange_free);
}

/* A stand-in that already listens on 127.0.0.1 in the thread's default main context. Fails when
 * the port is taken. */
TptSandboxServer *
tpt_sandbox_server_new (const TptSandboxOptions  *options,
                        GError                  **error)
{
  g_autoptr (TptSandboxServer) self = g_object_new (TPT_TYPE_SANDBOX_SERVER, NULL);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1",
                                                                              options->port);
  g_autoslist (GUri) uris = NULL;

  g_return_val_if_fail (options->customers > 0, NULL);

  self->server = soup_server_new ("server-header", "touchpoint-sandbox", NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  if (!soup_server_listen (self->server, address, 0, error))
    return NULL;

  uris = soup_server_get_uris (self->server);
  self->context.base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  build (self, options);

  return g_steal_pointer (&self);
}

/* "http://127.0.0.1:PORT": API, OAuth host and booking pages in one. */
const char *
tpt_sandbox_server_get_base (TptSandboxServer *self)
{
  g_return_val_if_fail (TPT_IS_SANDBOX_SERVER (self), NULL);

  return self->context.base;
}

TptSandboxContext *
tpt_sandbox_server_get_context (TptSandboxServer *self)
{
  g_return_val_if_fail (TPT_IS_SANDBOX_SERVER (self), NULL);

  return &self->context;
}

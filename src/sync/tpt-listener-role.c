/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-role.h"

#include "tpt-pulse-timer.h"
#include "tpt-secret.h"
#include "tpt-token-source.h"

/* A few times a day, so that a computer that is seldom on shows it once a day all the same. */
#define SHOW_PAUSE  (6 * TPT_HOUR)
#define RETRY_PAUSE (10 * TPT_MINUTE)

struct _TptListenerRole
{
  GObject parent_instance;

  /* owned */
  TptConnection *connection;
  TptListenerClient *client;
  GCancellable *cancellable; /* of what is under way; NULL while it is stopped */
  char *url;
  char *path;
  char *token;               /* the device's */
  GSource *timer;
  gboolean is_showing;
  gboolean is_stale;         /* what is under way is of before the last start */
};

G_DEFINE_FINAL_TYPE (TptListenerRole, tpt_listener_role, G_TYPE_OBJECT)

static void show (TptListenerRole *self);

static void
forget_timer (TptListenerRole *self)
{
  if (self->timer == NULL)
    return;

  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static gboolean
timer_cb (gpointer user_data)
{
  TptListenerRole *self = user_data;

  forget_timer (self);
  show (self);

  return G_SOURCE_REMOVE;
}

/* By the clock that goes on in a suspended computer: one that sleeps at night would show its role
 * every other day only, and lose the feed. */
static void
wait_for (TptListenerRole *self,
          TptTime          pause)
{
  forget_timer (self);
  self->timer = tpt_pulse_timer_system.after (pause, NULL);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, NULL);
}

/* Returns: whether there is nothing more to do for what has ended */
static gboolean
settle (TptListenerRole *self)
{
  gboolean is_stale = self->is_stale;

  self->is_showing = FALSE;
  self->is_stale = FALSE;
  if (is_stale)
    show (self);

  return is_stale || self->cancellable == NULL;
}

/* What the relay says of the role is not taken from it: the service itself says so soon enough. */
static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptListenerRole) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = tpt_listener_client_call_finish (TPT_LISTENER_CLIENT (source), result, &error);

  if (settle (self))
    return;
  if (!good)
    g_debug ("The relay was not shown the role: %s", error->message);
  wait_for (self, good ? SHOW_PAUSE : RETRY_PAUSE);
}

static void
token_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptListenerRole) self = user_data;
  g_autoptr (GError) error = NULL;
  char *token = tpt_token_source_get_token_finish (TPT_TOKEN_SOURCE (source), result, &error);
  char *body;

  if (token == NULL || self->is_stale || self->cancellable == NULL)
    {
      if (!settle (self))
        wait_for (self, RETRY_PAUSE);
      tpt_secret_free (token);
      return;
    }

  body = tpt_relay_role_encode (token);
  tpt_listener_client_call_async (self->client, "POST", self->url, self->path, self->token, body,
                                  self->cancellable, shown_cb, g_object_ref (self));
  tpt_secret_free (body);
  tpt_secret_free (token);
}

static void
show (TptListenerRole *self)
{
  if (self->cancellable == NULL || self->is_showing)
    return;

  self->is_showing = TRUE;
  tpt_token_source_get_token_async (TPT_TOKEN_SOURCE (self->connection), NULL, self->cancellable,
                                    token_cb, g_object_ref (self));
}

/* Somebody was made an admin, or is none any more: the relay is not to find out by itself only. */
static void
view_cb (TptListenerRole *self)
{
  show (self);
}

static void
tpt_listener_role_finalize (GObject *object)
{
  TptListenerRole *self = TPT_LISTENER_ROLE (object);

  tpt_listener_role_stop (self);
  g_object_unref (self->connection);
  g_object_unref (self->client);
  G_OBJECT_CLASS (tpt_listener_role_parent_class)->finalize (object);
}

static void
tpt_listener_role_class_init (TptListenerRoleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_listener_role_finalize;
}

static void
tpt_listener_role_init (TptListenerRole *self)
{
}

TptListenerRole *
tpt_listener_role_new (TptConnection     *connection,
                       TptListenerClient *client)
{
  TptListenerRole *self = g_object_new (TPT_TYPE_LISTENER_ROLE, NULL);

  self->connection = g_object_ref (connection);
  self->client = g_object_ref (client);
  g_signal_connect_object (tpt_connection_get_view (connection), "notify::state",
                           G_CALLBACK (view_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/* Shows it now and from time to time, where the enrolment asked for what concerns colleagues. */
void
tpt_listener_role_start (TptListenerRole         *self,
                         const TptListenerSecret *secret)
{
  tpt_listener_role_stop (self);
  if (!secret->organization_feed)
    return;

  self->url = g_strdup (secret->url);
  self->path = g_strdup_printf ("/v1/devices/%s/role", secret->device);
  self->token = g_strdup (secret->token);
  self->cancellable = g_cancellable_new ();
  self->is_stale = self->is_showing;
  show (self);
}

void
tpt_listener_role_stop (TptListenerRole *self)
{
  forget_timer (self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->path, g_free);
  tpt_secret_free (g_steal_pointer (&self->token));
}

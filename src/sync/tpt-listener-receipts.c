/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-listener-receipts.h"

#include "tpt-listener-client.h"
#include "tpt-listener-pause.h"
#include "tpt-secret.h"

struct _TptListenerReceipts
{
  GObject parent_instance;

  /* owned */
  TptListenerClient *client;
  GCancellable *cancellable;
  GSource *source;         /* of the next try */
  char *url;               /* NULL: closed */
  char *token;
  char *owed;              /* NULL: the relay knows everything */
  char *sent;              /* NULL: nothing is under way */

  guint failures;          /* in a row */
};

G_DEFINE_FINAL_TYPE (TptListenerReceipts, tpt_listener_receipts, G_TYPE_OBJECT)

static void send_owed (TptListenerReceipts *self);

static void
forget_try (TptListenerReceipts *self)
{
  if (self->source == NULL)
    return;

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static gboolean
try_cb (gpointer user_data)
{
  TptListenerReceipts *self = user_data;

  forget_try (self);
  send_owed (self);

  return G_SOURCE_REMOVE;
}

static void
try_later (TptListenerReceipts *self)
{
  TptTime pause = tpt_listener_pause_get (self->failures++, 0, g_random_double ());

  forget_try (self);
  self->source = tpt_pulse_timer_system.after (pause, tpt_pulse_timer_system.user_data);
  g_source_set_callback (self->source, try_cb, self, NULL);
  g_source_attach (self->source, NULL);
}

/* Whether the relay will never want to hear it: it does not know the place, or the device. */
static gboolean
is_useless (const GError *error)
{
  return g_error_matches (error, TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_CURSOR)
         || g_error_matches (error, TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_FAILED)
         || g_error_matches (error, TPT_LISTENER_ERROR, TPT_LISTENER_ERROR_REFUSED);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TptListenerReceipts) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sent = NULL;
  gboolean is_heard =
    tpt_listener_client_call_finish (TPT_LISTENER_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  sent = g_steal_pointer (&self->sent);
  if (!is_heard)
    g_debug ("An acknowledgement did not reach the relay: %s", error->message);
  if (!is_heard && !is_useless (error))
    {
      try_later (self);
      return;
    }
  self->failures = 0;
  if (g_strcmp0 (self->owed, sent) == 0)
    g_clear_pointer (&self->owed, g_free);
  send_owed (self);
}

static void
send_owed (TptListenerReceipts *self)
{
  g_autofree char *body = NULL;
  TptRelayCursor place;

  if (self->url == NULL || self->owed == NULL || self->sent != NULL || self->source != NULL
      || !tpt_relay_cursor_parse (self->owed, &place, NULL))
    return;

  self->sent = g_strdup (self->owed);
  body = tpt_relay_ack_encode (&place);
  tpt_listener_client_call_async (self->client, "POST", self->url, "/v1/events/ack", self->token,
                                  body, self->cancellable, sent_cb, g_object_ref (self));
}

static void
tpt_listener_receipts_finalize (GObject *object)
{
  TptListenerReceipts *self = TPT_LISTENER_RECEIPTS (object);

  tpt_listener_receipts_close (self);
  g_object_unref (self->client);

  G_OBJECT_CLASS (tpt_listener_receipts_parent_class)->finalize (object);
}

static void
tpt_listener_receipts_class_init (TptListenerReceiptsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_listener_receipts_finalize;
}

static void
tpt_listener_receipts_init (TptListenerReceipts *self)
{
  self->client = tpt_listener_client_new ();
}

TptListenerReceipts *
tpt_listener_receipts_new (void)
{
  return g_object_new (TPT_TYPE_LISTENER_RECEIPTS, NULL);
}

void
tpt_listener_receipts_open (TptListenerReceipts *self,
                            const char          *url,
                            const char          *token)
{
  tpt_listener_receipts_close (self);
  self->cancellable = g_cancellable_new ();
  self->url = g_strdup (url);
  self->token = g_strdup (token);
}

/* What is owed still is told the next time, by the place that the stream then begins at. */
void
tpt_listener_receipts_close (TptListenerReceipts *self)
{
  forget_try (self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->token, tpt_secret_free);
  g_clear_pointer (&self->owed, g_free);
  g_clear_pointer (&self->sent, g_free);
  self->failures = 0;
}

/* Everything up to @cursor is safe here. */
void
tpt_listener_receipts_owe (TptListenerReceipts *self,
                           const char          *cursor)
{
  char *copy = g_strdup (cursor);

  g_free (self->owed);
  self->owed = copy;
  send_owed (self);
}

/* The relay has just been reached, perhaps at another address than before: a client remembers where
 * it was. */
void
tpt_listener_receipts_hurry (TptListenerReceipts *self)
{
  g_clear_object (&self->client);
  self->client = tpt_listener_client_new ();
  self->failures = 0;
  forget_try (self);
  send_owed (self);
}

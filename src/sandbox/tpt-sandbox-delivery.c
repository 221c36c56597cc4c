/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-delivery.h"

/* Calendly's time-outs: developer.calendly.com, "Webhook error handling". */
#define CONNECT_MS 10000
#define READ_MS    15000

#define RETRY_SECONDS   60.0
#define GIVE_UP_SECONDS (24.0 * 60 * 60)
#define LONGEST_SECONDS (4.0 * 60 * 60)

static void attempt (TptSandboxDelivery *self);

static void
delivery_clear (gpointer data)
{
  TptSandboxDelivery *self = data;

  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_bytes_unref (self->body);
  g_free (self->signature);
  g_free (self->last_error);
}

static void
delivery_unref (gpointer self)
{
  g_rc_box_release_full (self, delivery_clear);
}

static void
stop_timer (TptSandboxDelivery *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
}

static char *
sign (TptSandboxDelivery *self)
{
  TptSandboxSubscription *subscription = self->subscription;
  const char *key = subscription->signing_key;
  gint64 time = TPT_SANDBOX_NOW (self->context) / TPT_SANDBOX_SECOND;
  g_autofree char *prefix = g_strdup_printf ("%" G_GINT64_FORMAT ".", time);
  g_autoptr (GHmac) hmac = NULL;
  gsize length;
  gconstpointer data = g_bytes_get_data (self->body, &length);

  if (key == NULL && subscription->from_app)
    key = TPT_SANDBOX_SIGNING_KEY;
  if (key == NULL)
    return NULL;
  if (tpt_sandbox_faults_get_webhook (self->context->faults, "bad_signature"))
    key = "not the key";

  hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key));
  g_hmac_update (hmac, (const guchar *) prefix, (gssize) strlen (prefix));
  g_hmac_update (hmac, data, (gssize) length);

  return g_strdup_printf ("t=%" G_GINT64_FORMAT ",v1=%s", time, g_hmac_get_string (hmac));
}

static gboolean
retry_cb (gpointer user_data)
{
  TptSandboxDelivery *self = user_data;

  self->timer = 0;
  if (self->subscription->deleted || self->subscription->disabled)
    self->state = TPT_SANDBOX_DELIVERY_GIVEN_UP;
  else
    attempt (self);

  return G_SOURCE_REMOVE;
}

static gboolean
timeout_cb (gpointer user_data)
{
  TptSandboxDelivery *self = user_data;

  self->timer = 0;
  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_REMOVE;
}

/* Exponential steps for 24 hours, then the subscription is disabled; "retry_seconds" and
 * "give_up_seconds" compress. */
static void
handle_failure (TptSandboxDelivery *self)
{
  TptSandboxFaults *faults = self->context->faults;
  double first = tpt_sandbox_faults_get_number (faults, "retry_seconds", RETRY_SECONDS);
  double most = tpt_sandbox_faults_get_number (faults, "give_up_seconds", GIVE_UP_SECONDS);
  double delay = MIN (first * (1u << MIN (self->attempts - 1, 20)), LONGEST_SECONDS);
  gint64 now = g_get_monotonic_time ();

  if (self->failing_since == 0)
    self->failing_since = now;
  if (self->subscription->retry_started_at == 0)
    self->subscription->retry_started_at = TPT_SANDBOX_NOW (self->context);

  if ((double) (now - self->failing_since) / G_USEC_PER_SEC + delay > most)
    {
      self->state = TPT_SANDBOX_DELIVERY_GIVEN_UP;
      self->subscription->disabled = TRUE;
      self->subscription->updated_at = TPT_SANDBOX_NOW (self->context);
      return;
    }
  self->timer = g_timeout_add ((guint) (delay * 1000), retry_cb, self);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  TptSandboxDelivery *self = user_data;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = soup_session_send_and_read_finish (SOUP_SESSION (source), result,
                                                                 &error);
  gboolean answered = answer != NULL;

  if (!self->closed)
    {
      stop_timer (self);
      /* An error of the transport counts like a bad status: the reason stands in the list of
       * deliveries. */
      g_free (self->last_error);
      self->last_error = answered ? NULL : g_strdup (error->message);
      self->last_status = answered ? soup_message_get_status (message) : 0;
      if (SOUP_STATUS_IS_SUCCESSFUL (self->last_status))
        {
          self->state = TPT_SANDBOX_DELIVERY_DELIVERED;
          self->subscription->retry_started_at = 0;
        }
      else
        {
          handle_failure (self);
        }
    }
  delivery_unref (self);
}

/* The connection stands: from here the reading time-out counts. */
static void
starting_cb (SoupMessage *message,
             gpointer     user_data)
{
  TptSandboxDelivery *self = user_data;

  stop_timer (self);
  if (!self->closed)
    self->timer = g_timeout_add (READ_MS, timeout_cb, self);
}

/* Somebody's relay on this machine has a certificate of its own making. */
static gboolean
accept_certificate_cb (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  errors,
                       gpointer              user_data)
{
  const char *host = g_uri_get_host (soup_message_get_uri (message));

  return g_str_equal (host, "127.0.0.1") || g_str_equal (host, "::1")
         || g_str_equal (host, "localhost");
}

static void
attempt (TptSandboxDelivery *self)
{
  g_autoptr (SoupMessage) message = soup_message_new ("POST", self->subscription->url);
  gboolean keep = tpt_sandbox_faults_get_webhook (self->context->faults, "keep_signature");

  self->attempts++;
  if (self->signature == NULL || !keep)
    {
      g_free (self->signature);
      self->signature = sign (self);
    }
  if (self->signature != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message),
                                 "Calendly-Webhook-Signature", self->signature);
  soup_message_set_request_body_from_bytes (message, "application/json", self->body);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  g_signal_connect (message, "starting", G_CALLBACK (starting_cb), self);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->timer = g_timeout_add (CONNECT_MS, timeout_cb, self);
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, self->cancellable,
                                    sent_cb, g_rc_box_acquire (self));
}

/* The sender's list owns what this returns and gives it back with tpt_sandbox_delivery_close (). */
TptSandboxDelivery *
tpt_sandbox_delivery_new (TptSandboxContext      *context,
                          TptSandboxSubscription *subscription,
                          SoupSession            *session,
                          const char             *kind,
                          GBytes                 *body)
{
  TptSandboxDelivery *self = g_rc_box_new0 (TptSandboxDelivery);

  self->context = context;
  self->subscription = subscription;
  self->session = g_object_ref (session);
  self->kind = kind;
  self->body = g_bytes_ref (body);

  return self;
}

/* Sends after "delay_ms", unless "drop" loses the message for good. */
void
tpt_sandbox_delivery_start (TptSandboxDelivery *self)
{
  double delay = tpt_sandbox_faults_get_number (self->context->faults, "delay_ms", 0);

  if (tpt_sandbox_faults_take_drop (self->context->faults))
    self->state = TPT_SANDBOX_DELIVERY_LOST;
  else
    self->timer = g_timeout_add ((guint) delay, retry_cb, self);
}

void
tpt_sandbox_delivery_close (TptSandboxDelivery *self)
{
  stop_timer (self);
  self->closed = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  delivery_unref (self);
}

JsonObject *
tpt_sandbox_delivery_show (TptSandboxDelivery *self)
{
  static const char *const states[] = { "pending", "delivered", "lost", "given_up" };
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = json_from_string (g_bytes_get_data (self->body, NULL), NULL);

  json_object_set_string_member (object, "event", self->kind);
  json_object_set_string_member (object, "url", self->subscription->url);
  json_object_set_string_member (object, "state", states[self->state]);
  json_object_set_int_member (object, "attempts", self->attempts);
  json_object_set_int_member (object, "last_status", self->last_status);
  json_object_set_string_member (object, "last_error", self->last_error);
  json_object_set_string_member (object, "signature", self->signature);
  json_object_set_member (object, "body", g_steal_pointer (&body));

  return object;
}

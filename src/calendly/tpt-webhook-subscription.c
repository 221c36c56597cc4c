/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-webhook-subscription.h"

G_DEFINE_FINAL_TYPE (TptWebhookSubscription, tpt_webhook_subscription, G_TYPE_OBJECT)

static void
tpt_webhook_subscription_finalize (GObject *object)
{
  TptWebhookSubscription *self = TPT_WEBHOOK_SUBSCRIPTION (object);

  g_free (self->uri);
  g_free (self->callback_url);
  g_free (self->scope);
  g_free (self->user);
  g_free (self->organization);
  g_free (self->creator);
  g_strfreev (self->events);

  G_OBJECT_CLASS (tpt_webhook_subscription_parent_class)->finalize (object);
}

static void
tpt_webhook_subscription_class_init (TptWebhookSubscriptionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_webhook_subscription_finalize;
}

static void
tpt_webhook_subscription_init (TptWebhookSubscription *self)
{
  self->events = g_new0 (char *, 1);
}

TptWebhookSubscription *
tpt_webhook_subscription_new (void)
{
  return g_object_new (TPT_TYPE_WEBHOOK_SUBSCRIPTION, NULL);
}

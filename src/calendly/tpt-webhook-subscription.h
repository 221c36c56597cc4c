/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"

G_BEGIN_DECLS

#define TPT_TYPE_WEBHOOK_SUBSCRIPTION (tpt_webhook_subscription_get_type ())

G_DECLARE_FINAL_TYPE (TptWebhookSubscription, tpt_webhook_subscription,
                      TPT, WEBHOOK_SUBSCRIPTION, GObject)

/* What the service sends where. Filled by who makes it, read-only from then on. */
struct _TptWebhookSubscription
{
  GObject parent_instance;

  char *uri;
  char *callback_url;
  char *scope;             /* "user", "organization", "group" */
  char *user;              /* URI, or NULL */
  char *organization;      /* URI, or NULL */
  char *creator;           /* URI of a user, or NULL */
  GStrv events;            /* "invitee.created", …; never NULL */
  guint active : 1;        /* "disabled" after a day of failures; it then has to be made anew */
  TptTime created_at;
  TptTime retry_started_at; /* since when deliveries fail, or TPT_TIME_NONE */
};

TptWebhookSubscription *tpt_webhook_subscription_new (void);

G_END_DECLS

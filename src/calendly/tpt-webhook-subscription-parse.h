/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-json-tree.h"
#include "tpt-webhook-subscription.h"

G_BEGIN_DECLS

TptWebhookSubscription *tpt_webhook_subscription_parse (const TptJsonValue  *object,
                                                        GError             **error);

G_END_DECLS

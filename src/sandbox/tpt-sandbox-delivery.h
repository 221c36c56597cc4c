/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-sender.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef enum
{
  TPT_SANDBOX_DELIVERY_PENDING,
  TPT_SANDBOX_DELIVERY_DELIVERED,
  TPT_SANDBOX_DELIVERY_LOST,
  TPT_SANDBOX_DELIVERY_GIVEN_UP,
} TptSandboxDeliveryState;

/* One message on its way to one subscription, with all its attempts. Reference counted with
 * g_rc_box: an attempt in flight outlives the sender. */
typedef struct
{
  TptSandboxContext *context;
  TptSandboxSubscription *subscription;
  SoupSession *session;
  GCancellable *cancellable;
  const char *kind;
  GBytes *body;
  char *signature;
  TptSandboxDeliveryState state;
  guint attempts;
  guint last_status;
  char *last_error;
  gint64 failing_since;
  guint timer;
  gboolean closed;
} TptSandboxDelivery;

TptSandboxDelivery *tpt_sandbox_delivery_new   (TptSandboxContext      *context,
                                                TptSandboxSubscription *subscription,
                                                SoupSession            *session,
                                                const char             *kind,
                                                GBytes                 *body);
void                tpt_sandbox_delivery_start (TptSandboxDelivery     *self);
void                tpt_sandbox_delivery_close (TptSandboxDelivery     *self);
JsonObject         *tpt_sandbox_delivery_show  (TptSandboxDelivery     *self);

G_END_DECLS

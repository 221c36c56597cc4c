/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-box.h"

G_BEGIN_DECLS

/**
 * TptListenerSecret:
 * @url: the relay's address, without a slash at the end
 * @code: (nullable): the enrolment code that waits for a sign-in; there is nothing else then but
 *   @url
 * @device: what the relay calls this device
 * @token: opens the stream
 * @webhook_url: where webhooks for this account go
 * @signing_key: (nullable): for a subscription made with a personal token
 * @organization_feed: whether events of the whole organisation come
 *
 * What one enrolment gave, kept as one item of the keyring so that it is there whole or not at all.
 */
typedef struct
{
  char *url;
  char *code;
  char *device;
  char *token;
  char *webhook_url;
  char *signing_key;
  gboolean organization_feed;
  guint8 public_key[TPT_RELAY_KEY_SIZE];
  guint8 secret_key[TPT_RELAY_KEY_SIZE];
} TptListenerSecret;

TptListenerSecret *tpt_listener_secret_new       (void);
void               tpt_listener_secret_free      (TptListenerSecret  *self);
char              *tpt_listener_secret_to_text   (TptListenerSecret  *self);
TptListenerSecret *tpt_listener_secret_from_text (const char         *text,
                                                  GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptListenerSecret, tpt_listener_secret_free)

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "tpt-relay-address.h"

G_BEGIN_DECLS

/**
 * TptRelayConfigPurpose:
 * @TPT_RELAY_CONFIG_SERVE: everything
 * @TPT_RELAY_CONFIG_CHECK: everything but the keys that systemd hands to the service alone, where
 *   this is not the service
 * @TPT_RELAY_CONFIG_JOURNAL: all but the keys
 */
typedef enum
{
  TPT_RELAY_CONFIG_SERVE,
  TPT_RELAY_CONFIG_CHECK,
  TPT_RELAY_CONFIG_JOURNAL,
} TptRelayConfigPurpose;

/**
 * TptRelayConfig:
 * @public_url: without a slash at its end
 * @journal: `sqlite:PATH` or `postgres:CONNINFO`
 * @organizations: URIs of those served
 * @calendly_api_url: without a slash at its end
 * @tolerance_seconds: how far a signature's time may be off before the event is late
 * @limit_per_device: requests a minute; 0 for any number
 * @limit_per_address: of those who are not known, a minute; 0 for any number
 * @channel_limit_bytes: how much a member may let wait by webhooks of his own; 0 for any number
 * @disk_reserve_bytes: how much of the disk the journal leaves free; 0 for none
 * @admin_listen: (nullable): where the operator is heard
 * @admin_tokens: (nullable): what tells the operator; newest first
 * @purpose: what it was read for
 * @webhook_keys_path: (nullable): where @webhook_keys were read
 * @webhook_keys: newest first; may be empty where all subscriptions are personal
 * @operator_key: (nullable): base64 X25519 key that seals dead letters
 *
 * The key file and the options together; read once at start, @webhook_keys again when the operator
 * says so.
 */
typedef struct
{
  TptRelayAddress *listen;
  TptRelayAddress *admin_listen;
  char            *public_url;
  char            *journal;
  char           **organizations;
  char            *calendly_api_url;
  guint            tolerance_seconds;
  guint            retention_days;
  guint            limit_per_device;
  guint            limit_per_address;
  gint64           channel_limit_bytes;
  gint64           disk_reserve_bytes;
  TptRelayConfigPurpose purpose;
  char           **admin_tokens;
  char            *webhook_keys_path;
  char           **webhook_keys;
  char            *operator_key;
} TptRelayConfig;

TptRelayConfig *tpt_relay_config_load      (const char             *path,
                                            const char             *listen,
                                            const char             *journal,
                                            gboolean                allow_any_address,
                                            TptRelayConfigPurpose   purpose,
                                            GError                **error);
gboolean        tpt_relay_config_load_keys (TptRelayConfig         *self,
                                            GError                **error);
void            tpt_relay_config_free      (TptRelayConfig         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayConfig, tpt_relay_config_free)

G_END_DECLS

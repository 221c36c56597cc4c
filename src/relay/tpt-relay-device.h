/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-journal.h"
#include "tpt-relay-limit.h"
#include "tpt-relay-sent.h"

G_BEGIN_DECLS

/* In the place of a role: the user is in none of the organizations that the relay serves. */
#define TPT_RELAY_DEVICE_LEFT "left"

/**
 * TptRelayDevice:
 * What is read and written by several threads goes through atomic accessors.
 *
 * An enrolled desktop in memory.
 */
typedef struct _TptRelayDevice TptRelayDevice;

TptRelayDevice             *tpt_relay_device_new        (TptRelayDeviceRecord   *record,
                                                         TptRelaySent           *memory);
TptRelayDevice             *tpt_relay_device_ref        (TptRelayDevice         *self);
void                        tpt_relay_device_unref      (TptRelayDevice         *self);
const TptRelayDeviceRecord *tpt_relay_device_get_record (TptRelayDevice         *self);
gint64                      tpt_relay_device_get_acked  (TptRelayDevice         *self);
void                        tpt_relay_device_set_acked  (TptRelayDevice         *self,
                                                         gint64                  seq);
gint64                      tpt_relay_device_get_sent   (TptRelayDevice         *self);
void                        tpt_relay_device_set_sent   (TptRelayDevice         *self,
                                                         gint64                  seq);
gint64                      tpt_relay_device_get_doubt  (TptRelayDevice         *self);
TptRelayBucket             *tpt_relay_device_get_bucket (TptRelayDevice         *self);
void                        tpt_relay_device_set_proof  (TptRelayDevice         *self,
                                                         const char             *role,
                                                         gint64                  at);
void                        tpt_relay_device_set_asking (TptRelayDevice         *self,
                                                         gboolean                is_asking);
gboolean                    tpt_relay_device_is_asking  (TptRelayDevice         *self);
gboolean                    tpt_relay_device_has_left   (TptRelayDevice         *self);
gboolean                    tpt_relay_device_is_admin_role (const char          *role);
gboolean                    tpt_relay_device_is_admin   (TptRelayDevice         *self);
gboolean                    tpt_relay_device_has_live_feed (TptRelayDevice      *self,
                                                            gint64               now);
void                        tpt_relay_device_seal       (TptRelayDevice         *self,
                                                         GBytes                 *body,
                                                         gint64                  now,
                                                         TptRelayEventRecord    *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayDevice, tpt_relay_device_unref)

G_END_DECLS

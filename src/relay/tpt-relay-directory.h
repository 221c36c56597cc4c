/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-device.h"

G_BEGIN_DECLS

/* Who is enrolled, in memory; main thread only. The journal has it too. */
typedef struct _TptRelayDirectory TptRelayDirectory;

TptRelayDirectory *tpt_relay_directory_new (TptRelayJournal  *journal,
                                            TptRelaySent     *sent,
                                            GError          **error);
void tpt_relay_directory_free (TptRelayDirectory *self);
void tpt_relay_directory_add_device (TptRelayDirectory    *self,
                                     TptRelayDeviceRecord *record);
void tpt_relay_directory_add_channel (TptRelayDirectory     *self,
                                      TptRelayChannelRecord *channel);
void tpt_relay_directory_remove (TptRelayDirectory *self,
                                 TptRelayDevice    *device);
TptRelayDevice *tpt_relay_directory_find_token (TptRelayDirectory *self,
                                                const char        *token);
TptRelayDevice *tpt_relay_directory_find_id (TptRelayDirectory *self,
                                             gint64             id);
GPtrArray *tpt_relay_directory_refresh (TptRelayDirectory *self,
                                        GPtrArray         *devices,
                                        GPtrArray         *channels);
TptRelayDevice *tpt_relay_directory_find_name (TptRelayDirectory *self,
                                               const char        *name);
void tpt_relay_directory_count_feeds (TptRelayDirectory *self,
                                      gint64             now,
                                      guint             *live,
                                      guint             *paused);
guint tpt_relay_directory_count_users (TptRelayDirectory *self);
guint tpt_relay_directory_count_devices (TptRelayDirectory *self,
                                         const char        *user);
const char *tpt_relay_directory_name_device (TptRelayDirectory *self,
                                             const char        *user);
GPtrArray *tpt_relay_directory_list (TptRelayDirectory *self);
const TptRelayChannelRecord *tpt_relay_directory_find_channel (TptRelayDirectory *self,
                                                               const char        *name);
GPtrArray *tpt_relay_directory_list_beside (TptRelayDirectory *self,
                                            TptRelayDevice    *device);
GPtrArray *tpt_relay_directory_receivers (TptRelayDirectory *self,
                                          const char *const *hosts,
                                          const char        *only_user,
                                          const char        *only_organization);
void tpt_relay_directory_hash_token (const char *token,
                                     guint8     *hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayDirectory, tpt_relay_directory_free)

G_END_DECLS

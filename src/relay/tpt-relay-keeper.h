/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-record.h"

G_BEGIN_DECLS

/* The thread that looks after the journal: checkpoints, what has outlived its retention, and how
 * much there is. */
typedef struct _TptRelayKeeper TptRelayKeeper;

/* Tells on the main thread. @counts: (nullable): NULL where the journal could not be read */
typedef void (*TptRelayKeeperDone) (const TptRelayJournalCounts *counts,
                                    gpointer                     user_data);

TptRelayKeeper *tpt_relay_keeper_new   (const char          *location,
                                        guint                retention_days);
void            tpt_relay_keeper_count (TptRelayKeeper      *self,
                                        TptRelayKeeperDone   done,
                                        gpointer             user_data);
void            tpt_relay_keeper_free  (TptRelayKeeper      *self);

G_END_DECLS

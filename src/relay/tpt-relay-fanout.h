/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-subscriber.h"

G_BEGIN_DECLS

typedef struct _TptRelayFanout TptRelayFanout;

TptRelayFanout *tpt_relay_fanout_new       (const char          *location,
                                            GError             **error);
void            tpt_relay_fanout_add       (TptRelayFanout      *self,
                                            TptRelaySubscriber  *subscriber);
void            tpt_relay_fanout_wake      (TptRelayFanout      *self,
                                            gint64               device);
void            tpt_relay_fanout_end       (TptRelayFanout      *self,
                                            gint64               device);
void            tpt_relay_fanout_renew     (TptRelayFanout      *self,
                                            gint64               device);
guint           tpt_relay_fanout_get_count (TptRelayFanout      *self);
void            tpt_relay_fanout_free      (TptRelayFanout      *self);

G_END_DECLS

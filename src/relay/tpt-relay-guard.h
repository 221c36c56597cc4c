/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-peer.h"
#include "tpt-relay-route-table.h"

G_BEGIN_DECLS

gboolean tpt_relay_guard_admit             (TptRelayContext     *context,
                                            TptRelayRequest     *request,
                                            const TptRelayRoute *route);
const char *tpt_relay_guard_get_token      (TptRelayRequest     *request);
gboolean tpt_relay_guard_tolerate          (TptRelayContext     *context,
                                            TptRelayRequest     *request);
void     tpt_relay_guard_refuse_token      (TptRelayContext     *context,
                                            TptRelayRequest     *request);
gboolean tpt_relay_guard_put_off           (TptRelayContext     *context,
                                            TptRelayRequest     *request,
                                            TptRelayMetric       metric,
                                            guint                seconds);
void     tpt_relay_guard_forgive_enrolment (TptRelayContext     *context,
                                            const TptRelayPeer  *peer);

G_END_DECLS

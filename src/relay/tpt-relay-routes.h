/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-context.h"

G_BEGIN_DECLS

/* One handler a route, each in a file of its own. It ends the request, now or later. */
void tpt_relay_webhook_route       (TptRelayContext *context,
                                    TptRelayRequest *request);
void tpt_relay_enrol_route         (TptRelayContext *context,
                                    TptRelayRequest *request);
void tpt_relay_device_end_route    (TptRelayContext *context,
                                    TptRelayRequest *request);
void tpt_relay_device_test_route   (TptRelayContext *context,
                                    TptRelayRequest *request);
void tpt_relay_role_route          (TptRelayContext *context,
                                    TptRelayRequest *request);
void tpt_relay_events_route        (TptRelayContext *context,
                                    TptRelayRequest *request);
void tpt_relay_ack_route           (TptRelayContext *context,
                                    TptRelayRequest *request);
void tpt_relay_flow_route          (TptRelayContext *context,
                                    TptRelayRequest *request);
void tpt_relay_callback_route      (TptRelayContext *context,
                                    TptRelayRequest *request);
void tpt_relay_health_route        (TptRelayContext *context,
                                    TptRelayRequest *request);
void tpt_relay_metrics_route       (TptRelayContext *context,
                                    TptRelayRequest *request);
void tpt_relay_admin_devices_route (TptRelayContext *context,
                                    TptRelayRequest *request);
void tpt_relay_admin_end_route     (TptRelayContext *context,
                                    TptRelayRequest *request);
void tpt_relay_admin_codes_route   (TptRelayContext *context,
                                    TptRelayRequest *request);
void tpt_relay_admin_keys_route    (TptRelayContext *context,
                                    TptRelayRequest *request);
void tpt_relay_erase_route         (TptRelayContext *context,
                                    TptRelayRequest *request);
void tpt_relay_audit_route         (TptRelayContext *context,
                                    TptRelayRequest *request);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-route-table.h"

G_BEGIN_DECLS

gboolean tpt_relay_guard_admit (TptRelayContext     *context,
                                TptRelayRequest     *request,
                                const TptRelayRoute *route);

G_END_DECLS

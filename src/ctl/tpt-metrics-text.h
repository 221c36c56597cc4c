/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-invocation.h"
#include "tpt-metrics.h"

G_BEGIN_DECLS

void tpt_metrics_print     (TptInvocation   *invocation,
                            TptMetrics      *metrics,
                            TptCustomer     *customer,
                            GTimeZone       *zone);
void tpt_metrics_print_all (TptInvocation   *invocation,
                            const GPtrArray *metrics,
                            const GPtrArray *customers,
                            TptMetrics      *portfolio,
                            GTimeZone       *zone);

G_END_DECLS

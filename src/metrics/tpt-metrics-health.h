/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-metrics-tally.h"

G_BEGIN_DECLS

void tpt_health_compute  (TptMetrics     *metrics,
                          const TptTally *tally,
                          TptTime         known_since);
void tpt_health_describe (TptMetrics     *metrics,
                          const TptTally *tally,
                          GTimeZone      *zone);
void tpt_health_clear    (TptHealth      *health);

G_END_DECLS

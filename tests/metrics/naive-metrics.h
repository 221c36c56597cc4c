/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-metrics.h"

G_BEGIN_DECLS

TptMetrics *naive_compute (const TptMetricsInput *input,
                           TptCustomer           *customer);

G_END_DECLS

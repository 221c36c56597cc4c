/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-metrics.h"
#include "tpt-record-json.h"

G_BEGIN_DECLS

void tpt_metrics_to_json (JsonBuilder *builder,
                          TptMetrics  *metrics,
                          TptCustomer *customer);

G_END_DECLS

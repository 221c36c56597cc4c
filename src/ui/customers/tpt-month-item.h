/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-metrics.h"

G_BEGIN_DECLS

#define TPT_TYPE_MONTH_ITEM (tpt_month_item_get_type ())

/* A month of the chart as an object, so that expressions can ask for its properties: `label`
 * (string), `held`, `upcoming`, `canceled`, `no-show` (uint). */
G_DECLARE_FINAL_TYPE (TptMonthItem, tpt_month_item, TPT, MONTH_ITEM, GObject)

TptMonthItem   *tpt_month_item_new       (const TptMonth *month);
const TptMonth *tpt_month_item_get_month (TptMonthItem   *self);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-metrics.h"

G_BEGIN_DECLS

#define TPT_TYPE_HEALTH_PART_ROW (tpt_health_part_row_get_type ())

/* One part of the health score. */
G_DECLARE_FINAL_TYPE (TptHealthPartRow, tpt_health_part_row, TPT, HEALTH_PART_ROW, AdwBin)

GtkWidget *tpt_health_part_row_new      (void);
void       tpt_health_part_row_set_part (TptHealthPartRow    *self,
                                         TptHealthPartKind    kind,
                                         const TptHealthPart *part);

G_END_DECLS

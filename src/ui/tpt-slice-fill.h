/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#define TPT_SLICE_STEP 4

void  tpt_slice_reset      (GtkSliceListModel *slice);
void  tpt_slice_fill       (GtkSliceListModel *slice,
                            GtkWidget         *widget,
                            guint              wanted);
guint tpt_slice_get_wanted (GtkSliceListModel *slice);

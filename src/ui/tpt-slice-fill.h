/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tpt-slice.h"

#define TPT_SLICE_STEP 4

void  tpt_slice_reset      (TptSlice  *slice);
void  tpt_slice_fill       (TptSlice  *slice,
                            GtkWidget *widget,
                            guint      wanted);
guint tpt_slice_get_wanted (TptSlice  *slice);

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A drop-down of all time zones that this system knows, to be searched. */

void  tpt_zone_picker_set_up   (GtkDropDown *picker,
                                const char  *zone);
char *tpt_zone_picker_dup_zone (GtkDropDown *picker);

G_END_DECLS

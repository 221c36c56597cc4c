/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TPT_TYPE_DATE_BUTTON (tpt_date_button_get_type ())

/* A day that can be changed in a calendar. Signal `changed`: somebody did. */
G_DECLARE_FINAL_TYPE (TptDateButton, tpt_date_button, TPT, DATE_BUTTON, AdwBin)

void   tpt_date_button_set_day (TptDateButton *self,
                                gint64         day);
gint64 tpt_date_button_get_day (TptDateButton *self);

G_END_DECLS

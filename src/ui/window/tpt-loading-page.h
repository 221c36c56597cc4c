/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TPT_TYPE_LOADING_PAGE (tpt_loading_page_get_type ())

/* What stands in the window while the record is being opened. Mostly nobody sees it, so that it is
 * empty until it is on the screen. */
G_DECLARE_FINAL_TYPE (TptLoadingPage, tpt_loading_page, TPT, LOADING_PAGE, AdwBin)

void tpt_loading_page_set_text (TptLoadingPage *self,
                                const char     *text);

G_END_DECLS

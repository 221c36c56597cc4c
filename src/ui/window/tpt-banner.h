/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TPT_TYPE_BANNER (tpt_banner_get_type ())

/**
 * TptBanner:
 *
 * A line across the page that says what is wrong, with one thing to do about it. Properties:
 * `title` (plain text),
 * `button-label` (%NULL: no button), `icon-name`, `revealed`. Signal `button-clicked`.
 */
G_DECLARE_FINAL_TYPE (TptBanner, tpt_banner, TPT, BANNER, AdwBin)

const char *tpt_banner_get_title        (TptBanner  *self);
void        tpt_banner_set_title        (TptBanner  *self,
                                         const char *title);
void        tpt_banner_set_button_label (TptBanner  *self,
                                         const char *label);
gboolean    tpt_banner_get_revealed     (TptBanner  *self);
void        tpt_banner_set_revealed     (TptBanner  *self,
                                         gboolean    revealed);

G_END_DECLS

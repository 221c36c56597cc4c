/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_SETUP_PAGE (tpt_setup_page_get_type ())

/**
 * TptSetupPage:
 *
 * The first steps: welcome, sign in, import customers, the first sync. Every step can be left
 * out, and the first one
 * can be put off for good. Signal `finished`.
 */
G_DECLARE_FINAL_TYPE (TptSetupPage, tpt_setup_page, TPT, SETUP_PAGE, AdwBin)

GtkWidget  *tpt_setup_page_new      (TptWorkspace *workspace,
                                     GSettings    *settings);
const char *tpt_setup_page_get_step (TptSetupPage *self);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TPT_TYPE_HINT_PAGE (tpt_hint_page_get_type ())

/**
 * TptHintPage:
 *
 * What stands where a whole page has nothing to show: why, and the next step. Empty until it is on
 * the screen, as mostly it never is. Properties `icon-name`, `title`, `description`, `button`,
 * `action-name` (strings: what the button does, unless the owner connects to `clicked`).
 */
G_DECLARE_FINAL_TYPE (TptHintPage, tpt_hint_page, TPT, HINT_PAGE, AdwBin)

G_END_DECLS

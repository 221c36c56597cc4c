/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TPT_TYPE_HINT_BOX (tpt_hint_box_get_type ())

/**
 * TptHintBox:
 *
 * What stands in a card that has nothing to show: why, and the next step. Properties `text`,
 * `button` (both strings), `action-name` (string: what the button does, unless the owner connects
 * to `clicked`).
 */
G_DECLARE_FINAL_TYPE (TptHintBox, tpt_hint_box, TPT, HINT_BOX, AdwBin)

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TPT_TYPE_FOLD_LAYOUT (tpt_fold_layout_get_type ())

/**
 * TptFoldLayout:
 *
 * Lays children out side by side where they have room, and below each other where they have not.
 * Properties:
 * `threshold` (int, px: from this width on side by side; 0 stands for the sum of their natural
 * widths), `spacing` (int, px), `homogeneous` (side by side, all get the same width), `side`
 * (int, px: side by side, a child that does not expand is this wide; 0 stands for its natural
 * width). Children that expand share what is left over.
 */
G_DECLARE_FINAL_TYPE (TptFoldLayout, tpt_fold_layout, TPT, FOLD_LAYOUT, GtkLayoutManager)

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TPT_TYPE_FIGURE_TILE (tpt_figure_tile_get_type ())

/* One figure: what it is, its value, the time it was counted over. Property `title` (string). */
G_DECLARE_FINAL_TYPE (TptFigureTile, tpt_figure_tile, TPT, FIGURE_TILE, AdwBin)

void       tpt_figure_tile_set (TptFigureTile *self,
                                const char    *value,
                                const char    *window);

G_END_DECLS

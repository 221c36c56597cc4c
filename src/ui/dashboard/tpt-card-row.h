/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TPT_TYPE_CARD_ROW (tpt_card_row_get_type ())

/**
 * TptCardRow:
 *
 * A row of a card: icon, title, subtitle, and what one can do at its end. Looks like #AdwActionRow,
 * whose texts are laid out in a dozen widths each time, because its boxes ask them how narrow they
 * could be in their height; a grid asks only for the height in a width.
 */
G_DECLARE_FINAL_TYPE (TptCardRow, tpt_card_row, TPT, CARD_ROW, GtkListBoxRow)

GtkWidget *tpt_card_row_new          (const char *action_name);
void       tpt_card_row_set_icon     (TptCardRow *self,
                                      const char *icon_name);
void       tpt_card_row_set_title    (TptCardRow *self,
                                      const char *title,
                                      gboolean    wrap);
void       tpt_card_row_set_subtitle (TptCardRow *self,
                                      const char *subtitle);
void       tpt_card_row_set_suffix   (TptCardRow *self,
                                      GtkWidget  *suffix);

G_END_DECLS

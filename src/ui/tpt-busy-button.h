/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TPT_TYPE_BUSY_BUTTON (tpt_busy_button_get_type ())

/**
 * TptBusyButton:
 *
 * A button that shows a spinner in the place of its text, and cannot be pressed, while what it
 * started goes on. Properties `text` (string, with a mnemonic), `busy` (boolean).
 */
G_DECLARE_FINAL_TYPE (TptBusyButton, tpt_busy_button, TPT, BUSY_BUTTON, GtkButton)

void     tpt_busy_button_set_busy (TptBusyButton *self,
                                   gboolean       busy);
gboolean tpt_busy_button_get_busy (TptBusyButton *self);

G_END_DECLS

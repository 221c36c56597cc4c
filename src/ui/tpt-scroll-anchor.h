/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void tpt_scroll_anchor_hold (GtkListBox *above,
                             GtkListBox *below);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How a window comes to the screen: as large as it was left, and with what there is to show, if
 * that takes but a moment. */
typedef struct _TptEntrance TptEntrance;

TptEntrance *tpt_entrance_new       (GtkWindow   *window,
                                     GSettings   *settings);
void         tpt_entrance_free      (TptEntrance *self);
void         tpt_entrance_wait      (TptEntrance *self);
void         tpt_entrance_prepare   (TptEntrance *self);
void         tpt_entrance_show      (TptEntrance *self,
                                     gboolean     has_content);
void         tpt_entrance_keep_size (TptEntrance *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptEntrance, tpt_entrance_free)

G_END_DECLS

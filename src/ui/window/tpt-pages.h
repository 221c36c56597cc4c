/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_PAGES (tpt_pages_get_type ())

/**
 * TptPages:
 *
 * What can stand beside the customers: the dashboard, the match inbox, a customer. The dashboard is
 * there from the start, the others from when they are first wanted.
 */
G_DECLARE_FINAL_TYPE (TptPages, tpt_pages, TPT, PAGES, AdwBin)

void       tpt_pages_set_workspace  (TptPages     *self,
                                     TptWorkspace *workspace,
                                     GSettings    *settings);
void       tpt_pages_show_dashboard (TptPages     *self);
GtkWidget *tpt_pages_show_inbox     (TptPages     *self);
void       tpt_pages_show_customer  (TptPages     *self,
                                     gint64        customer);
gboolean   tpt_pages_copy_link      (TptPages     *self);
gboolean   tpt_pages_act            (TptPages     *self,
                                     const char   *action);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tpt-link.h"

G_BEGIN_DECLS

#define TPT_TYPE_LINK_ROW (tpt_link_row_get_type ())

/* A line of the ledger: what, for whom, what became of it. Signal `copied` (TptLink): its address
 * is on the clipboard. */
G_DECLARE_FINAL_TYPE (TptLinkRow, tpt_link_row, TPT, LINK_ROW, GtkListBoxRow)

GtkWidget *tpt_link_row_new     (TptLink    *link,
                                 GTimeZone  *zone,
                                 TptTime     now);
void       tpt_link_row_refresh (TptLinkRow *self,
                                 GTimeZone  *zone,
                                 TptTime     now);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tpt-inbox-entry.h"

G_BEGIN_DECLS

#define TPT_TYPE_INBOX_ROW (tpt_inbox_row_get_type ())

/* Somebody who waits. Opened, it shows whose they may be and what can be done, by the actions of
 * the page that it is on. */
G_DECLARE_FINAL_TYPE (TptInboxRow, tpt_inbox_row, TPT, INBOX_ROW, GtkListBoxRow)

GtkWidget     *tpt_inbox_row_new       (TptInboxEntry *entry,
                                        GTimeZone     *zone,
                                        TptTime        now);
TptInboxEntry *tpt_inbox_row_get_entry (TptInboxRow   *self);
void           tpt_inbox_row_set_open  (TptInboxRow   *self,
                                        gboolean       open);
void           tpt_inbox_row_refresh   (TptInboxRow   *self,
                                        GTimeZone     *zone,
                                        TptTime        now);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-event-type.h"

G_BEGIN_DECLS

#define TPT_TYPE_EVENT_TYPE_ROW (tpt_event_type_row_get_type ())

/**
 * TptEventTypeRow:
 *
 * What can be booked, in one row, with what it is for to choose. Signal `chosen` (const char *uri,
 * const char *category: %NULL where it is what the name says anyway).
 */
G_DECLARE_FINAL_TYPE (TptEventTypeRow, tpt_event_type_row, TPT, EVENT_TYPE_ROW, AdwActionRow)

GtkWidget *tpt_event_type_row_new    (TptEventType    *event_type);
void       tpt_event_type_row_update (TptEventTypeRow *self,
                                      GHashTable      *by_uri);

G_END_DECLS

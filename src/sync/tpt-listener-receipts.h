/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-pulse-timer.h"

G_BEGIN_DECLS

#define TPT_TYPE_LISTENER_RECEIPTS (tpt_listener_receipts_get_type ())

/* Tells the relay how far everything is safe here: one request at a time, always the newest place,
 * again until it was heard. */
G_DECLARE_FINAL_TYPE (TptListenerReceipts, tpt_listener_receipts, TPT, LISTENER_RECEIPTS, GObject)

TptListenerReceipts *tpt_listener_receipts_new       (void);
void                 tpt_listener_receipts_open      (TptListenerReceipts *self,
                                                      const char          *url,
                                                      const char          *token);
void                 tpt_listener_receipts_close     (TptListenerReceipts *self);
void                 tpt_listener_receipts_owe       (TptListenerReceipts *self,
                                                      const char          *cursor);
void                 tpt_listener_receipts_hurry     (TptListenerReceipts *self);

G_END_DECLS

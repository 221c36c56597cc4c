/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-listener.h"
#include "tpt-pulse-timer.h"
#include "tpt-relay-message.h"
#include "tpt-sleep-watch.h"

G_BEGIN_DECLS

#define TPT_TYPE_LISTENER_LINE (tpt_listener_line_get_type ())

/**
 * TptListenerLine:
 *
 * Keeps the stream of a relay open: comes back after a break, each time a little later, and gives
 * up only when the relay does not know the device any more.
 *
 * Signal `moved`: another #TptRelayState. Signal `webhook` (pointer TptRelayFrame). Signal `gap`
 * (boolean: the journal has begun anew): events were missed.
 */
G_DECLARE_FINAL_TYPE (TptListenerLine, tpt_listener_line, TPT, LISTENER_LINE, GObject)

TptListenerLine *tpt_listener_line_new         (void);
void             tpt_listener_line_set_timer   (TptListenerLine *self,
                                                const TptPulseTimer *timer);
TptSleepWatch   *tpt_listener_line_get_sleep_watch (TptListenerLine *self);
void             tpt_listener_line_open        (TptListenerLine *self,
                                                const char      *url,
                                                const char      *token,
                                                const char      *cursor);
void             tpt_listener_line_close       (TptListenerLine *self);
void             tpt_listener_line_keep        (TptListenerLine *self,
                                                const char      *cursor);
void             tpt_listener_line_hold        (TptListenerLine *self,
                                                gboolean         is_held);
void             tpt_listener_line_repeat      (TptListenerLine *self);
TptRelayState    tpt_listener_line_get_state   (TptListenerLine *self);
const char      *tpt_listener_line_get_message (TptListenerLine *self);

G_END_DECLS

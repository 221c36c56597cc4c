/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tpt-pulse-timer.h"

G_BEGIN_DECLS

#define TPT_TYPE_PULSE (tpt_pulse_get_type ())

/**
 * TptPulse:
 *
 * Says when it is time to sync although nobody asked. Signal `beat`: now.
 */
G_DECLARE_FINAL_TYPE (TptPulse, tpt_pulse, TPT, PULSE, GObject)

TptPulse *tpt_pulse_new            (void);
void      tpt_pulse_set_timer      (TptPulse            *self,
                                    const TptPulseTimer *timer);
void      tpt_pulse_start          (TptPulse *self);
void      tpt_pulse_stop           (TptPulse *self);
gboolean  tpt_pulse_is_on          (TptPulse *self);
void      tpt_pulse_wake           (TptPulse *self);
void      tpt_pulse_set_relay_live (TptPulse *self,
                                    gboolean  is_live);
void      tpt_pulse_note           (TptPulse *self,
                                    gboolean  failed);

G_END_DECLS

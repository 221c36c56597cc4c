/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-pulse-timer.h"

G_BEGIN_DECLS

/* Time that passes when the test says so. To be given to what waits by its @timer, and to live
 * longer than that. */
typedef struct
{
  TptPulseTimer timer;
  GSource *source;         /* the newest that was asked for */
  TptTime pause;           /* how long it should have taken */
} TptFakePulse;

void     tpt_fake_pulse_init       (TptFakePulse *self);
void     tpt_fake_pulse_clear      (TptFakePulse *self);
gboolean tpt_fake_pulse_is_waiting (TptFakePulse *self);
void     tpt_fake_pulse_pass       (TptFakePulse *self);
gboolean tpt_fake_pulse_is_calm    (gpointer      self);

G_END_DECLS

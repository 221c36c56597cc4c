/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"

G_BEGIN_DECLS

/**
 * TptPulseTimer:
 * @after: (transfer full): a source, not attached yet, that is ready once so much time has passed
 *
 * How the pulse waits, so that a test need not.
 */
typedef struct
{
  GSource *(*after) (TptTime  pause,
                     gpointer user_data);
  gpointer user_data;
} TptPulseTimer;

extern const TptPulseTimer tpt_pulse_timer_system;

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"

G_BEGIN_DECLS

#define TPT_TYPE_CLOCK (tpt_clock_get_type ())

/* "Now" as an object: every rule that depends on the time is handed one, so that a test can stop
 * or move it. */
G_DECLARE_FINAL_TYPE (TptClock, tpt_clock, TPT, CLOCK, GObject)

TptClock *tpt_clock_new             (void);
TptClock *tpt_clock_new_frozen      (TptTime    now);
TptClock *tpt_clock_new_environment (GError   **error);
TptTime   tpt_clock_now             (TptClock  *self);
void      tpt_clock_set             (TptClock  *self,
                                     TptTime    now);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "tpt-time.h"

G_BEGIN_DECLS

/* How long this machine has slept since it was started; for a test, something else. */
typedef TptTime (*TptSleepFunc) (gpointer user_data);

#define TPT_TYPE_SLEEP_WATCH (tpt_sleep_watch_get_type ())

/* Signal `woken`: the machine was suspended and is back, so that connections that look open may be
 * long gone. */
G_DECLARE_FINAL_TYPE (TptSleepWatch, tpt_sleep_watch, TPT, SLEEP_WATCH, GObject)

TptSleepWatch *tpt_sleep_watch_new      (void);
void           tpt_sleep_watch_set_func (TptSleepWatch *self,
                                         TptSleepFunc   func,
                                         gpointer       user_data);
void           tpt_sleep_watch_look     (TptSleepWatch *self);

G_END_DECLS

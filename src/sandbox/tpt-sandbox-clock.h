/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TPT_SANDBOX_SECOND G_GINT64_CONSTANT (1000000)
#define TPT_SANDBOX_MINUTE (60 * TPT_SANDBOX_SECOND)
#define TPT_SANDBOX_HOUR   (60 * TPT_SANDBOX_MINUTE)
#define TPT_SANDBOX_DAY    (24 * TPT_SANDBOX_HOUR)

typedef struct _TptSandboxClock TptSandboxClock;

TptSandboxClock *tpt_sandbox_clock_new     (gint64           start);
void             tpt_sandbox_clock_free    (TptSandboxClock *self);
gint64           tpt_sandbox_clock_now     (TptSandboxClock *self);
void             tpt_sandbox_clock_advance (TptSandboxClock *self,
                                            gint64           microseconds);
char            *tpt_sandbox_time_format   (gint64           time);
gboolean         tpt_sandbox_time_parse    (const char      *text,
                                            gint64          *time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptSandboxClock, tpt_sandbox_clock_free)

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is known of the wall clock, beside what it says; zeroed at first. Milliseconds. */
typedef struct
{
  gboolean is_running;
  gint64   seen_at;     /* monotonic: when it was believed last */
  gboolean is_doubted;
  gint64   doubted;     /* what it said when the doubt began */
  gint64   doubted_at;  /* monotonic */
} TptRelayClock;

gboolean tpt_relay_clock_believe (TptRelayClock  *self,
                                  gint64          last,
                                  gint64          wall,
                                  gint64          monotonic);

G_END_DECLS

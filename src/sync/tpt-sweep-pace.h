/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TPT_SWEEP_PACE_WIDEST 6

/* How many requests a sweep has under way at once: fewer when the service says that it is too much
 * or becomes slow, more again when it answers well. */
typedef struct
{
  guint width;
  guint good;              /* answers since the width was changed last */
  gint64 usual;            /* what an answer takes, µs; 0 while nothing is known */
} TptSweepPace;

void tpt_sweep_pace_init     (TptSweepPace *self);
void tpt_sweep_pace_answered (TptSweepPace *self,
                              gint64        duration,
                              gboolean      was_refused);

G_END_DECLS

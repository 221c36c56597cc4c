/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"

G_BEGIN_DECLS

/* Half-open: start ≤ t < end. TPT_TIME_NONE at either side leaves that side open. */
typedef struct
{
  TptTime start;
  TptTime end;
} TptTimeRange;

static inline gboolean
tpt_time_range_contains (const TptTimeRange *self,
                         TptTime             time)
{
  return (self->start == TPT_TIME_NONE || time >= self->start)
         && (self->end == TPT_TIME_NONE || time < self->end);
}

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time-range.h"

G_BEGIN_DECLS

#define TPT_TYPE_BUSY_TIME (tpt_busy_time_get_type ())

G_DECLARE_FINAL_TYPE (TptBusyTime, tpt_busy_time, TPT, BUSY_TIME, GObject)

/* A time that is taken. Filled by who makes it, read-only from then on. */
struct _TptBusyTime
{
  GObject parent_instance;

  char *kind;              /* "calendly", "reserved", "external" */
  char *event;             /* URI of the meeting behind it, or NULL */
  TptTimeRange range;
  TptTimeRange buffered;   /* with the pauses before and after; as @range where there are none */
};

TptBusyTime *tpt_busy_time_new (void);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"

G_BEGIN_DECLS

/**
 * TptScheduleHours:
 * @weekday: 1 is Monday, 7 Sunday; 0 where it is about one @date
 * @date: "2027-03-28", which replaces what holds for its weekday; else ""
 * @from: minutes since midnight
 * @to: minutes since midnight; the same as @from says that there is no time on that date
 */
typedef struct
{
  int weekday;
  char date[11];
  int from;
  int to;
} TptScheduleHours;

#define TPT_TYPE_SCHEDULE (tpt_schedule_get_type ())

G_DECLARE_FINAL_TYPE (TptSchedule, tpt_schedule, TPT, SCHEDULE, GObject)

/* When somebody can be booked in general. Filled by who makes it, read-only from then on. */
struct _TptSchedule
{
  GObject parent_instance;

  char *uri;
  char *name;
  char *user;              /* URI */
  char *timezone;          /* IANA name; what the hours are meant in */
  GArray *hours;           /* (element-type TptScheduleHours) */
  gboolean is_default;
};

TptSchedule *tpt_schedule_new (void);

G_END_DECLS

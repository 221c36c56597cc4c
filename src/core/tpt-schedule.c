/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-schedule.h"

G_DEFINE_FINAL_TYPE (TptSchedule, tpt_schedule, G_TYPE_OBJECT)

static void
tpt_schedule_finalize (GObject *object)
{
  TptSchedule *self = TPT_SCHEDULE (object);

  g_free (self->uri);
  g_free (self->name);
  g_free (self->user);
  g_free (self->timezone);
  g_array_unref (self->hours);

  G_OBJECT_CLASS (tpt_schedule_parent_class)->finalize (object);
}

static void
tpt_schedule_class_init (TptScheduleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_schedule_finalize;
}

static void
tpt_schedule_init (TptSchedule *self)
{
  self->hours = g_array_new (FALSE, FALSE, sizeof (TptScheduleHours));
}

TptSchedule *
tpt_schedule_new (void)
{
  return g_object_new (TPT_TYPE_SCHEDULE, NULL);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-busy-time.h"

G_DEFINE_FINAL_TYPE (TptBusyTime, tpt_busy_time, G_TYPE_OBJECT)

static void
tpt_busy_time_finalize (GObject *object)
{
  TptBusyTime *self = TPT_BUSY_TIME (object);

  g_free (self->kind);
  g_free (self->event);

  G_OBJECT_CLASS (tpt_busy_time_parent_class)->finalize (object);
}

static void
tpt_busy_time_class_init (TptBusyTimeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_busy_time_finalize;
}

static void
tpt_busy_time_init (TptBusyTime *self)
{
}

TptBusyTime *
tpt_busy_time_new (void)
{
  return g_object_new (TPT_TYPE_BUSY_TIME, NULL);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test-growth.h"

#include "tpt-test-screen.h"
#include "tpt-test.h"

static void
frame_cb (GdkFrameClock *clock,
          TptTestGrowth *self)
{
  guint count = tpt_test_screen_count (self->widget, self->type);

  self->most = MAX (self->most, count - MIN (count, self->last));
  self->last = count;
}

static gboolean
has_grown (gpointer user_data)
{
  TptTestGrowth *self = user_data;

  return self->last == self->wanted;
}

/* From the next frame of @widget on, which is on the screen. */
void
tpt_test_growth_watch (TptTestGrowth *self,
                       GtkWidget     *widget,
                       GType          type)
{
  *self = (TptTestGrowth) { .widget = widget, .type = type };
  self->clock = gtk_widget_get_frame_clock (widget);
  self->handler = g_signal_connect (self->clock, "after-paint", G_CALLBACK (frame_cb), self);
}

void
tpt_test_growth_await (TptTestGrowth *self,
                       guint          wanted)
{
  self->wanted = wanted;
  tpt_test_await_func (has_grown, self);
}

void
tpt_test_growth_stop (TptTestGrowth *self)
{
  g_signal_handler_disconnect (self->clock, self->handler);
}

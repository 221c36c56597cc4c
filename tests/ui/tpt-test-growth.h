/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How many widgets of a type there are, and how many were made for one frame at most. */
typedef struct
{
  GtkWidget *widget;
  GType type;
  GdkFrameClock *clock;
  gulong handler;
  guint wanted;
  guint last;
  guint most;
} TptTestGrowth;

void tpt_test_growth_watch (TptTestGrowth *self,
                            GtkWidget     *widget,
                            GType          type);
void tpt_test_growth_await (TptTestGrowth *self,
                            guint          wanted);
void tpt_test_growth_stop  (TptTestGrowth *self);

G_END_DECLS

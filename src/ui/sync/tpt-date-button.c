/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-date-button.h"

#include "tpt-format.h"

struct _TptDateButton
{
  AdwBin parent_instance;

  gint64 day;              /* since 1970-01-01 */

  /* Template widgets */
  GtkMenuButton *button;
  GtkPopover *popover;
  GtkCalendar *calendar;
  GtkLabel *label;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptDateButton, tpt_date_button, ADW_TYPE_BIN)

/* A day has no zone: any will do, as long as it is the same one both ways. */
static GTimeZone *
any_zone (void)
{
  return g_time_zone_new_utc ();
}

static void
show_day (TptDateButton *self)
{
  g_autoptr (GTimeZone) zone = any_zone ();
  g_autofree char *text = tpt_format_day (tpt_time_from_local_day (self->day, zone), zone, 0);

  gtk_label_set_text (self->label, text);
}

static void
selected_cb (TptDateButton *self)
{
  g_autoptr (GTimeZone) zone = any_zone ();
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDateTime) noon =
    g_date_time_new_utc (g_date_time_get_year (date), g_date_time_get_month (date),
                         g_date_time_get_day_of_month (date), 12, 0, 0);
  gint64 day = tpt_time_get_local_day (g_date_time_to_unix (noon) * TPT_SECOND, zone);

  if (day == self->day)
    return;
  self->day = day;
  show_day (self);
  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
tpt_date_button_class_init (TptDateButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHANGED] = g_signal_new ("changed", TPT_TYPE_DATE_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/sync/tpt-date-button.ui");
  gtk_widget_class_bind_template_child (widget_class, TptDateButton, button);
  gtk_widget_class_bind_template_child (widget_class, TptDateButton, popover);
  gtk_widget_class_bind_template_child (widget_class, TptDateButton, calendar);
  gtk_widget_class_bind_template_child (widget_class, TptDateButton, label);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
tpt_date_button_init (TptDateButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @day: as tpt_time_get_local_day () */
void
tpt_date_button_set_day (TptDateButton *self,
                         gint64         day)
{
  g_autoptr (GTimeZone) zone = any_zone ();
  g_autoptr (GDateTime) date = tpt_time_to_local (tpt_time_from_local_day (day, zone), zone);

  self->day = day;
  gtk_calendar_select_day (self->calendar, date);
  show_day (self);
}

gint64
tpt_date_button_get_day (TptDateButton *self)
{
  return self->day;
}

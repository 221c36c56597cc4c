/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-day-card.h"

#include "tpt-day-row.h"

#include <glib/gi18n.h>

/* Longer than anything that can be booked. */
#define LONGEST TPT_DAY

struct _TptDayCard
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  GCancellable *cancellable;
  GListStore *meetings;
  int days_ahead;

  TptDashboardCard *card;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (TptDayCard, tpt_day_card, ADW_TYPE_BIN)

static TptTimeRange
get_range (TptDayCard *self)
{
  GTimeZone *zone = tpt_workspace_get_zone (self->workspace);
  gint64 day = tpt_time_get_local_day (tpt_clock_now (self->workspace->clock), zone)
               + self->days_ahead;

  return (TptTimeRange){ .start = tpt_time_from_local_day (day, zone),
                         .end = tpt_time_from_local_day (day + 1, zone) };
}

static void
set_note (TptDayCard *self)
{
  TptTimeRange range = get_range (self);
  g_autoptr (GDateTime) date = tpt_time_to_local (range.start,
                                                  tpt_workspace_get_zone (self->workspace));
  /* Translators: the date beside "Today" and "Tomorrow", see the manual of strftime */
  g_autofree char *note = g_date_time_format (date, _("%A, %-e %B"));

  tpt_dashboard_card_set_note (self->card, note);
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  TptDayCard *self = user_data;

  return tpt_day_row_new (item, self->workspace);
}

/* What began before the day belongs to it for as long as it goes on. */
static gboolean
is_of_day (TptDayCard *self,
           TptMeeting *meeting,
           TptTime     now)
{
  TptTimeRange range = get_range (self);

  return meeting->start >= range.start || (self->days_ahead == 0 && meeting->end > now);
}

static gboolean
stands (TptMeeting *meeting,
        TptTime     now)
{
  switch (tpt_meeting_get_outcome (meeting, now))
    {
    case TPT_OUTCOME_CANCELED:
    case TPT_OUTCOME_SUPERSEDED:
      return FALSE;
    case TPT_OUTCOME_UPCOMING:
    case TPT_OUTCOME_HELD:
    case TPT_OUTCOME_NO_SHOW:
    default:
      return TRUE;
    }
}

static void
show_empty (TptDayCard *self)
{
  const char *reason = self->days_ahead == 0 ? _("No meetings today") : _("No meetings tomorrow");

  if (tpt_workspace_is_connected (self->workspace))
    tpt_dashboard_card_show_empty (self->card, "x-office-calendar-symbolic", reason, NULL, NULL);
  else
    tpt_dashboard_card_show_empty (self->card, "x-office-calendar-symbolic",
                                   _("Your meetings appear here once Calendly is connected"),
                                   _("Connect…"), "app.connect");
}

static void
show (TptDayCard *self,
      GPtrArray  *meetings)
{
  TptTime now = tpt_clock_now (self->workspace->clock);
  g_autoptr (GPtrArray) standing = g_ptr_array_new ();

  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      if (stands (meeting, now) && is_of_day (self, meeting, now))
        g_ptr_array_add (standing, meeting);
    }
  g_list_store_splice (self->meetings, 0, g_list_model_get_n_items (G_LIST_MODEL (self->meetings)),
                       standing->pdata, standing->len);
  /* Nobody knows of a day to come before there is a connection, which today's card offers. */
  gtk_widget_set_visible (GTK_WIDGET (self->card),
                          standing->len > 0 || self->days_ahead == 0
                            || tpt_workspace_is_connected (self->workspace));
  if (standing->len > 0)
    tpt_dashboard_card_show_content (self->card);
  else
    show_empty (self);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptDayCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) meetings = NULL;

  meetings = tpt_store_list_meetings_finish (TPT_STORE (source), result, &error);
  if (meetings != NULL)
    show (self, meetings);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tpt_dashboard_card_show_error (self->card, error->message);
}

static void
store_changed_cb (TptStore   *store,
                  guint       flags,
                  GArray     *customers,
                  TptDayCard *self)
{
  if ((flags & (TPT_CHANGE_MEETINGS | TPT_CHANGE_CUSTOMERS)) != 0)
    tpt_day_card_load (self);
}

static void
tpt_day_card_dispose (GObject *object)
{
  TptDayCard *self = TPT_DAY_CARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);
  g_clear_object (&self->meetings);

  G_OBJECT_CLASS (tpt_day_card_parent_class)->dispose (object);
}

static void
tpt_day_card_class_init (TptDayCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tpt_day_card_dispose;
}

static void
tpt_day_card_init (TptDayCard *self)
{
  self->meetings = g_list_store_new (TPT_TYPE_MEETING);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->meetings), create_row_cb, self, NULL);
}

/**
 * tpt_day_card_new:
 * @days_ahead: 0 today, 1 tomorrow
 */
GtkWidget *
tpt_day_card_new (int days_ahead)
{
  TptDayCard *self = g_object_new (TPT_TYPE_DAY_CARD, NULL);
  const char *title = days_ahead == 0 ? _("Today") : _("Tomorrow");

  self->days_ahead = days_ahead;
  self->card = TPT_DASHBOARD_CARD (tpt_dashboard_card_new (title, GTK_WIDGET (self->list)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (self->card, "retry", G_CALLBACK (tpt_day_card_load), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->card));

  return GTK_WIDGET (self);
}

void
tpt_day_card_set_workspace (TptDayCard   *self,
                            TptWorkspace *workspace)
{
  g_return_if_fail (TPT_IS_DAY_CARD (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace->store, "changed", G_CALLBACK (store_changed_cb), self, 0);
  g_signal_connect_object (workspace, "date-changed", G_CALLBACK (tpt_day_card_load), self,
                           G_CONNECT_SWAPPED);
  if (workspace->connection != NULL)
    g_signal_connect_object (workspace->connection, "notify::state",
                             G_CALLBACK (tpt_day_card_load), self, G_CONNECT_SWAPPED);
  tpt_day_card_load (self);
}

/* The day is one's own, also where the meetings of colleagues are here. */
static const char *
get_host (TptDayCard *self)
{
  TptConnection *connection = self->workspace->connection;

  if (connection == NULL || !tpt_connection_has_colleagues (connection))
    return NULL;

  return tpt_connection_get_account (connection)->email;
}

/** tpt_day_card_load: reads the day anew; what is shown stays until the answer is there */
void
tpt_day_card_load (TptDayCard *self)
{
  TptMeetingQuery query = { 0 };

  g_return_if_fail (TPT_IS_DAY_CARD (self));
  g_return_if_fail (self->workspace != NULL);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  query.range = get_range (self);
  query.range.start -= LONGEST;
  query.host_email = get_host (self);
  set_note (self);
  tpt_store_list_meetings_async (self->workspace->store, &query, self->cancellable, listed_cb,
                                 g_object_ref (self));
}

/** tpt_day_card_refresh: shows which meetings are over by now */
void
tpt_day_card_refresh (TptDayCard *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (TPT_IS_DAY_CARD (self));
  g_return_if_fail (self->workspace != NULL);

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    tpt_day_row_refresh (TPT_DAY_ROW (row), tpt_clock_now (self->workspace->clock));
}

TptDashboardCard *
tpt_day_card_get_card (TptDayCard *self)
{
  g_return_val_if_fail (TPT_IS_DAY_CARD (self), NULL);

  return self->card;
}

GListModel *
tpt_day_card_get_model (TptDayCard *self)
{
  g_return_val_if_fail (TPT_IS_DAY_CARD (self), NULL);

  return G_LIST_MODEL (self->meetings);
}

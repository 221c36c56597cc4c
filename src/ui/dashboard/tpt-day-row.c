/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-day-row.h"

#include "tpt-format.h"
#include "tpt-join-link.h"
#include "tpt-literal.h"

#include <glib/gi18n.h>

struct _TptDayRow
{
  GtkListBoxRow parent_instance;

  char *join;
  TptTime end;

  /* Template widgets */
  GtkLabel *clock;
  GtkLabel *length;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkButton *join_button;
};

G_DEFINE_FINAL_TYPE (TptDayRow, tpt_day_row, GTK_TYPE_LIST_BOX_ROW)

static void
join_cb (GtkButton *button,
         TptDayRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_show_uri (GTK_WINDOW (root), self->join, GDK_CURRENT_TIME);
}

/* Answered when it is asked for: to set the text of a tooltip makes GTK ask the display several
 * times where the pointer is, and the first frame would wait for that in every row. */
static gboolean
query_tooltip_cb (GtkWidget  *button,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip,
                  TptDayRow  *self)
{
  g_autofree char *host = tpt_join_link_host (self->join);
  /* Translators: %s is the host of a web address */
  g_autofree char *text = g_strdup_printf (_("Join at %s"), host);

  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
set_join (TptDayRow  *self,
          TptMeeting *meeting,
          const char *name)
{
  g_autofree char *label = NULL;

  self->join = tpt_join_link_check (meeting->join_url);
  gtk_widget_set_visible (GTK_WIDGET (self->join_button), self->join != NULL);
  if (self->join == NULL)
    return;
  /* Translators: %s is the name of a customer */
  label = g_strdup_printf (_("Join the meeting with %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->join_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* "Anna Meyer and 3 more" */
static char *
describe_people (TptMeeting *meeting,
                 TptInvitee *invitee)
{
  g_autofree char *first = NULL;
  guint others = 0;

  if (invitee == NULL)
    return NULL;
  first = tpt_literal_part (invitee->name != NULL ? invitee->name : invitee->email);
  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      TptInvitee *other = g_ptr_array_index (meeting->invitees, i);

      if (other != invitee && !other->canceled)
        others++;
    }
  if (others == 0)
    return g_steal_pointer (&first);

  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", others), first, others);
}

static char *
describe (const char *who,
          TptMeeting *meeting)
{
  g_autofree char *what = tpt_literal_part (tpt_meeting_get_title (meeting));

  if (who != NULL)
    /* Translators: a person, the name of a meeting */
    return g_strdup_printf (_("%s · %s"), who, what);

  return g_steal_pointer (&what);
}

static char *
get_name (TptDayRow       *self,
          TptCustomerItem *item,
          TptMeeting      *meeting,
          const char      *who)
{
  if (item != NULL)
    return tpt_literal_part (tpt_customer_item_get_name (item));
  if (who != NULL)
    return g_strdup (who);

  return tpt_literal_part (tpt_meeting_get_title (meeting));
}

/* What a screen reader says of the row, which has the keyboard as a whole. */
static void
set_label (TptDayRow  *self,
           const char *clock,
           const char *name,
           const char *text)
{
  g_autofree char *label = *text != '\0' ? g_strdup_printf ("%s, %s, %s", clock, name, text)
                                         : g_strdup_printf ("%s, %s", clock, name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* When it begins; of what began on an earlier date, and goes on, when it ends. */
static char *
describe_clock (TptMeeting   *meeting,
                TptWorkspace *workspace)
{
  GTimeZone *zone = tpt_workspace_get_zone (workspace);
  gint64 today = tpt_time_get_local_day (tpt_clock_now (workspace->clock), zone);
  g_autofree char *end = NULL;

  if (tpt_time_get_local_day (meeting->start, zone) >= today)
    return tpt_format_clock (meeting->start, zone);
  end = tpt_format_clock (meeting->end, zone);

  /* Translators: %s is the time of day at which a meeting ends that began the day before */
  return g_strdup_printf (_("until %s"), end);
}

static void
fill (TptDayRow    *self,
      TptMeeting   *meeting,
      TptWorkspace *workspace)
{
  TptInvitee *invitee = tpt_meeting_get_invitee (meeting, 0);
  TptCustomerItem *item = NULL;
  g_autofree char *clock = describe_clock (meeting, workspace);
  g_autofree char *length = tpt_format_duration (meeting->end - meeting->start);
  g_autofree char *who = describe_people (meeting, invitee);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (invitee != NULL && invitee->customer != 0)
    item = tpt_portfolio_find (workspace->portfolio, invitee->customer);
  name = get_name (self, item, meeting, who);
  text = describe (item != NULL ? who : NULL, meeting);
  gtk_label_set_text (self->clock, clock);
  gtk_label_set_text (self->length, length);
  gtk_label_set_text (self->title, name);
  gtk_label_set_text (self->subtitle, text);
  set_label (self, clock, name, text);
  set_join (self, meeting, name);
  self->end = meeting->end;
  tpt_day_row_refresh (self, tpt_clock_now (workspace->clock));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), item != NULL);
  if (item != NULL)
    {
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "x", invitee->customer);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.show-customer");
    }
}

static void
tpt_day_row_finalize (GObject *object)
{
  TptDayRow *self = TPT_DAY_ROW (object);

  g_free (self->join);

  G_OBJECT_CLASS (tpt_day_row_parent_class)->finalize (object);
}

static void
tpt_day_row_class_init (TptDayRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tpt_day_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/dashboard/tpt-day-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TptDayRow, clock);
  gtk_widget_class_bind_template_child (widget_class, TptDayRow, length);
  gtk_widget_class_bind_template_child (widget_class, TptDayRow, title);
  gtk_widget_class_bind_template_child (widget_class, TptDayRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, TptDayRow, join_button);
  gtk_widget_class_bind_template_callback (widget_class, join_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
}

static void
tpt_day_row_init (TptDayRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tpt_day_row_new (TptMeeting   *meeting,
                 TptWorkspace *workspace)
{
  TptDayRow *self;

  g_return_val_if_fail (TPT_IS_MEETING (meeting), NULL);
  g_return_val_if_fail (TPT_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (TPT_TYPE_DAY_ROW, NULL);
  fill (self, meeting, workspace);

  return GTK_WIDGET (self);
}

/** tpt_day_row_refresh: dims it while the meeting is over, which a clock that is set may undo */
void
tpt_day_row_refresh (TptDayRow *self,
                     TptTime    now)
{
  g_return_if_fail (TPT_IS_DAY_ROW (self));

  if (self->end < now)
    gtk_widget_add_css_class (GTK_WIDGET (self), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "dim-label");
}

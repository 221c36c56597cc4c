/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-meeting-row.h"

#include <glib/gi18n.h>

#include "tpt-calendar-saver.h"
#include "tpt-chip.h"
#include "tpt-fold-box.h"
#include "tpt-format.h"
#include "tpt-join-link.h"
#include "tpt-literal.h"
#include "tpt-meeting-details.h"
#include "tpt-meeting-sheet.h"

struct _TptMeetingRow
{
  GtkListBoxRow parent_instance;

  TptWorkspace *workspace;
  TptMeeting *meeting;
  gint64 customer;
  char *join_url;          /* checked, or NULL */
  char *reschedule_url;    /* checked, or NULL */

  /* Template widgets */
  GtkLabel *name;
  TptChip *status;
  TptChip *moved;
  GtkLabel *when;
  GtkLabel *who;
  GtkWidget *actions;
  GtkButton *join;
  GtkButton *reschedule;
  GtkToggleButton *expand;
  GtkRevealer *revealer;
};

enum
{
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptMeetingRow, tpt_meeting_row, GTK_TYPE_LIST_BOX_ROW)

static char *
describe_when (TptMeetingRow *self,
               TptInvitee    *invitee)
{
  GTimeZone *zone = tpt_workspace_get_zone (self->workspace);
  TptTime now = tpt_clock_now (self->workspace->clock);
  g_autofree char *span = tpt_format_span (self->meeting->start, self->meeting->end, zone, now);
  g_autofree char *length = tpt_format_duration (self->meeting->end - self->meeting->start);
  g_autofree char *theirs = NULL;

  if (invitee != NULL)
    theirs = tpt_format_their_time (self->meeting->start, zone, invitee->timezone);

  return theirs != NULL ? g_strjoin (" · ", span, length, theirs, NULL)
                        : g_strjoin (" · ", span, length, NULL);
}

/* In one's own list of meetings "with myself" would say nothing. */
static gboolean
is_hosted_by_me_alone (TptMeetingRow *self)
{
  TptUser *me = self->workspace->connection != NULL
                  ? tpt_connection_get_account (self->workspace->connection)
                  : NULL;
  const TptHost *host;

  if (me == NULL || self->meeting->hosts->len != 1)
    return FALSE;
  host = g_ptr_array_index (self->meeting->hosts, 0);

  return g_strcmp0 (host->uri, me->uri) == 0;
}

static char *
describe_who (TptMeetingRow *self)
{
  g_autofree char *who = tpt_meeting_sheet_who (self->meeting, self->customer);
  g_autofree char *hosts = tpt_meeting_sheet_hosts (self->meeting);

  if (*hosts == '\0' || is_hosted_by_me_alone (self))
    return g_steal_pointer (&who);

  /* Translators: guests, hosts: "Ada Lovelace (ada@example.com), with Robin Falk" */
  return g_strdup_printf (_("%s, with %s"), who, hosts);
}

static void
update_buttons (TptMeetingRow *self,
                TptInvitee    *invitee,
                gboolean       ahead)
{
  g_autofree char *host = tpt_join_link_host (self->meeting->join_url);
  g_autofree char *name = tpt_literal_part (tpt_meeting_get_title (self->meeting));
  g_autofree char *tooltip = NULL;
  g_autofree char *join_label = g_strdup_printf (_("Join %s"), name);
  g_autofree char *reschedule_label = g_strdup_printf (_("Reschedule %s"), name);
  g_autofree char *details_label = g_strdup_printf (_("Details of %s"), name);

  g_free (self->join_url);
  g_free (self->reschedule_url);
  self->join_url = ahead ? tpt_join_link_check (self->meeting->join_url) : NULL;
  self->reschedule_url = ahead && invitee != NULL ? tpt_service_link_check (invitee->reschedule_url)
                                                  : NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->join), self->join_url != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->reschedule), self->reschedule_url != NULL);
  gtk_widget_set_visible (self->actions, self->join_url != NULL || self->reschedule_url != NULL);
  if (host != NULL)
    {
      tooltip = g_strdup_printf (_("Join at %s"), host);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->join), tooltip);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->join),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, join_label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reschedule),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, reschedule_label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->expand),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, details_label, -1);
}

static void
update_moved (TptMeetingRow *self,
              TptInvitee    *invitee)
{
  guint times = invitee != NULL ? invitee->reschedules : 0;
  g_autofree char *text = g_strdup_printf (_("Rescheduled ×%u"), times);

  tpt_chip_set_text (self->moved, text);
  gtk_widget_set_visible (GTK_WIDGET (self->moved), times > 0);
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptMeetingRow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_info ("Opening an address: %s", error->message);
      g_signal_emit (self, signals[TOAST], 0, _("The browser could not be opened"));
    }
}

static void
show (TptMeetingRow *self,
      const char    *address)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_show_uri_full (GTK_WINDOW (root), address, GDK_CURRENT_TIME, NULL, shown_cb,
                     g_object_ref (self));
}

static void
join_cb (TptMeetingRow *self)
{
  show (self, self->join_url);
}

static void
reschedule_cb (TptMeetingRow *self)
{
  show (self, self->reschedule_url);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptMeetingRow) self = user_data;
  g_autofree char *text = tpt_calendar_saver_describe (result);

  if (text != NULL)
    g_signal_emit (self, signals[TOAST], 0, text);
}

static void
save_cb (TptMeetingRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GPtrArray) meetings = g_ptr_array_new ();

  g_ptr_array_add (meetings, self->meeting);
  tpt_calendar_saver_ask_async (GTK_WINDOW (root), meetings,
                                tpt_meeting_get_title (self->meeting),
                                tpt_clock_now (self->workspace->clock), NULL, saved_cb,
                                g_object_ref (self));
}

static GtkWidget *
make_save_button (TptMeetingRow *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Save as Calendar File…"));

  g_signal_connect_object (button, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);

  return button;
}

/* The details are made when somebody wants to see them: a list of hundreds would be slow with all
 * of them. */
static void
expanded_cb (TptMeetingRow *self)
{
  gboolean expanded = gtk_toggle_button_get_active (self->expand);

  if (expanded && gtk_revealer_get_child (self->revealer) == NULL)
    gtk_revealer_set_child (self->revealer,
                            tpt_meeting_details_new (self->meeting,
                                                     tpt_workspace_get_zone (self->workspace),
                                                     tpt_clock_now (self->workspace->clock),
                                                     make_save_button (self)));
  gtk_revealer_set_reveal_child (self->revealer, expanded);
  gtk_button_set_icon_name (GTK_BUTTON (self->expand),
                            expanded ? "pan-up-symbolic" : "pan-down-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->expand), GTK_ACCESSIBLE_STATE_EXPANDED,
                               expanded, -1);
}

static void
tpt_meeting_row_dispose (GObject *object)
{
  TptMeetingRow *self = TPT_MEETING_ROW (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->meeting);

  G_OBJECT_CLASS (tpt_meeting_row_parent_class)->dispose (object);
}

static void
tpt_meeting_row_finalize (GObject *object)
{
  TptMeetingRow *self = TPT_MEETING_ROW (object);

  g_free (self->join_url);
  g_free (self->reschedule_url);

  G_OBJECT_CLASS (tpt_meeting_row_parent_class)->finalize (object);
}

static void
tpt_meeting_row_class_init (TptMeetingRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tpt_meeting_row_dispose;
  object_class->finalize = tpt_meeting_row_finalize;

  signals[TOAST] =
    g_signal_new ("toast", TPT_TYPE_MEETING_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (TPT_TYPE_CHIP);
  g_type_ensure (TPT_TYPE_FOLD_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/meetings/tpt-meeting-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TptMeetingRow, name);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingRow, status);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingRow, moved);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingRow, when);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingRow, who);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingRow, actions);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingRow, join);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingRow, reschedule);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingRow, expand);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingRow, revealer);
  gtk_widget_class_bind_template_callback (widget_class, join_cb);
  gtk_widget_class_bind_template_callback (widget_class, reschedule_cb);
  gtk_widget_class_bind_template_callback (widget_class, expanded_cb);
}

static void
tpt_meeting_row_init (TptMeetingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tpt_meeting_row_new:
 * @customer: row of the customer whose people come first in it
 */
GtkWidget *
tpt_meeting_row_new (TptWorkspace *workspace,
                     TptMeeting   *meeting,
                     gint64        customer)
{
  TptMeetingRow *self;

  g_return_val_if_fail (TPT_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (TPT_IS_MEETING (meeting), NULL);

  self = g_object_new (TPT_TYPE_MEETING_ROW, NULL);
  self->workspace = g_object_ref (workspace);
  self->meeting = g_object_ref (meeting);
  self->customer = customer;
  tpt_meeting_row_refresh (self);

  return GTK_WIDGET (self);
}

/**
 * tpt_meeting_row_refresh:
 *
 * to be called when time went by: "Tomorrow" becomes "Today", and what is ahead, held
 */
void
tpt_meeting_row_refresh (TptMeetingRow *self)
{
  g_autofree char *name = NULL;
  g_autofree char *when = NULL;
  g_autofree char *who = NULL;
  TptInvitee *invitee;
  TptOutcome outcome;

  g_return_if_fail (TPT_IS_MEETING_ROW (self));

  invitee = tpt_meeting_get_invitee (self->meeting, self->customer);
  outcome = tpt_meeting_get_outcome_for (self->meeting, self->customer,
                                         tpt_clock_now (self->workspace->clock));
  name = tpt_literal_line (tpt_meeting_get_title (self->meeting));
  when = describe_when (self, invitee);
  who = describe_who (self);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->when, when);
  gtk_label_set_text (self->who, who);
  tpt_chip_set_outcome (self->status, outcome);
  update_moved (self, invitee);
  update_buttons (self, invitee, outcome == TPT_OUTCOME_UPCOMING);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-meetings-panel.h"

#include <glib/gi18n.h>

#include "tpt-calendar-saver.h"
#include "tpt-meeting-row.h"
#include "tpt-object-list.h"
#include "tpt-scroll-anchor.h"
#include "tpt-slice-fill.h"

#define FIRST_PAST 10
#define MORE_PAST 50

struct _TptMeetingsPanel
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  gint64 customer;
  GCancellable *cancellable;
  GPtrArray *meetings;     /* (element-type TptMeeting) newest first, NULL until they are read */
  TptObjectList *ahead;
  TptObjectList *past;

  /* Template widgets */
  GtkStack *stack;
  GtkWidget *past_section;
  GtkLabel *nothing_ahead;
  GtkListBox *ahead_box;
  TptSlice *ahead_slice;
  GtkWidget *save;
  GtkListBox *past_box;
  TptSlice *past_slice;
  GtkButton *more;
  AdwStatusPage *empty;
  GtkButton *connect;
};

enum
{
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptMeetingsPanel, tpt_meetings_panel, ADW_TYPE_BIN)

static const char *
get_key (gpointer meeting)
{
  return TPT_MEETING (meeting)->uri;
}

static gboolean
is_same_invitee (TptInvitee *a,
                 TptInvitee *b)
{
  return g_strcmp0 (a->uri, b->uri) == 0 && a->updated_at == b->updated_at
         && a->canceled == b->canceled && a->customer == b->customer
         && a->stakeholder == b->stakeholder && a->confirmed == b->confirmed
         && tpt_invitee_get_no_show (a) == tpt_invitee_get_no_show (b)
         && a->reschedules == b->reschedules && g_strcmp0 (a->link_id, b->link_id) == 0
         && g_strcmp0 (a->name, b->name) == 0;
}

/* Whether a row for @a would look like one for @b, so that it may stay, unfolded and focused as
 * it is. */
static gboolean
is_same (gpointer a,
         gpointer b)
{
  TptMeeting *first = a, *second = b;

  if (first->updated_at != second->updated_at || first->canceled != second->canceled
      || first->start != second->start || first->end != second->end
      || first->invitees->len != second->invitees->len
      || g_strcmp0 (first->name, second->name) != 0
      || g_strcmp0 (first->join_url, second->join_url) != 0)
    return FALSE;
  for (guint i = 0; i < first->invitees->len; i++)
    {
      if (!is_same_invitee (g_ptr_array_index (first->invitees, i),
                            g_ptr_array_index (second->invitees, i)))
        return FALSE;
    }

  return TRUE;
}

static void
update_more (TptMeetingsPanel *self)
{
  guint total = g_list_model_get_n_items (G_LIST_MODEL (self->past));
  guint shown = tpt_slice_get_wanted (self->past_slice);
  g_autofree char *label = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->more), total > shown);
  if (total <= shown)
    return;
  label = g_strdup_printf (total - shown <= MORE_PAST ? _("_Show All (%u)") : _("_Show More of %u"),
                           total);
  gtk_button_set_label (self->more, label);
}

static void
show_empty (TptMeetingsPanel *self)
{
  gboolean connected = tpt_workspace_is_connected (self->workspace);

  adw_status_page_set_description (
    self->empty,
    connected ? _("Nobody from this customer has booked yet. Make a link and send it to them.")
              : _("Connect your Calendly account, and the meetings of this customer appear here."));
  gtk_widget_set_visible (GTK_WIDGET (self->connect), !connected);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

/* Time moves meetings from one list to the other, without anything being read anew. */
static void
split (TptMeetingsPanel *self)
{
  g_autoptr (GPtrArray) ahead = g_ptr_array_new ();
  g_autoptr (GPtrArray) past = g_ptr_array_new ();
  TptTime now = tpt_clock_now (self->workspace->clock);

  for (guint i = 0; i < self->meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (self->meetings, i);

      if (tpt_meeting_get_outcome_for (meeting, self->customer, now) == TPT_OUTCOME_UPCOMING)
        g_ptr_array_insert (ahead, 0, meeting);
      else
        g_ptr_array_add (past, meeting);
    }
  tpt_scroll_anchor_hold (self->ahead_box, self->past_box);
  tpt_object_list_update (self->ahead, ahead);
  tpt_object_list_update (self->past, past);
  gtk_widget_set_visible (GTK_WIDGET (self->ahead_box), ahead->len > 0);
  gtk_widget_set_visible (self->save, ahead->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing_ahead), ahead->len == 0);
  gtk_widget_set_visible (self->past_section, past->len > 0);
  tpt_slice_fill (self->ahead_slice, GTK_WIDGET (self), G_MAXUINT);
  tpt_slice_fill (self->past_slice, GTK_WIDGET (self),
                  MAX (FIRST_PAST, tpt_slice_get_wanted (self->past_slice)));
  update_more (self);
  if (self->meetings->len == 0)
    show_empty (self);
  else
    gtk_stack_set_visible_child_name (self->stack, "content");
}

static void
refresh_rows (GtkListBox *box)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (box));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (TPT_IS_MEETING_ROW (child))
        tpt_meeting_row_refresh (TPT_MEETING_ROW (child));
    }
}

static void
meetings_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TptMeetingsPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) meetings = NULL;

  meetings = tpt_store_list_meetings_finish (TPT_STORE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (meetings == NULL)
    {
      g_info ("Reading meetings: %s", error->message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }
  g_clear_pointer (&self->meetings, g_ptr_array_unref);
  self->meetings = g_steal_pointer (&meetings);
  split (self);
}

static void
load (TptMeetingsPanel *self)
{
  TptMeetingQuery query = { .customer = self->customer, .descending = TRUE };

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  tpt_store_list_meetings_async (self->workspace->store, &query, self->cancellable, meetings_cb,
                                 g_object_ref (self));
}

static void
store_changed_cb (TptMeetingsPanel *self,
                  guint             flags,
                  GArray           *customers)
{
  if ((flags & (TPT_CHANGE_MEETINGS | TPT_CHANGE_CUSTOMERS | TPT_CHANGE_LINKS)) != 0
      && tpt_workspace_change_names (customers, self->customer))
    load (self);
}

static void
figures_updated_cb (TptMeetingsPanel *self)
{
  if (self->meetings == NULL)
    return;
  split (self);
  refresh_rows (self->ahead_box);
  refresh_rows (self->past_box);
}

static void
row_toast_cb (TptMeetingsPanel *self,
              const char       *text)
{
  g_signal_emit (self, signals[TOAST], 0, text);
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  TptMeetingsPanel *self = user_data;
  GtkWidget *row = tpt_meeting_row_new (self->workspace, item, self->customer);

  g_signal_connect_object (row, "toast", G_CALLBACK (row_toast_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptMeetingsPanel) self = user_data;
  g_autofree char *text = tpt_calendar_saver_describe (result);

  if (text != NULL)
    g_signal_emit (self, signals[TOAST], 0, text);
}

static void
save_cb (TptMeetingsPanel *self)
{
  GListModel *ahead = G_LIST_MODEL (self->ahead);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  TptCustomerItem *item = tpt_portfolio_find (self->workspace->portfolio, self->customer);
  g_autoptr (GPtrArray) meetings = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (ahead); i++)
    g_ptr_array_add (meetings, g_list_model_get_item (ahead, i));
  tpt_calendar_saver_ask_async (GTK_WINDOW (root), meetings,
                                item != NULL ? tpt_customer_item_get_customer (item)->name : NULL,
                                tpt_clock_now (self->workspace->clock), NULL, saved_cb,
                                g_object_ref (self));
}

static void
more_cb (TptMeetingsPanel *self)
{
  tpt_slice_fill (self->past_slice, GTK_WIDGET (self),
                  tpt_slice_get_wanted (self->past_slice) + MORE_PAST);
  update_more (self);
}

static void
retry_cb (TptMeetingsPanel *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  load (self);
}

static void
tpt_meetings_panel_dispose (GObject *object)
{
  TptMeetingsPanel *self = TPT_MEETINGS_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->meetings, g_ptr_array_unref);
  g_clear_object (&self->ahead);
  g_clear_object (&self->past);

  G_OBJECT_CLASS (tpt_meetings_panel_parent_class)->dispose (object);
}

static void
tpt_meetings_panel_class_init (TptMeetingsPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_meetings_panel_dispose;

  signals[TOAST] =
    g_signal_new ("toast", TPT_TYPE_MEETINGS_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (TPT_TYPE_SLICE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/meetings/tpt-meetings-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TptMeetingsPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingsPanel, past_section);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingsPanel, nothing_ahead);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingsPanel, ahead_box);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingsPanel, ahead_slice);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingsPanel, save);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingsPanel, past_box);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingsPanel, past_slice);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingsPanel, more);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingsPanel, empty);
  gtk_widget_class_bind_template_child (widget_class, TptMeetingsPanel, connect);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
tpt_meetings_panel_init (TptMeetingsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->ahead = tpt_object_list_new (TPT_TYPE_MEETING, get_key, is_same);
  self->past = tpt_object_list_new (TPT_TYPE_MEETING, get_key, is_same);
  tpt_slice_reset (self->ahead_slice);
  tpt_slice_set_model (self->ahead_slice, G_LIST_MODEL (self->ahead));
  tpt_slice_reset (self->past_slice);
  tpt_slice_set_model (self->past_slice, G_LIST_MODEL (self->past));
}

static void
set_workspace (TptMeetingsPanel *self,
               TptWorkspace     *workspace)
{
  self->workspace = g_object_ref (workspace);
  gtk_list_box_bind_model (self->ahead_box, G_LIST_MODEL (self->ahead_slice), create_row, self,
                           NULL);
  gtk_list_box_bind_model (self->past_box, G_LIST_MODEL (self->past_slice), create_row, self, NULL);
  g_signal_connect_object (workspace->store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace->portfolio, "updated", G_CALLBACK (figures_updated_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * tpt_meetings_panel_set_customer:
 *
 * whose meetings to show; the placeholder stands until they are read
 */
void
tpt_meetings_panel_set_customer (TptMeetingsPanel *self,
                                 TptWorkspace     *workspace,
                                 gint64            customer)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

  g_return_if_fail (TPT_IS_MEETINGS_PANEL (self));
  g_return_if_fail (TPT_IS_WORKSPACE (workspace));
  g_return_if_fail (self->workspace == NULL || self->workspace == workspace);

  if (self->workspace == NULL)
    set_workspace (self, workspace);
  self->customer = customer;
  g_clear_pointer (&self->meetings, g_ptr_array_unref);
  tpt_object_list_update (self->ahead, nothing);
  tpt_object_list_update (self->past, nothing);
  tpt_slice_reset (self->ahead_slice);
  tpt_slice_reset (self->past_slice);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  load (self);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-inbox-page.h"

#include "tpt-hint-page.h"
#include "tpt-inbox-dialog.h"
#include "tpt-inbox-row.h"
#include "tpt-literal.h"
#include "tpt-match-advisor.h"
#include "tpt-scroll-anchor.h"
#include "tpt-slice-fill.h"
#include "tpt-suggestion-list.h"

#include <glib/gi18n.h>

#define FEW 30
#define MORE 100

/* For so long a row grows after it was chosen. */
#define GROWING (400 * G_TIME_SPAN_MILLISECOND)

struct _TptInboxPage
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  guint growing;
  gint64 grown_at;
  GtkWidget *open;         /* the row that shows what can be done, or NULL */
  int place;               /* of the row that was chosen last */
  gboolean has_acted;
  gboolean has_keyboard;   /* the list had it when something was done */

  /* Template widgets */
  GtkStack *stack;
  AdwStatusPage *failed;
  TptSuggestionList *suggestions;
  GtkScrolledWindow *scroller;
  GtkListBox *list;
  TptSlice *slice;
  GtkButton *more;
};

G_DEFINE_FINAL_TYPE (TptInboxPage, tpt_inbox_page, ADW_TYPE_BIN)

static TptInboxModel *
get_model (TptInboxPage *self)
{
  return self->workspace->inbox;
}

static TptInboxEntry *
get_entry (TptInboxPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? tpt_inbox_row_get_entry (TPT_INBOX_ROW (row)) : NULL;
}

static void
update_more (TptInboxPage *self)
{
  guint total = g_list_model_get_n_items (tpt_inbox_model_get_entries (get_model (self)));
  g_autofree char *label =
    g_strdup_printf (ngettext ("Show More of %u", "Show More of %u", total), total);

  gtk_button_set_label (self->more, label);
  gtk_widget_set_visible (GTK_WIDGET (self->more), total > tpt_slice_get_wanted (self->slice));
}

/* What can be done with somebody must not stand below the edge. */
static gboolean
growing_cb (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  TptInboxPage *self = TPT_INBOX_PAGE (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  GtkWidget *content = gtk_scrolled_window_get_child (self->scroller);
  graphene_rect_t place;

  if (self->open == NULL || g_get_monotonic_time () > self->grown_at)
    {
      self->growing = 0;
      return G_SOURCE_REMOVE;
    }
  if (gtk_widget_compute_bounds (self->open, content, &place))
    {
      double top = place.origin.y + gtk_adjustment_get_value (adjustment);

      gtk_adjustment_clamp_page (adjustment, top, top + place.size.height);
    }

  return G_SOURCE_CONTINUE;
}

static void
keep_in_view (TptInboxPage *self)
{
  self->grown_at = g_get_monotonic_time () + GROWING;
  if (self->growing == 0)
    self->growing = gtk_widget_add_tick_callback (GTK_WIDGET (self), growing_cb, NULL, NULL);
}

/* Whoever decides with keys goes on with the next one. */
static void
choose_next (TptInboxPage *self)
{
  guint total = g_list_model_get_n_items (G_LIST_MODEL (self->slice));
  GtkListBoxRow *row;

  if (total == 0 || gtk_list_box_get_selected_row (self->list) != NULL)
    return;
  row = gtk_list_box_get_row_at_index (self->list, MIN (self->place, (int) total - 1));
  gtk_list_box_select_row (self->list, row);
  if (self->has_keyboard)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  if (self->has_acted)
    keep_in_view (self);
}

/* Where a sign-in has ended, the record says so, and who waits is known as before. */
static const char *
choose_empty_page (TptInboxPage *self)
{
  TptConnection *connection = self->workspace->connection;

  if (connection == NULL || tpt_connection_get_state (connection) != TPT_CONNECTION_DISCONNECTED)
    return "empty";

  return "disconnected";
}

static void
update (TptInboxPage *self)
{
  TptInboxModel *model = get_model (self);
  gboolean is_empty = g_list_model_get_n_items (tpt_inbox_model_get_entries (model)) == 0;

  switch (tpt_inbox_model_get_state (model))
    {
    case TPT_INBOX_LOADING:
      gtk_stack_set_visible_child_name (self->stack, "loading");
      break;
    case TPT_INBOX_FAILED:
      adw_status_page_set_description (self->failed, tpt_inbox_model_get_message (model));
      gtk_stack_set_visible_child_name (self->stack, "failed");
      break;
    case TPT_INBOX_READY:
    default:
      tpt_scroll_anchor_hold (self->list, NULL);
      gtk_stack_set_visible_child_name (self->stack,
                                        is_empty ? choose_empty_page (self) : "content");
      tpt_slice_fill (self->slice, GTK_WIDGET (self),
                      MAX (FEW, tpt_slice_get_wanted (self->slice)));
      update_more (self);
      choose_next (self);
    }
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  TptInboxPage *self = user_data;

  return tpt_inbox_row_new (item, tpt_workspace_get_zone (self->workspace),
                            tpt_clock_now (self->workspace->clock));
}

static gboolean
is_focused (TptInboxPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
}

static void
row_selected_cb (GtkListBox    *list,
                 GtkListBoxRow *row,
                 TptInboxPage  *self)
{
  if (self->open != NULL)
    tpt_inbox_row_set_open (TPT_INBOX_ROW (self->open), FALSE);
  g_set_weak_pointer (&self->open, GTK_WIDGET (row));
  if (row == NULL)
    return;
  self->place = gtk_list_box_row_get_index (row);
  tpt_inbox_row_set_open (TPT_INBOX_ROW (row), TRUE);
  if (is_focused (self))
    keep_in_view (self);
}

/* Before an act: whether its answer should find the keyboard in the list again. */
static void
remember_keyboard (TptInboxPage *self)
{
  self->has_keyboard = is_focused (self);
  self->has_acted = TRUE;
}

/* A candidate who is somebody gets the address, unless there is none or it is theirs already. */
static TptMatchAct *
make_link (TptInboxEntry            *entry,
           const TptMatchCandidate  *candidate,
           char                    **done)
{
  g_auto (GStrv) uris = tpt_inbox_entry_list_uris (entry);
  g_autofree char *customer = tpt_literal_part (candidate->customer->name);
  g_autofree char *person = NULL;

  if (!tpt_inbox_entry_is_news_of (entry, candidate->stakeholder))
    {
      *done = g_strdup_printf (_("Linked to %s"), customer);
      return tpt_match_act_new_assign ((const char *const *) uris, candidate->customer->id);
    }
  person = tpt_literal_part (tpt_stakeholder_get_label (candidate->stakeholder));
  /* Translators: a person and the customer they belong to */
  *done = g_strdup_printf (_("Linked to %s at %s, who has one more address now"), person,
                           customer);

  return tpt_match_act_new_identify ((const char *const *) uris, candidate->customer->id,
                                     candidate->stakeholder->id);
}

static void
link_to (TptInboxPage *self,
         int           number)
{
  TptInboxEntry *entry = get_entry (self);
  g_autofree char *done = NULL;
  TptMatchAct *act;

  if (entry == NULL || number < 1 || (guint) number > entry->match->candidates->len)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  remember_keyboard (self);
  act = make_link (entry, g_ptr_array_index (entry->match->candidates, number - 1), &done);
  tpt_inbox_model_act (get_model (self), act, done);
}

static void
link_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  link_to (TPT_INBOX_PAGE (widget), g_variant_get_int32 (parameter));
}

static void
ignore_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  TptInboxPage *self = TPT_INBOX_PAGE (widget);
  TptInboxEntry *entry = get_entry (self);
  g_auto (GStrv) uris = NULL;
  g_autofree char *name = NULL;
  g_autofree char *done = NULL;

  if (entry == NULL)
    return;
  remember_keyboard (self);
  uris = tpt_inbox_entry_list_uris (entry);
  name = tpt_literal_part (tpt_inbox_entry_get_label (entry));
  done = g_strdup_printf (_("%s is set aside"), name);
  tpt_inbox_model_act (get_model (self),
                       tpt_match_act_new_ignore ((const char *const *) uris), done);
}

/* A question; who may be chosen from is known once the customers are. */
static void
ask_cb (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  TptInboxPage *self = TPT_INBOX_PAGE (widget);
  TptInboxEntry *entry = get_entry (self);

  if (entry == NULL)
    return;
  remember_keyboard (self);
  if (g_str_equal (action, "inbox.other"))
    tpt_inbox_dialog_ask_customer (widget, self->workspace, entry);
  else if (g_str_equal (action, "inbox.create"))
    tpt_inbox_dialog_ask_name (widget, self->workspace, entry);
  else
    tpt_inbox_dialog_ask_rule (widget, self->workspace, entry);
}

static void
undo_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  TptInboxPage *self = TPT_INBOX_PAGE (widget);

  remember_keyboard (self);
  tpt_inbox_model_undo (get_model (self));
}

static void
row_activated_cb (GtkListBox    *list,
                  GtkListBoxRow *row,
                  TptInboxPage  *self)
{
  link_to (self, 1);
}

static void
retry_cb (TptInboxPage *self)
{
  tpt_inbox_model_load (get_model (self));
}

static void
more_cb (TptInboxPage *self)
{
  tpt_slice_fill (self->slice, GTK_WIDGET (self), tpt_slice_get_wanted (self->slice) + MORE);
  update_more (self);
}

static void
tpt_inbox_page_map (GtkWidget *widget)
{
  TptInboxPage *self = TPT_INBOX_PAGE (widget);

  GTK_WIDGET_CLASS (tpt_inbox_page_parent_class)->map (widget);
  if (self->workspace != NULL)
    tpt_inbox_model_set_watched (get_model (self), TRUE);
}

static void
tpt_inbox_page_unmap (GtkWidget *widget)
{
  TptInboxPage *self = TPT_INBOX_PAGE (widget);

  if (self->workspace != NULL)
    tpt_inbox_model_set_watched (get_model (self), FALSE);
  GTK_WIDGET_CLASS (tpt_inbox_page_parent_class)->unmap (widget);
}

static gboolean
tpt_inbox_page_grab_focus (GtkWidget *widget)
{
  TptInboxPage *self = TPT_INBOX_PAGE (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  /* Before the list was read, the first row gets it as soon as it is there. */
  self->has_keyboard = TRUE;

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
tpt_inbox_page_dispose (GObject *object)
{
  TptInboxPage *self = TPT_INBOX_PAGE (object);

  g_clear_weak_pointer (&self->open);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_inbox_page_parent_class)->dispose (object);
}

static void
install_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "inbox.link", "i", link_cb);
  gtk_widget_class_install_action (widget_class, "inbox.other", NULL, ask_cb);
  gtk_widget_class_install_action (widget_class, "inbox.create", NULL, ask_cb);
  gtk_widget_class_install_action (widget_class, "inbox.rule", NULL, ask_cb);
  gtk_widget_class_install_action (widget_class, "inbox.ignore", NULL, ignore_cb);
  gtk_widget_class_install_action (widget_class, "inbox.undo", NULL, undo_cb);
  for (int i = 1; i <= TPT_MATCH_MOST_CANDIDATES; i++)
    {
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + (guint) i, 0, "inbox.link",
                                           "i", i);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_0 + (guint) i, 0, "inbox.link",
                                           "i", i);
    }
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, 0, "inbox.other", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, 0, "inbox.create", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, 0, "inbox.rule", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_i, 0, "inbox.ignore", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "inbox.undo",
                                       NULL);
}

static void
date_changed_cb (TptInboxPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    tpt_inbox_row_refresh (TPT_INBOX_ROW (row), tpt_workspace_get_zone (self->workspace),
                           tpt_clock_now (self->workspace->clock));
}

static void
tpt_inbox_page_class_init (TptInboxPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_inbox_page_dispose;
  widget_class->map = tpt_inbox_page_map;
  widget_class->unmap = tpt_inbox_page_unmap;
  widget_class->grab_focus = tpt_inbox_page_grab_focus;

  g_type_ensure (TPT_TYPE_HINT_PAGE);
  g_type_ensure (TPT_TYPE_SLICE);
  g_type_ensure (TPT_TYPE_SUGGESTION_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/inbox/tpt-inbox-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TptInboxPage, stack);
  gtk_widget_class_bind_template_child (widget_class, TptInboxPage, failed);
  gtk_widget_class_bind_template_child (widget_class, TptInboxPage, suggestions);
  gtk_widget_class_bind_template_child (widget_class, TptInboxPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TptInboxPage, list);
  gtk_widget_class_bind_template_child (widget_class, TptInboxPage, slice);
  gtk_widget_class_bind_template_child (widget_class, TptInboxPage, more);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
  install_keys (widget_class);
}

static void
tpt_inbox_page_init (TptInboxPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tpt_slice_reset (self->slice);
}

/** tpt_inbox_page_set_workspace: one that has an inbox; once */
void
tpt_inbox_page_set_workspace (TptInboxPage *self,
                              TptWorkspace *workspace)
{
  TptInboxModel *model;

  g_return_if_fail (TPT_IS_INBOX_PAGE (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  model = get_model (self);
  tpt_suggestion_list_set_model (self->suggestions, model);
  tpt_slice_set_model (self->slice, tpt_inbox_model_get_entries (model));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->slice), create_row, self, NULL);
  g_signal_connect_object (model, "updated", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "date-changed", G_CALLBACK (date_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (workspace->connection != NULL)
    g_signal_connect_object (workspace->connection, "notify::state", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  tpt_inbox_model_set_watched (model, gtk_widget_get_mapped (GTK_WIDGET (self)));
  update (self);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-waiting-card.h"

#include "tpt-card-row.h"
#include "tpt-icon-button.h"
#include "tpt-literal.h"
#include "tpt-slice.h"

#include <glib/gi18n.h>

#define FEW 6

struct _TptWaitingCard
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  GCancellable *cancellable;
  GListStore *links;
  TptSlice *shown;

  TptDashboardCard *card;
};

G_DEFINE_FINAL_TYPE (TptWaitingCard, tpt_waiting_card, ADW_TYPE_BIN)

static void load (TptWaitingCard *self);

static char *
describe_made (gint64 days)
{
  if (days <= 0)
    return g_strdup (_("made today"));
  if (days == 1)
    return g_strdup (_("made yesterday"));

  return g_strdup_printf (ngettext ("made %d day ago", "made %d days ago", (gulong) days),
                          (int) days);
}

static char *
describe (TptWaitingCard *self,
          TptLink        *link)
{
  GTimeZone *zone = tpt_workspace_get_zone (self->workspace);
  gint64 days = tpt_time_get_local_day (tpt_clock_now (self->workspace->clock), zone)
                - tpt_time_get_local_day (link->created_at, zone);
  g_autofree char *made = describe_made (days);
  g_autofree char *what = NULL;
  g_autofree char *who = NULL;

  what = link->event_type_name != NULL ? tpt_literal_part (link->event_type_name)
                                       : g_strdup (_("Booking link"));
  if (link->invitee_name == NULL && link->invitee_email == NULL)
    return g_strjoin (" · ", what, made, NULL);
  who = tpt_literal_part (link->invitee_name != NULL ? link->invitee_name : link->invitee_email);

  /* Translators: name of an event type, name of a person, such as "made 3 days ago" */
  return g_strdup_printf (_("%s for %s · %s"), what, who, made);
}

static void
copy_cb (GtkButton *button,
         TptLink   *link)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), link->url);
  gtk_widget_activate_action (GTK_WIDGET (button), "win.toast", "s", _("Link copied"));
}

static GtkWidget *
create_copy_button (TptLink    *link,
                    const char *name)
{
  g_autofree char *label = g_strdup_printf (_("Copy the link for %s again"), name);
  GtkWidget *button = tpt_icon_button_new ("edit-copy-symbolic", label);

  g_signal_connect_object (button, "clicked", G_CALLBACK (copy_cb), link, 0);

  return button;
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  TptWaitingCard *self = user_data;
  TptLink *link = item;
  g_autofree char *name = tpt_literal_part (link->customer_name);
  g_autofree char *text = describe (self, link);
  GtkWidget *row = tpt_card_row_new ("win.show-customer");

  tpt_card_row_set_title (TPT_CARD_ROW (row), name, FALSE);
  tpt_card_row_set_subtitle (TPT_CARD_ROW (row), text);
  if (link->url != NULL)
    tpt_card_row_set_suffix (TPT_CARD_ROW (row), create_copy_button (link, name));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", link->customer);

  return row;
}

static void
update (TptWaitingCard *self)
{
  guint count = g_list_model_get_n_items (G_LIST_MODEL (self->links));
  g_autofree char *note = g_strdup_printf ("%u", count);
  g_autofree char *more = NULL;

  if (count > tpt_slice_get_size (self->shown))
    more = g_strdup_printf (ngettext ("Show All %u", "Show All %u", count), count);
  tpt_dashboard_card_set_note (self->card, count > 0 ? note : NULL);
  tpt_dashboard_card_set_more (self->card, more);
  if (count > 0)
    tpt_dashboard_card_show_content (self->card);
  else
    tpt_dashboard_card_show_empty (self->card, "emblem-ok-symbolic",
                                   _("No link is waiting for a booking"), NULL, NULL);
}

static int
compare_age_cb (gconstpointer first,
                gconstpointer second)
{
  const TptLink *a = *(TptLink *const *) first;
  const TptLink *b = *(TptLink *const *) second;

  return a->created_at < b->created_at ? -1 : a->created_at > b->created_at;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptWaitingCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();

  links = tpt_store_list_links_finish (TPT_STORE (source), result, &error);
  if (links == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        tpt_dashboard_card_show_error (self->card, error->message);
      return;
    }
  for (guint i = 0; i < links->len; i++)
    {
      TptLink *link = g_ptr_array_index (links, i);

      if (link->kind == TPT_LINK_SINGLE_USE && link->state == TPT_LINK_OPEN)
        g_ptr_array_add (waiting, link);
    }
  g_ptr_array_sort (waiting, compare_age_cb);
  g_list_store_splice (self->links, 0, g_list_model_get_n_items (G_LIST_MODEL (self->links)),
                       waiting->pdata, waiting->len);
  update (self);
}

static void
load (TptWaitingCard *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  tpt_store_list_links_async (self->workspace->store, 0, self->cancellable, listed_cb,
                              g_object_ref (self));
}

static void
store_changed_cb (TptStore       *store,
                  guint           flags,
                  GArray         *customers,
                  TptWaitingCard *self)
{
  if ((flags & (TPT_CHANGE_LINKS | TPT_CHANGE_CUSTOMERS)) != 0)
    load (self);
}

static void
more_cb (TptWaitingCard *self)
{
  tpt_slice_set_size (self->shown, G_MAXUINT);
  update (self);
}

static void
tpt_waiting_card_dispose (GObject *object)
{
  TptWaitingCard *self = TPT_WAITING_CARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->shown);
  g_clear_object (&self->links);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_waiting_card_parent_class)->dispose (object);
}

static void
tpt_waiting_card_class_init (TptWaitingCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tpt_waiting_card_dispose;
}

static void
tpt_waiting_card_init (TptWaitingCard *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->links = g_list_store_new (TPT_TYPE_LINK);
  self->shown = tpt_slice_new (G_LIST_MODEL (self->links), FEW);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Links Waiting"), -1);
  gtk_list_box_bind_model (GTK_LIST_BOX (list), G_LIST_MODEL (self->shown), create_row_cb, self,
                           NULL);
  self->card = TPT_DASHBOARD_CARD (tpt_dashboard_card_new (_("Links Waiting"), list));
  g_signal_connect_object (self->card, "more", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->card, "retry", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->card));
}

GtkWidget *
tpt_waiting_card_new (void)
{
  return g_object_new (TPT_TYPE_WAITING_CARD, NULL);
}

void
tpt_waiting_card_set_workspace (TptWaitingCard *self,
                                TptWorkspace   *workspace)
{
  g_return_if_fail (TPT_IS_WAITING_CARD (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace->store, "changed", G_CALLBACK (store_changed_cb), self, 0);
  g_signal_connect_object (workspace, "date-changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
}

/** tpt_waiting_card_get_model: (transfer none): every waiting link, also those not shown yet */
GListModel *
tpt_waiting_card_get_model (TptWaitingCard *self)
{
  g_return_val_if_fail (TPT_IS_WAITING_CARD (self), NULL);

  return G_LIST_MODEL (self->links);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-link-list.h"

#include <glib/gi18n.h>

#include "tpt-hint-box.h"
#include "tpt-link-row.h"
#include "tpt-link-words.h"
#include "tpt-object-list.h"
#include "tpt-slice.h"

#define FIRST_LINKS 5
#define MORE_LINKS 50

struct _TptLinkList
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  gint64 customer;
  GCancellable *cancellable;
  TptObjectList *links;

  /* Template widgets */
  GtkStack *stack;
  GtkListBox *box;
  TptSlice *slice;
  GtkButton *more;
};

enum
{
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptLinkList, tpt_link_list, ADW_TYPE_BIN)

static const char *
get_key (gpointer link)
{
  return TPT_LINK (link)->id;
}

static gboolean
is_same (gpointer a,
         gpointer b)
{
  TptLink *first = a, *second = b;

  return first->state == second->state && first->attribution == second->attribution
         && first->booked_at == second->booked_at && g_strcmp0 (first->url, second->url) == 0;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const TptLink *first = *(TptLink *const *) a;
  const TptLink *second = *(TptLink *const *) b;

  return (second->created_at > first->created_at) - (second->created_at < first->created_at);
}

static void
update_more (TptLinkList *self)
{
  guint total = g_list_model_get_n_items (G_LIST_MODEL (self->links));
  guint shown = tpt_slice_get_size (self->slice);
  g_autofree char *label = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->more), total > shown);
  label = g_strdup_printf (_("_Show More of %u"), total);
  gtk_button_set_label (self->more, label);
}

static void
links_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptLinkList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) links = NULL;

  links = tpt_store_list_links_finish (TPT_STORE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (links == NULL)
    {
      g_info ("Reading links: %s", error->message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }
  g_ptr_array_sort (links, compare);
  tpt_object_list_update (self->links, links);
  update_more (self);
  gtk_stack_set_visible_child_name (self->stack, links->len > 0 ? "content" : "empty");
}

static void
load (TptLinkList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  tpt_store_list_links_async (self->workspace->store, self->customer, self->cancellable, links_cb,
                              g_object_ref (self));
}

static void
store_changed_cb (TptLinkList *self,
                  guint        flags,
                  GArray      *customers)
{
  if ((flags & (TPT_CHANGE_LINKS | TPT_CHANGE_MEETINGS)) != 0
      && tpt_workspace_change_names (customers, self->customer))
    load (self);
}

static void
date_changed_cb (TptLinkList *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->box, i)) != NULL; i++)
    tpt_link_row_refresh (TPT_LINK_ROW (row), tpt_workspace_get_zone (self->workspace),
                          tpt_clock_now (self->workspace->clock));
}

static void
row_copied_cb (TptLinkList *self,
               TptLink     *link)
{
  g_autofree char *text = tpt_link_words_copied (link);

  g_signal_emit (self, signals[TOAST], 0, text);
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  TptLinkList *self = user_data;
  GtkWidget *row = tpt_link_row_new (item, tpt_workspace_get_zone (self->workspace),
                                     tpt_clock_now (self->workspace->clock));

  g_signal_connect_object (row, "copied", G_CALLBACK (row_copied_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
more_cb (TptLinkList *self)
{
  tpt_slice_set_size (self->slice, tpt_slice_get_size (self->slice) + MORE_LINKS);
  update_more (self);
}

static void
retry_cb (TptLinkList *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  load (self);
}

static void
tpt_link_list_dispose (GObject *object)
{
  TptLinkList *self = TPT_LINK_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);
  g_clear_object (&self->links);

  G_OBJECT_CLASS (tpt_link_list_parent_class)->dispose (object);
}

static void
tpt_link_list_class_init (TptLinkListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_link_list_dispose;

  signals[TOAST] =
    g_signal_new ("toast", TPT_TYPE_LINK_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (TPT_TYPE_HINT_BOX);
  g_type_ensure (TPT_TYPE_SLICE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/links/tpt-link-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TptLinkList, stack);
  gtk_widget_class_bind_template_child (widget_class, TptLinkList, box);
  gtk_widget_class_bind_template_child (widget_class, TptLinkList, slice);
  gtk_widget_class_bind_template_child (widget_class, TptLinkList, more);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
tpt_link_list_init (TptLinkList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->links = tpt_object_list_new (TPT_TYPE_LINK, get_key, is_same);
  tpt_slice_set_model (self->slice, G_LIST_MODEL (self->links));
}

/** tpt_link_list_set_customer: whose links to show; the placeholder stands until they are read */
void
tpt_link_list_set_customer (TptLinkList  *self,
                            TptWorkspace *workspace,
                            gint64        customer)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

  g_return_if_fail (TPT_IS_LINK_LIST (self));
  g_return_if_fail (TPT_IS_WORKSPACE (workspace));
  g_return_if_fail (self->workspace == NULL || self->workspace == workspace);

  if (self->workspace == NULL)
    {
      self->workspace = g_object_ref (workspace);
      gtk_list_box_bind_model (self->box, G_LIST_MODEL (self->slice), create_row, self, NULL);
      g_signal_connect_object (workspace->store, "changed", G_CALLBACK (store_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (workspace, "date-changed", G_CALLBACK (date_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  self->customer = customer;
  tpt_object_list_update (self->links, nothing);
  tpt_slice_set_size (self->slice, FIRST_LINKS);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  load (self);
}

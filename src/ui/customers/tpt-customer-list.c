/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-customer-list.h"

#include <glib/gi18n.h>

#include "tpt-customer-filter.h"
#include "tpt-customer-row-factory.h"
#include "tpt-hint-page.h"

/* A list view makes 200 rows, however few are in view. With two pages of them, and more when
 * somebody scrolls there, the window is drawn sooner, and a keystroke of a search stays within a
 * frame. */
#define FIRST_ROWS 12
#define MORE_ROWS 100

struct _TptCustomerList
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  char *sort;              /* "name" or "attention" */
  gint64 chosen;
  gboolean quiet;          /* the selection is moved by us */
  guint rows;              /* that fill two pages, as far as is known */
  guint fill;
  guint reveal;

  /* Template widgets */
  GMenuModel *sort_menu;
  GtkSearchEntry *search;
  GtkWidget *add;
  GtkMenuButton *sort_button;
  GtkStack *stack;
  GtkSpinner *spinner;
  GtkListView *view;
  GtkSingleSelection *selection;
  GtkSliceListModel *slice;
  GtkSortListModel *sorted;
  GtkFilterListModel *filtered;
  TptCustomerFilter *filter;
  GtkCustomSorter *sorter;
};

enum
{
  PROP_SORT = 1,
  N_PROPS
};

enum
{
  CUSTOMER_CHOSEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptCustomerList, tpt_customer_list, ADW_TYPE_BIN)

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  TptCustomerList *self = user_data;
  TptCustomerItem *first = (TptCustomerItem *) a;
  TptCustomerItem *second = (TptCustomerItem *) b;

  if (g_str_equal (self->sort, "attention"))
    {
      double difference = tpt_customer_item_get_attention (second)
                          - tpt_customer_item_get_attention (first);

      if (difference > 0)
        return GTK_ORDERING_LARGER;
      if (difference < 0)
        return GTK_ORDERING_SMALLER;
    }

  return gtk_ordering_from_cmpfunc (strcmp (tpt_customer_item_get_sort_key (first),
                                            tpt_customer_item_get_sort_key (second)));
}

static const char *
choose_page (TptCustomerList *self)
{
  TptPortfolioState state = tpt_portfolio_get_state (self->workspace->portfolio);

  if (state == TPT_PORTFOLIO_FAILED)
    return "failed";
  if (g_list_model_get_n_items (G_LIST_MODEL (self->sorted)) > 0)
    return "content";
  if (state == TPT_PORTFOLIO_LOADING)
    return "loading";
  if (g_list_model_get_n_items (G_LIST_MODEL (self->workspace->portfolio)) == 0)
    return "empty";

  /* A search that still runs may find somebody: nothing is said to be missing before. */
  return tpt_customer_filter_is_searching (self->filter) ? "content" : "no-results";
}

static void
update_page (TptCustomerList *self)
{
  const char *page = choose_page (self);

  gtk_stack_set_visible_child_name (self->stack, page);
  /* One that spins where nobody sees it has the window drawn sixty times a second. */
  gtk_spinner_set_spinning (self->spinner, g_str_equal (page, "loading"));
}

static guint
find_chosen (TptCustomerList *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->sorted));

  for (guint i = 0; self->chosen != 0 && i < n_items; i++)
    {
      g_autoptr (TptCustomerItem) item = g_list_model_get_item (G_LIST_MODEL (self->sorted), i);

      if (tpt_customer_item_get_id (item) == self->chosen)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/* Puts the mark back on the chosen customer after a search or another order moved it. */
static void
restore_selection (TptCustomerList *self)
{
  self->quiet = TRUE;
  gtk_single_selection_set_selected (self->selection, find_chosen (self));
  self->quiet = FALSE;
}

static gboolean
reveal_cb (gpointer user_data)
{
  TptCustomerList *self = user_data;
  guint position = find_chosen (self);

  self->reveal = 0;
  if (position == GTK_INVALID_LIST_POSITION)
    return G_SOURCE_REMOVE;
  if (position >= gtk_slice_list_model_get_size (self->slice))
    gtk_slice_list_model_set_size (self->slice, position + self->rows);
  restore_selection (self);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);

  return G_SOURCE_REMOVE;
}

/* Whom the page shows is in sight and marked, also where that takes rows that nobody has scrolled
 * to yet; these are made when nothing else waits. */
static void
reveal (TptCustomerList *self)
{
  if (self->chosen != 0 && self->reveal == 0)
    self->reveal = g_idle_add_full (G_PRIORITY_LOW, reveal_cb, self, NULL);
}

static void
choose (TptCustomerList *self,
        TptCustomerItem *item)
{
  self->chosen = tpt_customer_item_get_id (item);
  g_signal_emit (self, signals[CUSTOMER_CHOSEN], 0, self->chosen);
}

static void
selected_cb (TptCustomerList *self)
{
  TptCustomerItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (!self->quiet && item != NULL)
    choose (self, item);
}

static void
activate_cb (TptCustomerList *self,
             guint            position)
{
  g_autoptr (TptCustomerItem) item = NULL;

  item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  if (item != NULL)
    choose (self, item);
}

static void
search_changed_cb (TptCustomerList *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  self->quiet = TRUE;
  gtk_slice_list_model_set_size (self->slice, self->rows);
  tpt_customer_filter_set_text (self->filter, text);
  self->quiet = FALSE;
  if (*text == '\0')
    reveal (self);
}

static void
filter_changed_cb (TptCustomerList *self)
{
  restore_selection (self);
  update_page (self);
}

static void
search_activate_cb (TptCustomerList *self)
{
  tpt_customer_filter_hurry (self->filter);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return;
  /* The arrow keys then walk through what was found. */
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  activate_cb (self, 0);
  restore_selection (self);
}

static void
search_stop_cb (TptCustomerList *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
scrolled_cb (TptCustomerList *self,
             GtkAdjustment   *adjustment)
{
  double page = gtk_adjustment_get_page_size (adjustment);
  guint size = gtk_slice_list_model_get_size (self->slice);

  if (gtk_adjustment_get_value (adjustment) + 2 * page >= gtk_adjustment_get_upper (adjustment)
      && size < g_list_model_get_n_items (G_LIST_MODEL (self->sorted)))
    gtk_slice_list_model_set_size (self->slice, size + MORE_ROWS);
}

static gboolean
fill_cb (gpointer user_data)
{
  TptCustomerList *self = user_data;
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  int height = row != NULL ? gtk_widget_get_height (row) : 0;

  self->fill = 0;
  if (height > 0)
    self->rows = MAX (self->rows, (guint) (2 * gtk_widget_get_height (GTK_WIDGET (self->view))
                                           / height + 1));
  if (gtk_slice_list_model_get_size (self->slice) < self->rows)
    gtk_slice_list_model_set_size (self->slice, self->rows);

  return G_SOURCE_REMOVE;
}

/* How many rows two pages are is known once one of them has its height. The list may not change
 * while it is laid out, so the rest comes after the frame. */
static void
resized_cb (TptCustomerList *self,
            GtkAdjustment   *adjustment)
{
  double two_pages = 2 * gtk_adjustment_get_page_size (adjustment);

  if (self->fill == 0 && gtk_adjustment_get_upper (adjustment) < two_pages
      && g_list_model_get_n_items (G_LIST_MODEL (self->selection)) >= self->rows)
    self->fill = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, fill_cb, self, NULL);
}

/* The menu is a whole tree of widgets. */
static void
sort_popup_cb (GtkMenuButton *button,
               gpointer       user_data)
{
  TptCustomerList *self = user_data;

  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, self->sort_menu);
}

static void
retry_cb (TptCustomerList *self)
{
  tpt_portfolio_load (self->workspace->portfolio);
}

static void
figures_updated_cb (TptCustomerList *self)
{
  if (g_str_equal (self->sort, "attention"))
    {
      self->quiet = TRUE;
      gtk_sorter_changed (GTK_SORTER (self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
      self->quiet = FALSE;
      restore_selection (self);
    }
  update_page (self);
}

static void
tpt_customer_list_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  g_assert (property_id == PROP_SORT);
  g_value_set_string (value, TPT_CUSTOMER_LIST (object)->sort);
}

static void
tpt_customer_list_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  TptCustomerList *self = TPT_CUSTOMER_LIST (object);

  g_assert (property_id == PROP_SORT);
  g_free (self->sort);
  self->sort = g_value_dup_string (value);
  self->quiet = TRUE;
  gtk_sorter_changed (GTK_SORTER (self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
  self->quiet = FALSE;
  restore_selection (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
tpt_customer_list_dispose (GObject *object)
{
  TptCustomerList *self = TPT_CUSTOMER_LIST (object);

  g_clear_handle_id (&self->fill, g_source_remove);
  g_clear_handle_id (&self->reveal, g_source_remove);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (tpt_customer_list_parent_class)->dispose (object);
}

static void
tpt_customer_list_finalize (GObject *object)
{
  g_free (TPT_CUSTOMER_LIST (object)->sort);

  G_OBJECT_CLASS (tpt_customer_list_parent_class)->finalize (object);
}

static void
tpt_customer_list_class_init (TptCustomerListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tpt_customer_list_get_property;
  object_class->set_property = tpt_customer_list_set_property;
  object_class->dispose = tpt_customer_list_dispose;
  object_class->finalize = tpt_customer_list_finalize;

  properties[PROP_SORT] =
    g_param_spec_string ("sort", NULL, NULL, "name",
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CUSTOMER_CHOSEN] =
    g_signal_new ("customer-chosen", TPT_TYPE_CUSTOMER_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (TPT_TYPE_CUSTOMER_FILTER);
  g_type_ensure (TPT_TYPE_HINT_PAGE);
  gtk_widget_class_install_property_action (widget_class, "customers.sort", "sort");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/customers/tpt-customer-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TptCustomerList, sort_menu);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerList, search);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerList, add);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerList, sort_button);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerList, stack);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerList, spinner);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerList, view);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerList, selection);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerList, slice);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerList, sorted);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerList, filtered);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerList, filter);
  gtk_widget_class_bind_template_child (widget_class, TptCustomerList, sorter);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, scrolled_cb);
  gtk_widget_class_bind_template_callback (widget_class, resized_cb);
}

static void
tpt_customer_list_init (TptCustomerList *self)
{
  self->sort = g_strdup ("name");
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = FIRST_ROWS;
  gtk_slice_list_model_set_size (self->slice, self->rows);
  gtk_menu_button_set_create_popup_func (self->sort_button, sort_popup_cb, self, NULL);
  gtk_custom_sorter_set_sort_func (self->sorter, compare, self, NULL);
}

GtkWidget *
tpt_customer_list_new (void)
{
  return g_object_new (TPT_TYPE_CUSTOMER_LIST, NULL);
}

/** tpt_customer_list_set_workspace: shows the customers of @workspace; to be called once */
void
tpt_customer_list_set_workspace (TptCustomerList *self,
                                 TptWorkspace    *workspace)
{
  g_autoptr (GtkListItemFactory) factory = NULL;

  g_return_if_fail (TPT_IS_CUSTOMER_LIST (self));
  g_return_if_fail (TPT_IS_WORKSPACE (workspace));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  gtk_widget_set_visible (self->add, workspace->inbox != NULL);
  tpt_customer_filter_set_store (self->filter, workspace->store);
  factory = tpt_customer_row_factory_new (workspace);
  gtk_list_view_set_factory (self->view, factory);
  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (workspace->portfolio));
  g_signal_connect_object (workspace->portfolio, "updated", G_CALLBACK (figures_updated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace->portfolio, "notify::state", G_CALLBACK (update_page), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sorted, "items-changed", G_CALLBACK (update_page), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update_page (self);
}

/** tpt_customer_list_focus_search: puts the cursor into the search entry, its text selected */
void
tpt_customer_list_focus_search (TptCustomerList *self)
{
  g_return_if_fail (TPT_IS_CUSTOMER_LIST (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

/**
 * tpt_customer_list_select:
 * @customer: row, or 0 for nobody
 *
 * Marks a customer, and brings it into sight, without choosing it: no signal. To be called when the
 * page changes for another reason, and with 0 when the user goes back to the list, so that the same
 * customer can be chosen again.
 */
void
tpt_customer_list_select (TptCustomerList *self,
                          gint64           customer)
{
  g_return_if_fail (TPT_IS_CUSTOMER_LIST (self));

  self->chosen = customer;
  restore_selection (self);
  reveal (self);
}

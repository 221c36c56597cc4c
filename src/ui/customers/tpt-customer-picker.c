/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-customer-picker.h"

#include "tpt-customer-names.h"
#include "tpt-drop-down.h"
#include "tpt-literal.h"
#include "tpt-search-key.h"

#include <glib/gi18n.h>

/* Who is chosen while the list changes. */
typedef struct
{
  GtkDropDown *picker;     /* weak */
  gint64 chosen;           /* row, 0 for nobody */
} Choice;

static void
choice_free (gpointer  data,
             GClosure *closure)
{
  Choice *choice = data;

  g_clear_weak_pointer (&choice->picker);
  g_free (choice);
}

static gint64
get_chosen (GtkDropDown *picker)
{
  TptCustomerItem *item = gtk_drop_down_get_selected_item (picker);

  return item != NULL ? tpt_customer_item_get_id (item) : 0;
}

/* Before the drop-down hears of it. */
static void
changing_cb (GListModel *others,
             guint       position,
             guint       removed,
             guint       added,
             Choice     *choice)
{
  if (choice->picker != NULL)
    choice->chosen = get_chosen (choice->picker);
}

/* After it: GTK chooses somebody whenever nobody is chosen, and a neighbor for who has gone. */
static void
changed_cb (GListModel *sorted,
            guint       position,
            guint       removed,
            guint       added,
            Choice     *choice)
{
  if (choice->picker == NULL || get_chosen (choice->picker) == choice->chosen)
    return;

  gtk_drop_down_set_selected (choice->picker, GTK_INVALID_LIST_POSITION);
  tpt_customer_picker_select (choice->picker, choice->chosen);
}

static char *
describe (TptCustomerItem  *item,
          TptCustomerNames *names)
{
  return tpt_customer_names_describe (names, item);
}

static void
names_free (gpointer  data,
            GClosure *closure)
{
  tpt_customer_names_free (data);
}

/* The name as it is written, too: the search does not take the accents off what is typed. */
static char *
list_words (TptCustomerItem *item,
            gpointer         unused)
{
  TptCustomer *customer = tpt_customer_item_get_customer (item);
  GString *words = g_string_new (NULL);
  g_autofree char *name = tpt_literal_line (customer->name);

  tpt_search_key_append (words, name);
  for (char **domain = customer->domains; *domain != NULL; domain++)
    tpt_search_key_append (words, *domain);
  g_string_append_printf (words, "\n%s", name);

  return g_string_free (words, FALSE);
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return gtk_ordering_from_cmpfunc (
    g_strcmp0 (tpt_customer_item_get_sort_key ((gpointer) a),
               tpt_customer_item_get_sort_key ((gpointer) b)));
}

static gboolean
is_another (gpointer item,
            gpointer user_data)
{
  const gint64 *except = user_data;

  return tpt_customer_item_get_id (item) != *except;
}

/**
 * tpt_customer_picker_new:
 * @except: row of a customer who is not listed, 0 for everybody
 *
 * All customers by name, to be searched, those of one name told apart, and nobody chosen: nothing
 * is done to whoever happens to stand first, now or when customers come and go.
 *
 * Returns: a #GtkDropDown of #TptCustomerItem
 */
GtkWidget *
tpt_customer_picker_new (TptPortfolio *portfolio,
                         gint64        except)
{
  /* Before the lists, so that it hears of a change before their rows are bound. */
  TptCustomerNames *names = tpt_customer_names_new (G_LIST_MODEL (portfolio));
  GtkFilter *filter = GTK_FILTER (
    gtk_custom_filter_new (is_another, g_memdup2 (&except, sizeof except), g_free));
  GtkFilterListModel *others =
    gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (portfolio)), filter);
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_names, NULL, NULL));
  GtkExpression *name = gtk_cclosure_expression_new (
    G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (describe), names, names_free);
  Choice *choice = g_new0 (Choice, 1);
  GtkSortListModel *sorted;
  GtkWidget *picker;

  g_signal_connect_data (others, "items-changed", G_CALLBACK (changing_cb), choice, choice_free, 0);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (others), sorter);
  picker = gtk_drop_down_new (G_LIST_MODEL (sorted), name);
  g_set_weak_pointer (&choice->picker, GTK_DROP_DOWN (picker));
  g_signal_connect (sorted, "items-changed", G_CALLBACK (changed_cb), choice);
  tpt_drop_down_let_shrink (GTK_DROP_DOWN (picker));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (picker), TRUE);
  tpt_drop_down_search_by_typing (GTK_DROP_DOWN (picker));
  tpt_drop_down_search_within (
    GTK_DROP_DOWN (picker),
    gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (list_words), NULL,
                                 NULL));
  tpt_drop_down_set_placeholder (GTK_DROP_DOWN (picker), _("Choose a customer"));
  tpt_drop_down_set_label (GTK_DROP_DOWN (picker), _("Customer"));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (picker), GTK_INVALID_LIST_POSITION);

  return picker;
}

/** tpt_customer_picker_select: @customer: row; one that is not listed changes nothing */
void
tpt_customer_picker_select (GtkDropDown *picker,
                            gint64       customer)
{
  GListModel *model = gtk_drop_down_get_model (picker);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (TptCustomerItem) item = g_list_model_get_item (model, i);

      if (tpt_customer_item_get_id (item) == customer)
        {
          gtk_drop_down_set_selected (picker, i);
          return;
        }
    }
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer-filter.h"

#include "tpt-customer-item.h"
#include "tpt-search-key.h"

#define MAX_HITS 500

/* For so long what was found before stays, in the hope of one change of the list instead of two. */
#define PATIENCE_MS 30

struct _TptCustomerFilter
{
  GtkFilter parent_instance;

  TptStore *store;
  char **words;            /* never empty: NULL where nothing is searched */
  char **wanted;           /* the words to come, while the store has not answered */
  guint patience;
  GHashTable *found;       /* gint64 *, rows of customers that the store found */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (TptCustomerFilter, tpt_customer_filter, GTK_TYPE_FILTER)

static void
search_for (TptCustomerFilter *self,
            char             **words)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  g_strfreev (self->words);
  self->words = words;
  g_hash_table_remove_all (self->found);
}

static gboolean
patience_cb (gpointer user_data)
{
  TptCustomerFilter *self = user_data;

  self->patience = 0;
  search_for (self, g_steal_pointer (&self->wanted));
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);

  return G_SOURCE_REMOVE;
}

static void
search_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptCustomerFilter) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) hits = tpt_store_search_finish (TPT_STORE (source), result, &error);
  GtkFilterChange change = GTK_FILTER_CHANGE_LESS_STRICT;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (self->wanted != NULL)
    {
      search_for (self, g_steal_pointer (&self->wanted));
      change = GTK_FILTER_CHANGE_DIFFERENT;
    }
  /* The list still shows what it found by itself; a store that cannot be read is told by the
   * screen around it. */
  if (hits == NULL)
    g_info ("Search: %s", error->message);
  for (guint i = 0; hits != NULL && i < hits->len; i++)
    {
      const TptSearchHit *hit = &g_array_index (hits, TptSearchHit, i);

      if (hit->customer != 0)
        g_hash_table_add (self->found, g_memdup2 (&hit->customer, sizeof (gint64)));
    }
  gtk_filter_changed (GTK_FILTER (self), change);
}

static gboolean
tpt_customer_filter_match (GtkFilter *filter,
                           gpointer   item)
{
  TptCustomerFilter *self = TPT_CUSTOMER_FILTER (filter);
  gint64 row = tpt_customer_item_get_id (item);

  return self->words == NULL || tpt_customer_item_matches (item, self->words)
         || g_hash_table_contains (self->found, &row);
}

static GtkFilterMatch
tpt_customer_filter_get_strictness (GtkFilter *filter)
{
  return TPT_CUSTOMER_FILTER (filter)->words == NULL ? GTK_FILTER_MATCH_ALL : GTK_FILTER_MATCH_SOME;
}

static void
tpt_customer_filter_dispose (GObject *object)
{
  TptCustomerFilter *self = TPT_CUSTOMER_FILTER (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (tpt_customer_filter_parent_class)->dispose (object);
}

static void
tpt_customer_filter_finalize (GObject *object)
{
  TptCustomerFilter *self = TPT_CUSTOMER_FILTER (object);

  g_strfreev (self->words);
  g_strfreev (self->wanted);
  g_hash_table_unref (self->found);

  G_OBJECT_CLASS (tpt_customer_filter_parent_class)->finalize (object);
}

static void
tpt_customer_filter_class_init (TptCustomerFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkFilterClass *filter_class = GTK_FILTER_CLASS (klass);

  object_class->dispose = tpt_customer_filter_dispose;
  object_class->finalize = tpt_customer_filter_finalize;
  filter_class->match = tpt_customer_filter_match;
  filter_class->get_strictness = tpt_customer_filter_get_strictness;
}

static void
tpt_customer_filter_init (TptCustomerFilter *self)
{
  self->found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

void
tpt_customer_filter_set_store (TptCustomerFilter *self,
                               TptStore          *store)
{
  g_return_if_fail (TPT_IS_CUSTOMER_FILTER (self));

  g_set_object (&self->store, store);
}

/**
 * tpt_customer_filter_set_text:
 * @text: what the user searches; empty lets everybody through
 *
 * The filter changes when the store has answered, or after a moment without it.
 */
void
tpt_customer_filter_set_text (TptCustomerFilter *self,
                              const char        *text)
{
  g_auto (GStrv) words = NULL;

  g_return_if_fail (TPT_IS_CUSTOMER_FILTER (self));
  g_return_if_fail (text != NULL);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->wanted, g_strfreev);
  words = tpt_search_key_split (text);
  if (*words == NULL || self->store == NULL)
    {
      search_for (self, *words != NULL ? g_steal_pointer (&words) : NULL);
      gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
      return;
    }

  self->wanted = g_steal_pointer (&words);
  if (self->patience == 0)
    self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
  self->cancellable = g_cancellable_new ();
  tpt_store_search_async (self->store, text, MAX_HITS, self->cancellable, search_cb,
                          g_object_ref (self));
}

/** tpt_customer_filter_hurry: lets the text count now, by what the list knows itself */
void
tpt_customer_filter_hurry (TptCustomerFilter *self)
{
  g_return_if_fail (TPT_IS_CUSTOMER_FILTER (self));

  if (self->wanted == NULL)
    return;
  search_for (self, g_steal_pointer (&self->wanted));
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/** tpt_customer_filter_is_searching: whether the store has not answered yet */
gboolean
tpt_customer_filter_is_searching (TptCustomerFilter *self)
{
  g_return_val_if_fail (TPT_IS_CUSTOMER_FILTER (self), FALSE);

  return self->cancellable != NULL;
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-portfolio-facts.h"

struct _TptPortfolioFacts
{
  gatomicrefcount references;
  GArray *bookings;        /* (element-type TptBooking) */
  GPtrArray *links;        /* (element-type TptLink) */
};

/* A reading: all of it where @customers is NULL, else what is new of each of them, one after the
 * other. */
typedef struct
{
  TptPortfolioFacts *facts;
  GArray *customers;       /* (element-type gint64), or NULL */
  guint next;
} ReadData;

typedef struct
{
  TptPortfolioFacts *facts;
  TptMetricsInput input;
  GPtrArray *asked;
  GPtrArray *everybody;
  gint64 customer;
  int months;
} CountData;

static void bookings_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data);

static TptPortfolioFacts *
facts_new (void)
{
  TptPortfolioFacts *self = g_new0 (TptPortfolioFacts, 1);

  g_atomic_ref_count_init (&self->references);

  return self;
}

static void
read_data_free (ReadData *data)
{
  g_clear_pointer (&data->facts, tpt_portfolio_facts_unref);
  g_clear_pointer (&data->customers, g_array_unref);
  g_free (data);
}

static void
count_data_free (CountData *data)
{
  g_clear_pointer (&data->facts, tpt_portfolio_facts_unref);
  g_clear_pointer (&data->input.zone, g_time_zone_unref);
  g_clear_pointer (&data->input.tier_cadence, g_hash_table_unref);
  g_clear_pointer (&data->asked, g_ptr_array_unref);
  g_clear_pointer (&data->everybody, g_ptr_array_unref);
  g_free (data);
}

static CountData *
count_data_new (TptPortfolioFacts     *facts,
                const TptMetricsInput *input)
{
  CountData *data = g_new0 (CountData, 1);

  data->facts = tpt_portfolio_facts_ref (facts);
  data->input = *input;
  data->input.zone = g_time_zone_ref (input->zone);
  if (input->tier_cadence != NULL)
    data->input.tier_cadence = g_hash_table_ref (input->tier_cadence);
  data->input.bookings = facts->bookings;
  data->input.links = facts->links;

  return data;
}

static gint64
current_customer (ReadData *data)
{
  return data->customers != NULL ? g_array_index (data->customers, gint64, data->next) : 0;
}

/* Takes the place of everything that was known of @customer. A booking that came over from
 * another customer is the same row, so its old place goes as well. */
static void
merge_bookings (TptPortfolioFacts *facts,
                const GArray      *fresh,
                gint64             customer)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (g_int64_hash, g_int64_equal);
  GArray *merged = g_array_sized_new (FALSE, FALSE, sizeof (TptBooking),
                                      facts->bookings->len + fresh->len);

  for (guint i = 0; i < fresh->len; i++)
    g_hash_table_add (rows, &g_array_index (fresh, TptBooking, i).id);
  for (guint i = 0; i < facts->bookings->len; i++)
    {
      const TptBooking *booking = &g_array_index (facts->bookings, TptBooking, i);

      if (booking->customer != customer && !g_hash_table_contains (rows, &booking->id))
        g_array_append_vals (merged, booking, 1);
    }
  g_array_append_vals (merged, fresh->data, fresh->len);
  g_array_unref (facts->bookings);
  facts->bookings = merged;
}

static void
merge_links (TptPortfolioFacts *facts,
             GPtrArray         *fresh,
             gint64             customer)
{
  GPtrArray *merged = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < facts->links->len; i++)
    {
      TptLink *link = g_ptr_array_index (facts->links, i);

      if (link->customer != customer)
        g_ptr_array_add (merged, g_object_ref (link));
    }
  for (guint i = 0; i < fresh->len; i++)
    g_ptr_array_add (merged, g_object_ref (g_ptr_array_index (fresh, i)));
  g_ptr_array_unref (facts->links);
  facts->links = merged;
}

static void
read_next (GTask *task)
{
  ReadData *data = g_task_get_task_data (task);

  if (data->customers != NULL && data->next == data->customers->len)
    {
      g_task_return_pointer (task, g_steal_pointer (&data->facts),
                             (GDestroyNotify) tpt_portfolio_facts_unref);
      g_object_unref (task);
      return;
    }
  tpt_store_list_bookings_async (g_task_get_source_object (task), current_customer (data),
                                 g_task_get_cancellable (task), bookings_cb, task);
}

static void
links_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) links = NULL;
  GError *error = NULL;
  ReadData *data = g_task_get_task_data (task);

  links = tpt_store_list_links_finish (TPT_STORE (source), result, &error);
  if (links == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (data->customers == NULL)
    {
      data->facts->links = g_steal_pointer (&links);
      g_task_return_pointer (task, g_steal_pointer (&data->facts),
                             (GDestroyNotify) tpt_portfolio_facts_unref);
      return;
    }
  merge_links (data->facts, links, current_customer (data));
  data->next++;
  read_next (g_steal_pointer (&task));
}

static void
bookings_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GArray) bookings = NULL;
  GError *error = NULL;
  ReadData *data = g_task_get_task_data (task);

  bookings = tpt_store_list_bookings_finish (TPT_STORE (source), result, &error);
  if (bookings == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (data->customers == NULL)
    data->facts->bookings = g_steal_pointer (&bookings);
  else
    merge_bookings (data->facts, bookings, current_customer (data));
  tpt_store_list_links_async (TPT_STORE (source), current_customer (data),
                              g_task_get_cancellable (task), links_cb, task);
  g_steal_pointer (&task);
}

/* The first time there is a window to be drawn beside, which takes all that two processors can do:
 * whatever the toolkit has to do goes before. */
static gboolean
first_read_cb (gpointer user_data)
{
  read_next (user_data);

  return G_SOURCE_REMOVE;
}

static void
count_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  CountData *data = task_data;
  TptPortfolioFigures *figures = g_new0 (TptPortfolioFigures, 1);

  figures->metrics = tpt_metrics_compute_all (&data->input, data->asked);
  figures->portfolio = tpt_metrics_compute_portfolio (&data->input, data->everybody);
  g_task_return_pointer (task, figures, (GDestroyNotify) tpt_portfolio_figures_free);
}

static void
months_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  CountData *data = task_data;

  g_task_return_pointer (task,
                         tpt_metrics_count_months (&data->input, data->customer, data->months),
                         (GDestroyNotify) g_array_unref);
}

TptPortfolioFacts *
tpt_portfolio_facts_ref (TptPortfolioFacts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
tpt_portfolio_facts_unref (TptPortfolioFacts *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->bookings, g_array_unref);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_free (self);
}

/**
 * tpt_portfolio_facts_read_async:
 * @before: (nullable): what is known already; needed where @customers is set
 * @customers: (nullable) (element-type gint64): read only these anew, %NULL reads everything
 *
 * Reads bookings and links from the store.
 */
void
tpt_portfolio_facts_read_async (TptStore            *store,
                                TptPortfolioFacts   *before,
                                const GArray        *customers,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  ReadData *data;
  GTask *task;

  g_return_if_fail (TPT_IS_STORE (store));
  g_return_if_fail (customers == NULL || before != NULL);

  data = g_new0 (ReadData, 1);
  data->facts = facts_new ();
  if (customers != NULL)
    {
      data->customers = g_array_copy ((GArray *) customers);
      data->facts->bookings = g_array_ref (before->bookings);
      data->facts->links = g_ptr_array_ref (before->links);
    }
  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, tpt_portfolio_facts_read_async);
  g_task_set_task_data (task, data, (GDestroyNotify) read_data_free);
  if (before == NULL)
    g_idle_add_full (G_PRIORITY_LOW, first_read_cb, task, NULL);
  else
    read_next (task);
}

/** tpt_portfolio_facts_read_finish: (transfer full): the facts, or %NULL with the store's error */
TptPortfolioFacts *
tpt_portfolio_facts_read_finish (TptStore      *store,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tpt_portfolio_facts_count_async:
 * @input: zone, now, window and cadences; its bookings and links are those of @self
 * @asked: (element-type TptCustomer): whose figures are wanted
 * @everybody: (element-type TptCustomer): who belongs to the portfolio
 *
 * Counts on a worker thread.
 */
void
tpt_portfolio_facts_count_async (TptPortfolioFacts     *self,
                                 const TptMetricsInput *input,
                                 GPtrArray             *asked,
                                 GPtrArray             *everybody,
                                 GCancellable          *cancellable,
                                 GAsyncReadyCallback    callback,
                                 gpointer               user_data)
{
  g_autoptr (GTask) task = NULL;
  CountData *data;

  g_return_if_fail (self != NULL);

  data = count_data_new (self, input);
  data->asked = g_ptr_array_ref (asked);
  data->everybody = g_ptr_array_ref (everybody);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, tpt_portfolio_facts_count_async);
  g_task_set_task_data (task, data, (GDestroyNotify) count_data_free);
  g_task_run_in_thread (task, count_thread);
}

/**
 * tpt_portfolio_facts_count_finish:
 *
 * (transfer full): the figures; %NULL only when it was cancelled
 */
TptPortfolioFigures *
tpt_portfolio_facts_count_finish (GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tpt_portfolio_facts_months_async:
 *
 * counts the meetings of @customer (0: everybody's) by month on a worker thread
 */
void
tpt_portfolio_facts_months_async (TptPortfolioFacts     *self,
                                  gpointer               source,
                                  const TptMetricsInput *input,
                                  gint64                 customer,
                                  int                    months,
                                  GCancellable          *cancellable,
                                  GAsyncReadyCallback    callback,
                                  gpointer               user_data)
{
  g_autoptr (GTask) task = NULL;
  CountData *data;

  g_return_if_fail (self != NULL);

  data = count_data_new (self, input);
  data->customer = customer;
  data->months = months;
  task = g_task_new (source, cancellable, callback, user_data);
  g_task_set_source_tag (task, tpt_portfolio_facts_months_async);
  g_task_set_task_data (task, data, (GDestroyNotify) count_data_free);
  g_task_run_in_thread (task, months_thread);
}

/** tpt_portfolio_facts_months_finish: (transfer full) (element-type TptMonth): oldest first */
GArray *
tpt_portfolio_facts_months_finish (GAsyncResult  *result,
                                   gpointer       source,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
tpt_portfolio_figures_free (TptPortfolioFigures *figures)
{
  g_clear_pointer (&figures->metrics, g_ptr_array_unref);
  g_clear_object (&figures->portfolio);
  g_free (figures);
}

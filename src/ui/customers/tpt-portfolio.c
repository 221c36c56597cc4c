/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-portfolio.h"

#include <glib/gi18n.h>

#include "tpt-customer-roster.h"
#include "tpt-portfolio-facts.h"
#include "tpt-portfolio-plan.h"

#define WINDOW_DAYS 90

struct _TptPortfolio
{
  GObject parent_instance;

  TptStore *store;
  TptClock *clock;

  TptCustomerRoster *roster;
  GTimeZone *zone;
  GHashTable *tier_cadence;

  TptPortfolioState state;
  char *message;
  TptPortfolioFacts *facts;
  TptMetrics *metrics;

  TptPortfolioPlan pending;
  TptPortfolioPlan running;
  gboolean busy;
  GCancellable *cancellable;
  guint tick;
  TptTime counted_at;
};

enum
{
  PROP_STATE = 1,
  N_PROPS
};

enum
{
  UPDATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void run (TptPortfolio *self);

static GType
tpt_portfolio_get_item_type (GListModel *model)
{
  return TPT_TYPE_CUSTOMER_ITEM;
}

static guint
tpt_portfolio_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (tpt_customer_roster_get_model (TPT_PORTFOLIO (model)->roster));
}

static gpointer
tpt_portfolio_get_item (GListModel *model,
                        guint       position)
{
  TptPortfolio *self = TPT_PORTFOLIO (model);

  return g_list_model_get_item (tpt_customer_roster_get_model (self->roster), position);
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = tpt_portfolio_get_item_type;
  interface->get_n_items = tpt_portfolio_get_n_items;
  interface->get_item = tpt_portfolio_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TptPortfolio, tpt_portfolio, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
set_state (TptPortfolio      *self,
           TptPortfolioState  state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
fail (TptPortfolio *self,
      GError       *error)
{
  self->busy = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_free (self->message);
  self->message = g_strdup (error->message);
  set_state (self, TPT_PORTFOLIO_FAILED);
}

static void
fill_input (TptPortfolio    *self,
            TptMetricsInput *input)
{
  input->zone = self->zone;
  input->now = tpt_clock_now (self->clock);
  input->window_days = WINDOW_DAYS;
  input->tier_cadence = self->tier_cadence;
}

static void
count_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptPortfolio) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptPortfolioFigures) figures = tpt_portfolio_facts_count_finish (result, &error);

  if (figures == NULL)
    {
      fail (self, error);
      return;
    }
  for (guint i = 0; i < figures->metrics->len; i++)
    {
      TptMetrics *metrics = g_ptr_array_index (figures->metrics, i);
      TptCustomerItem *item = tpt_portfolio_find (self, metrics->customer);

      if (item != NULL)
        tpt_customer_item_set_metrics (item, metrics);
    }
  g_set_object (&self->metrics, figures->portfolio);
  self->busy = FALSE;
  set_state (self, TPT_PORTFOLIO_READY);
  g_signal_emit (self, signals[UPDATED], 0);
  run (self);
}

static void
count (TptPortfolio *self)
{
  TptTime now = tpt_clock_now (self->clock);
  gboolean everybody = self->running.figures || self->running.facts
                       || tpt_portfolio_plan_is_outdated (self->counted_at, now, self->zone);
  g_autoptr (GPtrArray) all = tpt_customer_roster_list (self->roster, NULL);
  g_autoptr (GPtrArray) asked = NULL;
  TptMetricsInput input = { 0 };

  asked = tpt_customer_roster_list (self->roster, everybody ? NULL : self->running.rows);
  fill_input (self, &input);
  self->counted_at = now;
  tpt_portfolio_facts_count_async (self->facts, &input, asked, all, self->cancellable, count_cb,
                                   g_object_ref (self));
}

static void
facts_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptPortfolio) self = user_data;
  g_autoptr (GError) error = NULL;
  TptPortfolioFacts *facts;

  facts = tpt_portfolio_facts_read_finish (TPT_STORE (source), result, &error);
  if (facts == NULL)
    {
      fail (self, error);
      return;
    }
  g_clear_pointer (&self->facts, tpt_portfolio_facts_unref);
  self->facts = facts;
  count (self);
}

static void
read_facts (TptPortfolio *self)
{
  gboolean everything = self->running.facts || self->facts == NULL;

  if (!everything && self->running.rows == NULL)
    {
      count (self);
      return;
    }
  tpt_portfolio_facts_read_async (self->store, self->facts, everything ? NULL : self->running.rows,
                                  self->cancellable, facts_cb, g_object_ref (self));
}

static void
customers_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TptPortfolio) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) customers = NULL;

  customers = tpt_store_list_customers_finish (TPT_STORE (source), result, &error);
  if (customers == NULL)
    {
      fail (self, error);
      return;
    }
  tpt_customer_roster_update (self->roster, customers);
  if (self->metrics == NULL)
    set_state (self, TPT_PORTFOLIO_COUNTING);
  read_facts (self);
}

/* One pass at a time; what comes meanwhile waits and is done in one more pass. */
static void
run (TptPortfolio *self)
{
  if (self->busy || tpt_portfolio_plan_is_empty (&self->pending))
    return;
  self->busy = TRUE;
  tpt_portfolio_plan_clear (&self->running);
  self->running = self->pending;
  self->pending = (TptPortfolioPlan) { 0 };

  if (self->running.customers)
    tpt_store_list_customers_async (self->store, self->cancellable, customers_cb,
                                    g_object_ref (self));
  else
    read_facts (self);
}

static void
recount (TptPortfolio *self)
{
  self->pending.figures = self->facts != NULL;
  run (self);
}

static void
changed_cb (TptStore     *store,
            guint         flags,
            GArray       *customers,
            TptPortfolio *self)
{
  if ((flags & (TPT_CHANGE_MEETINGS | TPT_CHANGE_CUSTOMERS | TPT_CHANGE_LINKS)) == 0)
    return;
  if (flags & TPT_CHANGE_CUSTOMERS)
    self->pending.customers = TRUE;
  tpt_portfolio_plan_add_rows (&self->pending, customers);
  run (self);
}

/* Time alone changes figures: at midnight everybody's, in between those of who has a meeting
 * going on or just ended. */
static gboolean
tick_cb (gpointer user_data)
{
  TptPortfolio *self = user_data;
  TptTime now = tpt_clock_now (self->clock);
  g_autoptr (GArray) due = tpt_customer_roster_list_due (self->roster, now);

  if (self->facts == NULL)
    return G_SOURCE_CONTINUE;
  if (tpt_portfolio_plan_is_outdated (self->counted_at, now, self->zone))
    self->pending.figures = TRUE;
  else
    tpt_portfolio_plan_add_rows (&self->pending, due);
  run (self);

  return G_SOURCE_CONTINUE;
}

static void
tpt_portfolio_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TptPortfolio *self = TPT_PORTFOLIO (object);

  g_assert (property_id == PROP_STATE);
  g_value_set_int (value, self->state);
}

static void
tpt_portfolio_dispose (GObject *object)
{
  TptPortfolio *self = TPT_PORTFOLIO (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (tpt_portfolio_parent_class)->dispose (object);
}

static void
tpt_portfolio_finalize (GObject *object)
{
  TptPortfolio *self = TPT_PORTFOLIO (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->roster, tpt_customer_roster_free);
  g_clear_object (&self->metrics);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->tier_cadence, g_hash_table_unref);
  g_clear_pointer (&self->facts, tpt_portfolio_facts_unref);
  tpt_portfolio_plan_clear (&self->pending);
  tpt_portfolio_plan_clear (&self->running);
  g_free (self->message);

  G_OBJECT_CLASS (tpt_portfolio_parent_class)->finalize (object);
}

static void
tpt_portfolio_class_init (TptPortfolioClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tpt_portfolio_get_property;
  object_class->dispose = tpt_portfolio_dispose;
  object_class->finalize = tpt_portfolio_finalize;

  properties[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL,
                      TPT_PORTFOLIO_LOADING, TPT_PORTFOLIO_FAILED, TPT_PORTFOLIO_LOADING,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[UPDATED] =
    g_signal_new ("updated", TPT_TYPE_PORTFOLIO, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
tpt_portfolio_init (TptPortfolio *self)
{
  self->roster = tpt_customer_roster_new ();
  self->zone = g_time_zone_new_local ();
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (tpt_customer_roster_get_model (self->roster), "items-changed",
                           G_CALLBACK (g_list_model_items_changed), self, G_CONNECT_SWAPPED);
}

/**
 * tpt_portfolio_new:
 *
 * an empty portfolio; tpt_portfolio_load () fills it, and from then on it follows the store
 */
TptPortfolio *
tpt_portfolio_new (TptStore *store,
                   TptClock *clock)
{
  TptPortfolio *self;

  g_return_val_if_fail (TPT_IS_STORE (store), NULL);
  g_return_val_if_fail (TPT_IS_CLOCK (clock), NULL);

  self = g_object_new (TPT_TYPE_PORTFOLIO, NULL);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), self, 0);
  self->tick = g_timeout_add_seconds (60, tick_cb, self);

  return self;
}

/** tpt_portfolio_load: reads and counts everything; also what Retry does after a failure */
void
tpt_portfolio_load (TptPortfolio *self)
{
  g_return_if_fail (TPT_IS_PORTFOLIO (self));

  if (self->state == TPT_PORTFOLIO_FAILED)
    set_state (self, TPT_PORTFOLIO_LOADING);
  self->pending.customers = TRUE;
  tpt_portfolio_plan_add_all (&self->pending);
  run (self);
}

TptPortfolioState
tpt_portfolio_get_state (TptPortfolio *self)
{
  g_return_val_if_fail (TPT_IS_PORTFOLIO (self), TPT_PORTFOLIO_FAILED);

  return self->state;
}

/**
 * tpt_portfolio_get_message:
 *
 * (nullable): why it failed, as the store said it: for the log, not for the user
 */
const char *
tpt_portfolio_get_message (TptPortfolio *self)
{
  g_return_val_if_fail (TPT_IS_PORTFOLIO (self), NULL);

  return self->message;
}

/**
 * tpt_portfolio_get_metrics:
 *
 * (transfer none) (nullable): everybody's figures together; %NULL until they are counted
 */
TptMetrics *
tpt_portfolio_get_metrics (TptPortfolio *self)
{
  g_return_val_if_fail (TPT_IS_PORTFOLIO (self), NULL);

  return self->metrics;
}

/** tpt_portfolio_find: (transfer none) (nullable): the item of the row @customer */
TptCustomerItem *
tpt_portfolio_find (TptPortfolio *self,
                    gint64        customer)
{
  g_return_val_if_fail (TPT_IS_PORTFOLIO (self), NULL);

  return tpt_customer_roster_find (self->roster, customer);
}

GTimeZone *
tpt_portfolio_get_zone (TptPortfolio *self)
{
  g_return_val_if_fail (TPT_IS_PORTFOLIO (self), NULL);

  return self->zone;
}

/** tpt_portfolio_set_zone: the zone that decides what a local date is; counts everything anew */
void
tpt_portfolio_set_zone (TptPortfolio *self,
                        GTimeZone    *zone)
{
  g_return_if_fail (TPT_IS_PORTFOLIO (self));
  g_return_if_fail (zone != NULL);

  if (g_str_equal (g_time_zone_get_identifier (self->zone), g_time_zone_get_identifier (zone)))
    return;
  g_time_zone_unref (self->zone);
  self->zone = g_time_zone_ref (zone);
  recount (self);
}

/**
 * tpt_portfolio_set_tier_cadence:
 * @tier_cadence: (nullable): tier → days (GINT_TO_POINTER); nobody may change it afterwards
 */
void
tpt_portfolio_set_tier_cadence (TptPortfolio *self,
                                GHashTable   *tier_cadence)
{
  g_return_if_fail (TPT_IS_PORTFOLIO (self));

  g_clear_pointer (&self->tier_cadence, g_hash_table_unref);
  self->tier_cadence = tier_cadence != NULL ? g_hash_table_ref (tier_cadence) : NULL;
  recount (self);
}

/** tpt_portfolio_count_months_async: for the chart; to be asked only once there are figures */
void
tpt_portfolio_count_months_async (TptPortfolio        *self,
                                  gint64               customer,
                                  int                  months,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  TptMetricsInput input = { 0 };

  g_return_if_fail (TPT_IS_PORTFOLIO (self));
  g_return_if_fail (self->facts != NULL);

  fill_input (self, &input);
  tpt_portfolio_facts_months_async (self->facts, self, &input, customer, months, cancellable,
                                    callback, user_data);
}

/** tpt_portfolio_count_months_finish: (transfer full) (element-type TptMonth): oldest first */
GArray *
tpt_portfolio_count_months_finish (TptPortfolio  *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (TPT_IS_PORTFOLIO (self), NULL);

  return tpt_portfolio_facts_months_finish (result, self, error);
}

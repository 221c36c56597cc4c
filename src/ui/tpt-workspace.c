/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-workspace.h"

enum
{
  DATE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptWorkspace, tpt_workspace, G_TYPE_OBJECT)

/* The zone of the account decides what a local date is; without an account it is the desktop's. */
static GTimeZone *
find_zone (TptConnection *connection)
{
  return tpt_user_make_zone (connection != NULL ? tpt_connection_get_account (connection) : NULL);
}

static void
account_changed_cb (TptConnection *connection,
                    GParamSpec    *pspec,
                    TptWorkspace  *self)
{
  g_autoptr (GTimeZone) zone = find_zone (connection);

  tpt_portfolio_set_zone (self->portfolio, zone);
}

/* The portfolio watches the clock: at midnight everybody's figures are others. */
static void
figures_updated_cb (TptWorkspace *self)
{
  GTimeZone *zone = tpt_portfolio_get_zone (self->portfolio);
  gint64 day = tpt_time_get_local_day (tpt_clock_now (self->clock), zone);

  if (day == self->told_day && zone == self->told_zone)
    return;
  self->told_day = day;
  g_time_zone_unref (self->told_zone);
  self->told_zone = g_time_zone_ref (zone);
  g_signal_emit (self, signals[DATE_CHANGED], 0);
}

static void
tpt_workspace_dispose (GObject *object)
{
  TptWorkspace *self = TPT_WORKSPACE (object);

  g_clear_object (&self->inbox);
  g_clear_object (&self->portfolio);
  g_clear_object (&self->listener);
  g_clear_pointer (&self->importer, g_object_unref);
  g_clear_object (&self->link_maker);
  g_clear_object (&self->engine);
  g_clear_object (&self->connection);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->told_zone, g_time_zone_unref);

  G_OBJECT_CLASS (tpt_workspace_parent_class)->dispose (object);
}

static void
tpt_workspace_class_init (TptWorkspaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tpt_workspace_dispose;

  signals[DATE_CHANGED] = g_signal_new ("date-changed", TPT_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tpt_workspace_init (TptWorkspace *self)
{
}

/**
 * tpt_workspace_new:
 * @clock: what says "now"
 * @store: an open store
 * @connection: (nullable): the account
 * @engine: (nullable): what syncs
 * @link_maker: (nullable): what makes links
 * @importer: (nullable): what imports customers
 * @listener: (nullable): the relay's stream
 *
 * Makes the portfolio as well and starts to load it.
 */
TptWorkspace *
tpt_workspace_new (TptClock         *clock,
                   TptStore         *store,
                   TptConnection    *connection,
                   TptEngine        *engine,
                   TptLinkMaker     *link_maker,
                   TptImporter      *importer,
                   TptRelayListener *listener)
{
  g_autoptr (GTimeZone) zone = NULL;
  TptWorkspace *self;

  g_return_val_if_fail (TPT_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (TPT_IS_STORE (store), NULL);

  self = g_object_new (TPT_TYPE_WORKSPACE, NULL);
  g_set_object (&self->clock, clock);
  g_set_object (&self->store, store);
  g_set_object (&self->connection, connection);
  g_set_object (&self->engine, engine);
  g_set_object (&self->link_maker, link_maker);
  if (importer != NULL)
    self->importer = g_object_ref (importer);
  g_set_object (&self->listener, listener);

  zone = find_zone (connection);
  self->portfolio = tpt_portfolio_new (store, clock);
  tpt_portfolio_set_zone (self->portfolio, zone);
  self->told_zone = g_time_zone_ref (tpt_portfolio_get_zone (self->portfolio));
  self->told_day = tpt_time_get_local_day (tpt_clock_now (clock), self->told_zone);
  g_signal_connect_object (self->portfolio, "updated", G_CALLBACK (figures_updated_cb), self,
                           G_CONNECT_SWAPPED);
  if (connection != NULL)
    g_signal_connect_object (connection, "notify::account",
                             G_CALLBACK (account_changed_cb), self, 0);
  tpt_portfolio_load (self->portfolio);

  return self;
}

/** tpt_workspace_set_inbox: who belongs to no customer yet; once, before a page is made */
void
tpt_workspace_set_inbox (TptWorkspace  *self,
                         TptMatchInbox *inbox)
{
  g_return_if_fail (TPT_IS_WORKSPACE (self));
  g_return_if_fail (self->inbox == NULL);

  self->inbox = tpt_inbox_model_new (inbox, self->store);
}

/** tpt_workspace_get_zone: (transfer none): the time zone in which the user reads times */
GTimeZone *
tpt_workspace_get_zone (TptWorkspace *self)
{
  g_return_val_if_fail (TPT_IS_WORKSPACE (self), NULL);

  return tpt_portfolio_get_zone (self->portfolio);
}

/** tpt_workspace_is_connected: whether an account is signed in, so that links can be made */
gboolean
tpt_workspace_is_connected (TptWorkspace *self)
{
  g_return_val_if_fail (TPT_IS_WORKSPACE (self), FALSE);

  return self->connection != NULL
         && tpt_connection_get_state (self->connection) == TPT_CONNECTION_CONNECTED;
}

/**
 * tpt_workspace_change_names:
 * @customers: (nullable) (element-type gint64): as the store's `changed` hands it out
 *
 * Returns: whether a change that names @customers concerns @customer; %NULL concerns everybody
 */
gboolean
tpt_workspace_change_names (const GArray *customers,
                            gint64        customer)
{
  if (customers == NULL)
    return TRUE;
  for (guint i = 0; i < customers->len; i++)
    {
      if (g_array_index (customers, gint64, i) == customer)
        return TRUE;
    }

  return FALSE;
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-connection.h"
#include "tpt-engine.h"
#include "tpt-inbox-model.h"
#include "tpt-link-maker.h"
#include "tpt-portfolio.h"
#include "tpt-relay-listener.h"
#include "tpt-store.h"

G_BEGIN_DECLS

/* Declared here as well, because no page of this library has a use for more than the pointer. */
typedef struct _TptImporter TptImporter;

#define TPT_TYPE_WORKSPACE (tpt_workspace_get_type ())

G_DECLARE_FINAL_TYPE (TptWorkspace, tpt_workspace, TPT, WORKSPACE, GObject)

/* What every page works on. Pages borrow the fields, and keep the workspace alive for as long as
 * they do. Everything below @store may be NULL in a test; @portfolio is made by the workspace and
 * never NULL. Signal `date-changed`: it is another date by now, or another zone, so that "today,
 * 10:00" has to be told anew. */
struct _TptWorkspace
{
  GObject parent_instance;

  TptClock *clock;
  TptStore *store;
  TptConnection *connection;
  TptEngine *engine;
  TptLinkMaker *link_maker;
  TptImporter *importer;
  TptRelayListener *listener;
  TptPortfolio *portfolio;
  TptInboxModel *inbox;    /* NULL in a test as well */

  gint64 told_day;         /* what the pages were last told to show, see date-changed */
  GTimeZone *told_zone;
};

TptWorkspace *tpt_workspace_new              (TptClock         *clock,
                                              TptStore         *store,
                                              TptConnection    *connection,
                                              TptEngine        *engine,
                                              TptLinkMaker     *link_maker,
                                              TptImporter      *importer,
                                              TptRelayListener *listener);
void          tpt_workspace_set_inbox        (TptWorkspace     *self,
                                              TptMatchInbox    *inbox);
GTimeZone    *tpt_workspace_get_zone         (TptWorkspace     *self);
gboolean      tpt_workspace_is_connected     (TptWorkspace     *self);
gboolean      tpt_workspace_change_names     (const GArray     *customers,
                                              gint64            customer);

G_END_DECLS

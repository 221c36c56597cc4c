/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-lookout.h"
#include "tpt-relay-route-table.h"

G_BEGIN_DECLS

/* A request whose device or channel was not known has been looked for. */
typedef void (*TptRelayClusterAgain) (TptRelayRequest *request,
                                      gpointer         user_data);

TptRelayCluster *tpt_relay_cluster_new      (TptRelayContext       *context,
                                             TptRelayJournal       *journal,
                                             GError               **error);
gint64           tpt_relay_cluster_get_head (TptRelayCluster       *self);
void             tpt_relay_cluster_look     (TptRelayCluster       *self,
                                             TptRelayLookoutDone    done,
                                             gpointer               user_data);
gboolean         tpt_relay_cluster_defer    (TptRelayCluster       *self,
                                             TptRelayRequest       *request,
                                             const TptRelayRoute   *route,
                                             TptRelayClusterAgain   again,
                                             gpointer               user_data);
void             tpt_relay_cluster_free     (TptRelayCluster       *self);

G_END_DECLS

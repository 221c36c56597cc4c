/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-calendly.h"
#include "tpt-relay-config.h"
#include "tpt-relay-directory.h"
#include "tpt-relay-fanout.h"
#include "tpt-relay-keeper.h"
#include "tpt-relay-limit.h"
#include "tpt-relay-metrics.h"
#include "tpt-relay-queue.h"
#include "tpt-relay-request.h"

G_BEGIN_DECLS

typedef struct _TptRelayCluster TptRelayCluster;
typedef struct _TptRelayRooms   TptRelayRooms;

/**
 * TptRelayContext:
 * @claim: keeps other relays off the journal
 * @sent: (nullable): what the journal does not know by itself
 * @epoch: of the journal
 * @code_key: the secret behind enrolment codes, as it is now
 * @cluster: (nullable): the other relays, where the journal is shared
 * @rooms: how much members let wait by themselves
 * @strangers: what those may ask who are not known, by their address
 * @enrolments: how often an address may try to enrol in vain
 * @connections: how many there are, streams aside; the server's word
 * @stopping: ends the questions to Calendly that are under way
 * @calendly: where these are asked
 * @counts: how often since it was last written into the audit log
 *
 * What the routes work with. Main thread only, and that asks the journal nothing by itself: however
 * long a database takes for an answer, requests are heard. What a route has to know it asks through
 * the queue.
 */
typedef struct
{
  TptRelayConfig    *config;
  int                claim;
  TptRelaySent      *sent;
  TptRelayDirectory *directory;
  TptRelayQueue     *queue;
  TptRelayFanout    *fanout;
  TptRelayKeeper    *keeper;
  char              *epoch;
  GBytes            *code_key;
  TptRelayCluster   *cluster;
  TptRelayRooms     *rooms;
  TptRelayLimit     *strangers;
  TptRelayLimit     *enrolments;
  guint              connections;
  GCancellable      *stopping;
  TptRelayCalendly  *calendly;
  guint              counts[TPT_RELAY_METRIC_COUNT];
  guint              flush;
  guint              anchor;
} TptRelayContext;

TptRelayContext *tpt_relay_context_new          (TptRelayConfig   *config,
                                                 GError          **error);
void             tpt_relay_context_free         (TptRelayContext  *self);
void             tpt_relay_context_count        (TptRelayContext  *self,
                                                 TptRelayMetric    metric);
void             tpt_relay_context_write_counts (TptRelayContext  *self);
void             tpt_relay_context_anchor       (TptRelayContext  *self);
gboolean         tpt_relay_context_reload_keys  (TptRelayContext  *self,
                                                 GError          **error);
void             tpt_relay_context_set_code_key (TptRelayContext  *self,
                                                 GBytes           *key);
void             tpt_relay_context_end_streams  (TptRelayContext  *self,
                                                 TptRelayDevice   *device);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayContext, tpt_relay_context_free)

G_END_DECLS

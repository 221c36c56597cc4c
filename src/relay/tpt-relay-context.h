/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-config.h"
#include "tpt-relay-directory.h"
#include "tpt-relay-fanout.h"
#include "tpt-relay-queue.h"
#include "tpt-relay-request.h"

G_BEGIN_DECLS

/**
 * TptRelayContext:
 * @claim: keeps other relays off the journal
 * @reader: for the main thread's small look-ups
 * @counts: name → how often since it was last written down
 *
 * What the routes work with. Main thread only.
 */
typedef struct
{
  TptRelayConfig    *config;
  int                claim;
  TptRelayDirectory *directory;
  TptRelayQueue     *queue;
  TptRelayFanout    *fanout;
  TptRelayJournal   *reader;
  GHashTable        *counts;
  guint              flush;
} TptRelayContext;

TptRelayContext *tpt_relay_context_new          (TptRelayConfig   *config,
                                                 GError          **error);
void             tpt_relay_context_free         (TptRelayContext  *self);
void             tpt_relay_context_count        (TptRelayContext  *self,
                                                 const char       *what);
void             tpt_relay_context_write_counts (TptRelayContext  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayContext, tpt_relay_context_free)

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-bench-program.h"

G_BEGIN_DECLS

/* Another server that takes webhooks, in a process of its own. */
typedef struct _TptBenchPeer TptBenchPeer;

TptBenchPeer *tpt_bench_peer_new_soup  (void);
TptBenchPeer *tpt_bench_peer_new_nchan (void);
TptBenchPeer *tpt_bench_peer_new_node  (void);
guint16       tpt_bench_peer_get_port  (TptBenchPeer *self);
void          tpt_bench_peer_free      (TptBenchPeer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptBenchPeer, tpt_bench_peer_free)

G_END_DECLS

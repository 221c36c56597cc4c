/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-bench-program.h"

G_BEGIN_DECLS

/* A service that says again what another has said, from files and at next to no cost. */
typedef struct _TptBenchReplay TptBenchReplay;

TptBenchReplay *tpt_bench_replay_new     (SoupSession    *session,
                                          const char     *api,
                                          const char     *token,
                                          GPtrArray      *paths);
const char     *tpt_bench_replay_get_api (TptBenchReplay *self);
void            tpt_bench_replay_free    (TptBenchReplay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptBenchReplay, tpt_bench_replay_free)

G_END_DECLS

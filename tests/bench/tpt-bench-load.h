/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tpt-bench-webhooks.h"
#include "tpt-bench.h"

G_BEGIN_DECLS

/**
 * TptBenchLoad:
 * @seconds: from the first request to the last answer
 * @good: answers with 200
 * @bad: all others, and requests that were never answered
 * @latencies: of the good ones, in milliseconds; at a fixed rate from the moment that a request was
 *   due, so that a server which stalls is not spared what it held up
 */
typedef struct
{
  double          seconds;
  guint           good;
  guint           bad;
  TptBenchSeries *latencies;
} TptBenchLoad;

TptBenchLoad *tpt_bench_load_run    (const guint16           *ports,
                                     const TptBenchWebhooks  *webhooks,
                                     guint                    first,
                                     guint                    count,
                                     guint                    connections,
                                     double                   rate,
                                     double                   start);
double        tpt_bench_load_rate   (const TptBenchLoad      *self);
void          tpt_bench_load_print  (const TptBenchLoad      *self,
                                     const char              *what);
void          tpt_bench_load_free   (TptBenchLoad            *self);
int           tpt_bench_load_connect (guint16                 port);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptBenchLoad, tpt_bench_load_free)

G_END_DECLS

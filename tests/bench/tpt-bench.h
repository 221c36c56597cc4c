/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What was measured again and again, in one unit. */
typedef struct _TptBenchSeries TptBenchSeries;

TptBenchSeries *tpt_bench_series_new          (void);
void            tpt_bench_series_free         (TptBenchSeries *self);
void            tpt_bench_series_add          (TptBenchSeries *self,
                                               double          value);
double          tpt_bench_series_get_quantile (TptBenchSeries *self,
                                               double          part);
void            tpt_bench_series_print        (TptBenchSeries *self,
                                               const char     *what,
                                               const char     *unit);

void            tpt_bench_be_quiet            (void);
double          tpt_bench_get_wall            (void);
double          tpt_bench_get_cpu             (void);
double          tpt_bench_get_thread_cpu      (void);
double          tpt_bench_get_memory          (void);
void            tpt_bench_print               (const char     *what,
                                               double          value,
                                               const char     *unit);
void            tpt_bench_judge               (const char     *what,
                                               double          value,
                                               double          bound,
                                               const char     *unit);
void            tpt_bench_judge_least         (const char     *what,
                                               double          value,
                                               double          bound,
                                               const char     *unit);
int             tpt_bench_get_status          (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptBenchSeries, tpt_bench_series_free)

G_END_DECLS

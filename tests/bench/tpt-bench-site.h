/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-bench-program.h"

G_BEGIN_DECLS

#define TPT_BENCH_SITE_KEY "the-app-key"
#define TPT_BENCH_SITE_PATH "/v1/calendly/webhook"

/* A relay whose journal already knows any number of devices, the n-th of the n-th host. */
typedef struct _TptBenchSite TptBenchSite;

TptBenchSite    *tpt_bench_site_new          (guint         devices);
TptBenchSite    *tpt_bench_site_new_shared   (const char   *journal,
                                              guint         devices);
void             tpt_bench_site_queue        (TptBenchSite *self,
                                              guint         events,
                                              guint         devices);
void             tpt_bench_site_start        (TptBenchSite *self);
void             tpt_bench_site_stop         (TptBenchSite *self);
void             tpt_bench_site_free         (TptBenchSite *self);
guint16          tpt_bench_site_get_port     (TptBenchSite *self);
char            *tpt_bench_site_dup_token    (guint         device);
double           tpt_bench_site_get_resident (TptBenchSite *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptBenchSite, tpt_bench_site_free)

G_END_DECLS

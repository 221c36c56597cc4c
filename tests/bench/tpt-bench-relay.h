/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-bench-program.h"
#include "tpt-services.h"

G_BEGIN_DECLS

/* The relay in a process of its own, on a loopback port, for one organisation. */
typedef struct _TptBenchRelay TptBenchRelay;

TptBenchRelay *tpt_bench_relay_start (const char    *directory,
                                      const char    *api,
                                      const char    *organization);
void           tpt_bench_relay_enrol (TptBenchRelay *self,
                                      TptServices   *desk);
void           tpt_bench_relay_stop  (TptBenchRelay *self);

G_END_DECLS

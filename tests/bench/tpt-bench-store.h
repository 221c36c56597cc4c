/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* A Wednesday morning, on which everything that is made up takes place. */
#define TPT_BENCH_NOW "2026-11-18T09:30:00Z"

TptStore   *tpt_bench_store_open        (const char    *directory,
                                         TptClock      *clock);
void        tpt_bench_store_close       (TptStore      *store);
void        tpt_bench_store_write       (TptStore      *store,
                                         TptStoreFunc   func,
                                         gpointer       data);
void        tpt_bench_store_fill        (TptStore      *store,
                                         guint          customers,
                                         guint          meetings);
TptMeeting *tpt_bench_store_make_fact   (guint          number,
                                         guint          customers,
                                         guint          meetings,
                                         TptTime        now);
GPtrArray  *tpt_bench_store_get_words   (void);

G_END_DECLS

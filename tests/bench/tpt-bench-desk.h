/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-services.h"

G_BEGIN_DECLS

/* Everything that the app works with, in a home of its own, without a keyring. */

char        *tpt_bench_desk_make_home (void);
void         tpt_bench_desk_set_urls  (const char   *api,
                                       const char   *auth);
TptServices *tpt_bench_desk_open      (void);
void         tpt_bench_desk_connect   (TptServices  *desk,
                                       const char   *token);
void         tpt_bench_desk_import    (TptServices  *desk,
                                       GBytes       *csv);
guint        tpt_bench_desk_sync      (TptServices  *desk);
void         tpt_bench_desk_close     (TptServices  *desk);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-bench-program.h"

G_BEGIN_DECLS

TptBenchProgram *tpt_bench_nginx_start (const char *directory,
                                        guint16     port,
                                        const char *module,
                                        const char *http);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The entry point that libFuzzer calls. */
int   LLVMFuzzerTestOneInput    (const guint8 *data,
                                 gsize         size);

char *tpt_fuzz_text             (const guint8 *data,
                                 gsize         size);
void  tpt_fuzz_apply_twice      (GPtrArray    *meetings);
void  tpt_fuzz_search           (const char   *text);

G_END_DECLS

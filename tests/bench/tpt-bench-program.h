/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A program in a process of its own, which says in one line of JSON where it can be reached. */
typedef struct _TptBenchProgram TptBenchProgram;

TptBenchProgram *tpt_bench_program_start (const char *const  *arguments);
const char      *tpt_bench_program_get   (TptBenchProgram    *self,
                                          const char         *name);
const char      *tpt_bench_program_get_id (TptBenchProgram   *self);
void             tpt_bench_program_stop  (TptBenchProgram    *self);

guint16          tpt_bench_program_find_port (void);

char            *tpt_bench_program_read  (const char *const  *arguments);
GBytes          *tpt_bench_request       (SoupSession        *session,
                                          const char         *method,
                                          const char         *url,
                                          const char         *token,
                                          const char         *json);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whole HTTP requests with signed bodies of about 2 KB, each unlike all others, made before a clock
 * starts. */
typedef struct _TptBenchWebhooks TptBenchWebhooks;

TptBenchWebhooks *tpt_bench_webhooks_new  (const char              *path,
                                           const char              *key,
                                           guint                    count,
                                           guint                    hosts);
void              tpt_bench_webhooks_free (TptBenchWebhooks        *self);
guint             tpt_bench_webhooks_size (const TptBenchWebhooks  *self);
const char       *tpt_bench_webhooks_get  (const TptBenchWebhooks  *self,
                                           guint                    index,
                                           gsize                   *length);
char             *tpt_bench_webhooks_host (guint                    index);
char             *tpt_bench_webhooks_body (guint                    number,
                                           guint                    host);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptBenchWebhooks, tpt_bench_webhooks_free)

G_END_DECLS

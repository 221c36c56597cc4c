/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One event stream for each of many devices, read by one thread. */
typedef struct _TptBenchStreams TptBenchStreams;

/* Called on the thread that reads, for each event; @index counts the device's events from 0. @id:
 * the cursor */
typedef void (*TptBenchStreamsFunc) (guint       device,
                                     guint       index,
                                     const char *id,
                                     gpointer    user_data);

TptBenchStreams *tpt_bench_streams_open (guint16              port,
                                         guint                first,
                                         guint                count);
guint64          tpt_bench_streams_read (TptBenchStreams     *self,
                                         guint64              events,
                                         TptBenchStreamsFunc  func,
                                         gpointer             user_data);
void             tpt_bench_streams_free (TptBenchStreams     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptBenchStreams, tpt_bench_streams_free)

G_END_DECLS

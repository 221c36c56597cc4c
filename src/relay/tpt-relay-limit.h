/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TptRelayBucket:
 * @level: what is left, in 60-millionths of a request, when @at was now
 * @at: microseconds of the monotonic clock; 0 where nobody has drawn from it
 *
 * What is left of somebody's requests; zeroed at first.
 */
typedef struct
{
  gint64 level;
  gint64 at;
} TptRelayBucket;

/**
 * TptRelayLimit:
 *
 * Buckets for any number of strangers in a fixed piece of memory.
 */
typedef struct _TptRelayLimit TptRelayLimit;

guint          tpt_relay_bucket_draw  (TptRelayBucket  *self,
                                       guint            per_minute,
                                       gint64           now);
void           tpt_relay_bucket_undo  (TptRelayBucket  *self,
                                       guint            per_minute);

TptRelayLimit *tpt_relay_limit_new    (guint            per_minute);
void           tpt_relay_limit_free   (TptRelayLimit   *self);
guint          tpt_relay_limit_draw   (TptRelayLimit   *self,
                                       const void      *name,
                                       gsize            length,
                                       gint64           now);
void           tpt_relay_limit_undo   (TptRelayLimit   *self,
                                       const void      *name,
                                       gsize            length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayLimit, tpt_relay_limit_free)

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * TptApiLimits:
 *
 * The one place that knows how many requests the service still takes. Times are microseconds that
 * never jump.
 */
typedef struct
{
  gint64 reset_at;         /* when the window ends, 0 while nothing is known */
  int limit;
  int remaining;           /* as the service said last */
  int in_flight;           /* sent, and not counted in @remaining yet */
} TptApiLimits;

gint64 tpt_api_limits_get_delay (const TptApiLimits  *self,
                                 gint64               now,
                                 gboolean             urgent);
void   tpt_api_limits_sent      (TptApiLimits        *self);
void   tpt_api_limits_answered  (TptApiLimits        *self,
                                 SoupMessageHeaders  *headers,
                                 gint64               now);
int    tpt_api_limits_header    (SoupMessageHeaders  *headers,
                                 const char          *name);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-invocation.h"
#include "tpt-time-range.h"

G_BEGIN_DECLS

void       tpt_day_tell_zone   (TptInvocation  *invocation);
GTimeZone *tpt_day_get_zone    (TptInvocation  *invocation);
gboolean   tpt_day_parse_range (const char     *from,
                                const char     *to,
                                GTimeZone      *zone,
                                TptTimeRange   *range,
                                GError        **error);
char      *tpt_day_format      (TptTime         time,
                                GTimeZone      *zone);

G_END_DECLS

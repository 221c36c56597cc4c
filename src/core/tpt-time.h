/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TptTime:
 *
 * An instant: microseconds since 1970-01-01T00:00:00Z. Everything is stored and compared in
 * UTC; a time zone comes in
 * only where a person reads a time or where a rule speaks of local dates.
 */
typedef gint64 TptTime;

/** TPT_TIME_NONE: no instant is known. */
#define TPT_TIME_NONE ((TptTime) 0)

#define TPT_SECOND ((TptTime) 1000000)
#define TPT_MINUTE (60 * TPT_SECOND)
#define TPT_HOUR   (60 * TPT_MINUTE)
#define TPT_DAY    (24 * TPT_HOUR)

#define TPT_TIME_ERROR (tpt_time_error_quark ())

/**
 * TptTimeError:
 * @TPT_TIME_ERROR_INVALID: not a date or time of RFC 3339
 */
typedef enum
{
  TPT_TIME_ERROR_INVALID,
} TptTimeError;

GQuark     tpt_time_error_quark    (void);
gboolean   tpt_time_parse          (const char  *text,
                                    TptTime     *time,
                                    GError     **error);
char      *tpt_time_format         (TptTime      time);
GDateTime *tpt_time_to_local       (TptTime      time,
                                    GTimeZone   *zone);
gint64     tpt_time_get_local_day  (TptTime      time,
                                    GTimeZone   *zone);
TptTime    tpt_time_from_local_day (gint64       day,
                                    GTimeZone   *zone);
GTimeZone *tpt_time_zone_new       (const char  *identifier);

G_END_DECLS

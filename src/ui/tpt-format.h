/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-link.h"
#include "tpt-metrics.h"

G_BEGIN_DECLS

char       *tpt_format_clock          (TptTime          time,
                                       GTimeZone       *zone);
char       *tpt_format_date           (TptTime          time,
                                       GTimeZone       *zone,
                                       TptTime          now);
char       *tpt_format_date_time      (TptTime          time,
                                       GTimeZone       *zone,
                                       TptTime          now);
char       *tpt_format_date_time_part (TptTime          time,
                                       GTimeZone       *zone,
                                       TptTime          now);
char       *tpt_format_day            (TptTime          time,
                                       GTimeZone       *zone,
                                       TptTime          now);
char       *tpt_format_span           (TptTime          start,
                                       TptTime          end,
                                       GTimeZone       *zone,
                                       TptTime          now);
char       *tpt_format_their_time     (TptTime          start,
                                       GTimeZone       *zone,
                                       const char      *their_zone);
char       *tpt_format_next           (TptTime          time,
                                       GTimeZone       *zone,
                                       TptTime          now);
char       *tpt_format_days_ago       (gint64           days);
char       *tpt_format_duration       (TptTime          duration);
char       *tpt_format_rate           (const TptRate   *rate);
char       *tpt_format_percent        (double           share);
char       *tpt_format_per_month      (double           frequency);
char       *tpt_format_month          (gint64           first_day);
char       *tpt_format_month_year     (gint64           first_day);
const char *tpt_format_band           (TptHealthBand    band);
const char *tpt_format_link_state     (TptLinkState     state);
int         tpt_format_points         (double           score);
char       *tpt_format_health         (const TptHealth *health);

G_END_DECLS

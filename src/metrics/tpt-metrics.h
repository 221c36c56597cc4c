/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-customer.h"
#include "tpt-link.h"
#include "tpt-outcome.h"

G_BEGIN_DECLS

/* A share. Undefined where too little is known: then @defined is FALSE and @value has no
 * meaning. */
typedef struct
{
  gboolean defined;
  double value;
  gint64 numerator;
  gint64 denominator;
} TptRate;

/* A figure that may be undefined. */
typedef struct
{
  gboolean defined;
  double value;
} TptFigure;

typedef enum
{
  TPT_HEALTH_UNKNOWN,      /* not enough data */
  TPT_HEALTH_CRITICAL,
  TPT_HEALTH_AT_RISK,
  TPT_HEALTH_WATCH,
  TPT_HEALTH_HEALTHY,
} TptHealthBand;

typedef enum
{
  TPT_HEALTH_RECENCY,
  TPT_HEALTH_FREQUENCY,
  TPT_HEALTH_RELIABILITY,
  TPT_HEALTH_FORWARD,
  TPT_HEALTH_N_PARTS,
} TptHealthPartKind;

typedef struct
{
  const char *name;        /* "recency", "frequency", "reliability", "forward" */
  int weight;
  TptFigure score;         /* 0…100 */
  char *reason;            /* a sentence with its inputs */
  char *raise;             /* a sentence: what would raise it, or NULL at 100 */
} TptHealthPart;

typedef struct
{
  TptFigure score;         /* 0…100, unrounded */
  TptHealthBand band;
  TptHealthPart parts[TPT_HEALTH_N_PARTS];
} TptHealth;

#define TPT_TYPE_METRICS (tpt_metrics_get_type ())

/* Every figure of one customer, or of all together, in one window, as of one instant. Read-only. */
G_DECLARE_FINAL_TYPE (TptMetrics, tpt_metrics, TPT, METRICS, GObject)

struct _TptMetrics
{
  GObject parent_instance;

  gint64 customer;         /* row, 0: the portfolio */
  int window_days;
  TptTime as_of;

  gint64 bookings;
  double booking_frequency;        /* per month */
  double meeting_frequency;        /* per month */
  TptTime last_scheduled_at;       /* TPT_TIME_NONE: never */
  TptTime last_held_at;
  TptFigure days_since_last_held;
  TptTime next_meeting_at;
  TptRate cancellation_rate;
  TptRate cancellation_host;
  TptRate cancellation_invitee;
  TptRate cancellation_late;
  TptRate no_show_rate;
  TptRate reschedule_rate;
  TptFigure median_interval_days;
  int cadence_days;
  TptFigure cadence_gap_days;
  gboolean covered;                /* next_meeting_at lies within the cadence */
  TptRate cadence_adherence;
  TptFigure lead_time_hours;
  TptRate link_conversion;
  TptFigure time_to_book_hours;
  gint64 breadth;
  gint64 held;                     /* in the window: H, N (guest and host), C, upcoming ever */
  gint64 no_shows;
  gint64 canceled;
  gint64 upcoming;
  TptHealth health;
};

/* What the figures are counted from. The arrays may hold rows of other customers; they are left
 * out. */
typedef struct
{
  /* (element-type TptBooking) all of them, also of other customers (chains) */
  const GArray *bookings;
  const GPtrArray *links;          /* (element-type TptLink) */
  GTimeZone *zone;                 /* of the connected account */
  TptTime now;
  int window_days;                 /* 30, 90, 180, 365 */
  GHashTable *tier_cadence;        /* char * → GINT_TO_POINTER (days), or NULL */
} TptMetricsInput;

/* One month of the chart: how many meetings that start in it had which outcome. */
typedef struct
{
  /* local day number (tpt_time_get_local_day) of the month's first date */
  gint64 first_day;
  guint held;
  guint upcoming;
  guint canceled;
  guint no_show;
} TptMonth;

TptMetrics *tpt_metrics_compute          (const TptMetricsInput *input,
                                          TptCustomer           *customer);
GPtrArray  *tpt_metrics_compute_all      (const TptMetricsInput *input,
                                          const GPtrArray       *customers);
TptMetrics *tpt_metrics_compute_portfolio (const TptMetricsInput *input,
                                           const GPtrArray       *customers);
GArray     *tpt_metrics_count_months     (const TptMetricsInput *input,
                                          gint64                 customer,
                                          int                    months);
const char *tpt_health_band_to_string    (TptHealthBand          band);

G_END_DECLS

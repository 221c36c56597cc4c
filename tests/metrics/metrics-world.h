/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-metrics.h"

G_BEGIN_DECLS

/* 2026-11-21T12:00:00Z */
#define WORLD_NOW ((TptTime) 1795262400 * TPT_SECOND)

/* Rows to count from, put together one by one. */
typedef struct
{
  GArray *bookings;
  GPtrArray *links;
  GPtrArray *customers;
  GTimeZone *zone;
  TptMetricsInput input;
} World;

World       *world_new          (const char  *zone);
void         world_free         (World       *self);
TptCustomer *world_add_customer (World       *self,
                                 gint64       id,
                                 TptTime      created_at);
TptBooking  *world_add_booking  (World       *self,
                                 gint64       customer,
                                 double       start_in_days);
TptLink     *world_add_link     (World       *self,
                                 gint64       customer,
                                 double       made_days_ago,
                                 double       booked_days_ago);
TptMetrics  *world_compute      (World       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

G_END_DECLS

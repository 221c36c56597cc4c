/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is counted, from any thread. The order is the one in which they are told. */
typedef enum
{
  TPT_RELAY_METRIC_WEBHOOK_STORED,
  TPT_RELAY_METRIC_WEBHOOK_DUPLICATE,
  TPT_RELAY_METRIC_WEBHOOK_NOBODY,
  TPT_RELAY_METRIC_WEBHOOK_DEAD_LETTER,
  TPT_RELAY_METRIC_WEBHOOK_FORGED,
  TPT_RELAY_METRIC_WEBHOOK_FAILED,
  TPT_RELAY_METRIC_WEBHOOK_FULL,
  TPT_RELAY_METRIC_WEBHOOKS_LATE,
  TPT_RELAY_METRIC_EVENTS_STORED,
  TPT_RELAY_METRIC_EVENTS_DELIVERED,
  TPT_RELAY_METRIC_ACKS,
  TPT_RELAY_METRIC_ENROLMENT_DONE,
  TPT_RELAY_METRIC_ENROLMENT_CODE,
  TPT_RELAY_METRIC_ENROLMENT_REFUSED,
  TPT_RELAY_METRIC_DEVICES_ENDED,
  TPT_RELAY_METRIC_ROLES_PROVED,
  TPT_RELAY_METRIC_ROLES_LOST,
  TPT_RELAY_METRIC_REFUSED_MALFORMED,
  TPT_RELAY_METRIC_REFUSED_LENGTH_REQUIRED,
  TPT_RELAY_METRIC_REFUSED_TOO_LARGE,
  TPT_RELAY_METRIC_REFUSED_ENCODING,
  TPT_RELAY_METRIC_REFUSED_TOKEN,
  TPT_RELAY_METRIC_REFUSED_ADMIN_TOKEN,
  TPT_RELAY_METRIC_REFUSED_DEVICE_LIMIT,
  TPT_RELAY_METRIC_REFUSED_ADDRESS_LIMIT,
  TPT_RELAY_METRIC_REFUSED_CONNECTION,
  TPT_RELAY_METRIC_REFUSED_DISK,
  TPT_RELAY_METRIC_OVERDUE,
  TPT_RELAY_METRIC_COUNT,
} TptRelayMetric;

void        tpt_relay_metrics_add            (TptRelayMetric   metric,
                                              guint64          count);
guint64     tpt_relay_metrics_get            (TptRelayMetric   metric);
const char *tpt_relay_metrics_get_audit_word (TptRelayMetric   metric);
void        tpt_relay_metrics_add_commit     (gint64           microseconds,
                                              guint            jobs);
void        tpt_relay_metrics_add_stuck      (const char      *device);
void        tpt_relay_metrics_add_kept       (void);
double      tpt_relay_metrics_get_unkept     (void);
void        tpt_relay_metrics_set_writing    (gboolean         is_writing);
double      tpt_relay_metrics_get_writing    (void);
void        tpt_relay_metrics_add_looked     (void);
double      tpt_relay_metrics_get_unlooked   (void);
void        tpt_relay_metrics_print          (GString         *out);
void        tpt_relay_metrics_print_gauge    (GString         *out,
                                              const char      *name,
                                              const char      *help,
                                              double           value);

G_END_DECLS

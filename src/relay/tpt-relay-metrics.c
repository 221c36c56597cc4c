/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-metrics.h"

#include <stdatomic.h>
#include <string.h>

#define PREFIX "touchpoint_relay_"
/* So many devices are named; what comes after that is added up. */
#define STUCK_NAMES_MAX 1000

/* A counter; lines of the same name are told together. @audit: (nullable): the word under which it
 * stands in the audit log, too. */
typedef struct
{
  const char *name;
  const char *label;
  const char *help;
  const char *audit;
} Line;

static const Line lines[TPT_RELAY_METRIC_COUNT] = {
  [TPT_RELAY_METRIC_WEBHOOK_STORED] =
    { "webhooks_total", "outcome=\"stored\"", "Webhooks by what became of them.",
      "webhook-stored" },
  [TPT_RELAY_METRIC_WEBHOOK_DUPLICATE] =
    { "webhooks_total", "outcome=\"duplicate\"", NULL, "webhook-duplicate" },
  [TPT_RELAY_METRIC_WEBHOOK_NOBODY] =
    { "webhooks_total", "outcome=\"nobody_enrolled\"", NULL, "webhook-nobody-enrolled" },
  [TPT_RELAY_METRIC_WEBHOOK_DEAD_LETTER] =
    { "webhooks_total", "outcome=\"dead_letter\"", NULL, "webhook-dead-letter" },
  [TPT_RELAY_METRIC_WEBHOOK_FORGED] =
    { "webhooks_total", "outcome=\"wrong_signature\"", NULL, "webhook-wrong-signature" },
  [TPT_RELAY_METRIC_WEBHOOK_FAILED] = { "webhooks_total", "outcome=\"not_written\"", NULL, NULL },
  [TPT_RELAY_METRIC_WEBHOOK_FULL] =
    { "webhooks_total", "outcome=\"channel_full\"", NULL, "webhook-channel-full" },
  [TPT_RELAY_METRIC_WEBHOOKS_LATE] =
    { "webhooks_late_total", NULL, "Webhooks whose signature's time was off.", "webhook-late" },
  [TPT_RELAY_METRIC_EVENTS_STORED] =
    { "events_stored_total", NULL, "Sealed events written, one for each receiving device.", NULL },
  [TPT_RELAY_METRIC_EVENTS_DELIVERED] =
    { "events_delivered_total", NULL, "Events put on a stream or a page.", NULL },
  [TPT_RELAY_METRIC_ACKS] =
    { "acks_total", NULL, "Acknowledgements that moved a device's cursor.", NULL },
  [TPT_RELAY_METRIC_ENROLMENT_DONE] =
    { "enrolments_total", "outcome=\"done\"", "Enrolments by how they ended.", NULL },
  [TPT_RELAY_METRIC_ENROLMENT_CODE] =
    { "enrolments_total", "outcome=\"wrong_code\"", NULL, "enrolment-wrong-code" },
  [TPT_RELAY_METRIC_ENROLMENT_REFUSED] =
    { "enrolments_total", "outcome=\"refused\"", NULL, "enrolment-refused" },
  [TPT_RELAY_METRIC_DEVICES_ENDED] =
    { "devices_ended_total", NULL, "Devices that were ended.", NULL },
  [TPT_RELAY_METRIC_ROLES_PROVED] =
    { "role_proofs_total", "outcome=\"admin\"", "Roles that devices with a feed have shown.",
      NULL },
  [TPT_RELAY_METRIC_ROLES_LOST] = { "role_proofs_total", "outcome=\"no_admin\"", NULL, NULL },
  [TPT_RELAY_METRIC_REFUSED_MALFORMED] =
    { "requests_refused_total", "reason=\"malformed\"", "Requests refused before a route saw them.",
      NULL },
  [TPT_RELAY_METRIC_REFUSED_LENGTH_REQUIRED] =
    { "requests_refused_total", "reason=\"length_required\"", NULL, NULL },
  [TPT_RELAY_METRIC_REFUSED_TOO_LARGE] =
    { "requests_refused_total", "reason=\"too_large\"", NULL, NULL },
  [TPT_RELAY_METRIC_REFUSED_ENCODING] =
    { "requests_refused_total", "reason=\"content_encoding\"", NULL, NULL },
  [TPT_RELAY_METRIC_REFUSED_TOKEN] =
    { "requests_refused_total", "reason=\"device_token\"", NULL, "wrong-token" },
  [TPT_RELAY_METRIC_REFUSED_ADMIN_TOKEN] =
    { "requests_refused_total", "reason=\"admin_token\"", NULL, "wrong-admin-token" },
  [TPT_RELAY_METRIC_REFUSED_DEVICE_LIMIT] =
    { "requests_refused_total", "reason=\"limit_per_device\"", NULL, "limit-per-device" },
  [TPT_RELAY_METRIC_REFUSED_ADDRESS_LIMIT] =
    { "requests_refused_total", "reason=\"limit_per_address\"", NULL, "limit-per-address" },
  [TPT_RELAY_METRIC_REFUSED_CONNECTION] =
    { "requests_refused_total", "reason=\"too_many_connections\"", NULL, NULL },
  [TPT_RELAY_METRIC_REFUSED_DISK] =
    { "requests_refused_total", "reason=\"disk_low\"", NULL, "disk-low" },
  [TPT_RELAY_METRIC_OVERDUE] =
    { "requests_overdue_total", NULL, "Requests answered 503 because the answer took too long.",
      NULL },
};

/* Upper ends of a histogram's buckets, in the unit that is told, and what one of that unit is in
 * the unit that is counted. */
typedef struct
{
  const char   *name;
  const char   *help;
  const double *ends;
  guint         count;
  double        unit;
} Scale;

#define BUCKETS_MAX 16

typedef struct
{
  _Atomic guint64 buckets[BUCKETS_MAX];
  _Atomic guint64 sum;
} Histogram;

static const double commit_ends[] = { 0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
                                      0.5, 1, 2.5, 5 };
static const double batch_ends[] = { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512 };

static const Scale commit_scale = { "commit_seconds", "How long a batch took to be on the disk.",
                                    commit_ends, G_N_ELEMENTS (commit_ends), G_USEC_PER_SEC };
static const Scale batch_scale = { "batch_jobs", "How many requests a commit was for.", batch_ends,
                                   G_N_ELEMENTS (batch_ends), 1 };

/* One relay a process, and every thread counts: so they are the process's. */
static _Atomic guint64 counters[TPT_RELAY_METRIC_COUNT];
static Histogram commits;
static Histogram batches;
/* Of the monotonic clock; 0 where nobody does it. */
static _Atomic gint64 kept_at;
static _Atomic gint64 looked_at;
static _Atomic gint64 writing_since;
static GMutex stuck_mutex;
static GHashTable *stuck;

void
tpt_relay_metrics_add (TptRelayMetric metric,
                       guint64        count)
{
  atomic_fetch_add_explicit (&counters[metric], count, memory_order_relaxed);
}

guint64
tpt_relay_metrics_get (TptRelayMetric metric)
{
  return atomic_load_explicit (&counters[metric], memory_order_relaxed);
}

/* Returns: (nullable): a word without personal data, where the audit log has it too */
const char *
tpt_relay_metrics_get_audit_word (TptRelayMetric metric)
{
  return lines[metric].audit;
}

static void
observe (Histogram   *histogram,
         const Scale *scale,
         guint64      value)
{
  guint i = 0;

  G_STATIC_ASSERT (G_N_ELEMENTS (commit_ends) < BUCKETS_MAX);
  G_STATIC_ASSERT (G_N_ELEMENTS (batch_ends) < BUCKETS_MAX);
  while (i < scale->count && (double) value > scale->ends[i] * scale->unit)
    i++;
  atomic_fetch_add_explicit (&histogram->buckets[i], 1, memory_order_relaxed);
  atomic_fetch_add_explicit (&histogram->sum, value, memory_order_relaxed);
}

/* A batch is on the disk. */
void
tpt_relay_metrics_add_commit (gint64 microseconds,
                              guint  jobs)
{
  observe (&commits, &commit_scale, (guint64) microseconds);
  observe (&batches, &batch_scale, jobs);
}

static double
seconds_since (_Atomic gint64 *time)
{
  gint64 at = atomic_load (time);

  return at == 0 ? 0 : (double) (g_get_monotonic_time () - at) / G_USEC_PER_SEC;
}

/* The keeper is there and has looked after the journal. */
void
tpt_relay_metrics_add_kept (void)
{
  atomic_store (&kept_at, g_get_monotonic_time ());
}

/* Returns: how many seconds ago that was */
double
tpt_relay_metrics_get_unkept (void)
{
  return seconds_since (&kept_at);
}

/* A batch is under way, or none. */
void
tpt_relay_metrics_set_writing (gboolean is_writing)
{
  atomic_store (&writing_since, is_writing ? g_get_monotonic_time () : 0);
}

/* Returns: for how many seconds one has been; 0 where none is */
double
tpt_relay_metrics_get_writing (void)
{
  return seconds_since (&writing_since);
}

/* What other relays did to the journal is known. */
void
tpt_relay_metrics_add_looked (void)
{
  atomic_store (&looked_at, g_get_monotonic_time ());
}

/* Returns: how many seconds ago that was; 0 where there are no others */
double
tpt_relay_metrics_get_unlooked (void)
{
  return seconds_since (&looked_at);
}

/* @device: its name, in which there is nothing of a person */
void
tpt_relay_metrics_add_stuck (const char *device)
{
  gsize count;

  g_mutex_lock (&stuck_mutex);
  if (stuck == NULL)
    stuck = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!g_hash_table_contains (stuck, device) && g_hash_table_size (stuck) >= STUCK_NAMES_MAX)
    device = "others";
  count = GPOINTER_TO_SIZE (g_hash_table_lookup (stuck, device));
  g_hash_table_insert (stuck, g_strdup (device), GSIZE_TO_POINTER (count + 1));
  g_mutex_unlock (&stuck_mutex);
}

static void
print_head (GString    *out,
            const char *name,
            const char *help,
            const char *type)
{
  g_string_append_printf (out, "# HELP " PREFIX "%s %s\n# TYPE " PREFIX "%s %s\n", name, help, name,
                          type);
}

static void
print_double (GString *out,
              double   value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (text, sizeof text, "%.10g", value));
}

static void
print_counters (GString *out)
{
  for (guint i = 0; i < TPT_RELAY_METRIC_COUNT; i++)
    {
      if (lines[i].help != NULL)
        print_head (out, lines[i].name, lines[i].help, "counter");
      g_string_append_printf (out, PREFIX "%s", lines[i].name);
      if (lines[i].label != NULL)
        g_string_append_printf (out, "{%s}", lines[i].label);
      g_string_append_printf (out, " %" G_GUINT64_FORMAT "\n", tpt_relay_metrics_get (i));
    }
}

static void
print_histogram (GString     *out,
                 Histogram   *histogram,
                 const Scale *scale)
{
  guint64 total = 0;

  print_head (out, scale->name, scale->help, "histogram");
  for (guint i = 0; i <= scale->count; i++)
    {
      total += atomic_load_explicit (&histogram->buckets[i], memory_order_relaxed);
      g_string_append_printf (out, PREFIX "%s_bucket{le=\"", scale->name);
      if (i < scale->count)
        print_double (out, scale->ends[i]);
      else
        g_string_append (out, "+Inf");
      g_string_append_printf (out, "\"} %" G_GUINT64_FORMAT "\n", total);
    }
  g_string_append_printf (out, PREFIX "%s_sum ", scale->name);
  print_double (out, (double) atomic_load (&histogram->sum) / scale->unit);
  g_string_append_printf (out, "\n" PREFIX "%s_count %" G_GUINT64_FORMAT "\n", scale->name, total);
}

static void
print_stuck (GString *out)
{
  GHashTableIter iter;
  gpointer device, count;

  print_head (out, "stuck_readers_closed_total", "Streams that took nothing for a minute.",
              "counter");
  g_mutex_lock (&stuck_mutex);
  if (stuck != NULL)
    {
      g_hash_table_iter_init (&iter, stuck);
      while (g_hash_table_iter_next (&iter, &device, &count))
        g_string_append_printf (out, PREFIX "stuck_readers_closed_total{device=\"%s\"} %"
                                G_GSIZE_FORMAT "\n", (const char *) device,
                                GPOINTER_TO_SIZE (count));
    }
  g_mutex_unlock (&stuck_mutex);
}

/* What was counted since the process began, as Prometheus reads it (text format 0.0.4). */
void
tpt_relay_metrics_print (GString *out)
{
  print_counters (out);
  print_stuck (out);
  print_histogram (out, &commits, &commit_scale);
  print_histogram (out, &batches, &batch_scale);
}

/* Something that goes up and down. */
void
tpt_relay_metrics_print_gauge (GString    *out,
                               const char *name,
                               const char *help,
                               double      value)
{
  print_head (out, name, help, "gauge");
  g_string_append_printf (out, PREFIX "%s ", name);
  print_double (out, value);
  g_string_append_c (out, '\n');
}

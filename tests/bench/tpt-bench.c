/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bench.h"

#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

struct _TptBenchSeries
{
  GArray *values;          /* of double */
};

static gboolean missed;

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return (first > second) - (first < second);
}

static double
read_cpu (int who)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (who, &usage), ==, 0);

  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

TptBenchSeries *
tpt_bench_series_new (void)
{
  TptBenchSeries *self = g_new0 (TptBenchSeries, 1);

  self->values = g_array_new (FALSE, FALSE, sizeof (double));

  return self;
}

void
tpt_bench_series_free (TptBenchSeries *self)
{
  g_array_unref (self->values);
  g_free (self);
}

void
tpt_bench_series_add (TptBenchSeries *self,
                      double          value)
{
  g_array_append_val (self->values, value);
}

/* The smallest value that at least @part (0…1) of all do not exceed. */
double
tpt_bench_series_get_quantile (TptBenchSeries *self,
                               double          part)
{
  guint rank;

  g_return_val_if_fail (self->values->len > 0, 0);
  g_return_val_if_fail (part >= 0 && part <= 1, 0);

  g_array_sort (self->values, compare);
  rank = (guint) ceil (part * self->values->len);

  return g_array_index (self->values, double, MAX (rank, 1) - 1);
}

void
tpt_bench_series_print (TptBenchSeries *self,
                        const char     *what,
                        const char     *unit)
{
  g_print ("%-58s median %.2f, p95 %.2f, p99 %.2f, most %.2f %s (%u times)\n", what,
           tpt_bench_series_get_quantile (self, 0.5), tpt_bench_series_get_quantile (self, 0.95),
           tpt_bench_series_get_quantile (self, 0.99), tpt_bench_series_get_quantile (self, 1),
           unit, self->values->len);
}

/* g_test_init () has every debugging message printed, which takes time and hides the figures. */
void
tpt_bench_be_quiet (void)
{
  g_log_set_default_handler (g_log_default_handler, NULL);
}

/* Milliseconds of a clock that only goes on. */
double
tpt_bench_get_wall (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

/* Milliseconds of processor that this process has used, all its threads together. */
double
tpt_bench_get_cpu (void)
{
  return read_cpu (RUSAGE_SELF);
}

/* Milliseconds of processor that this thread has used. */
double
tpt_bench_get_thread_cpu (void)
{
  return read_cpu (RUSAGE_THREAD);
}

/* Megabytes of memory that this process has in use. */
double
tpt_bench_get_memory (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  fields = g_strsplit (text, " ", -1);
  g_assert_cmpuint (g_strv_length (fields), >, 1);

  return (double) g_ascii_strtoull (fields[1], NULL, 10) * (double) sysconf (_SC_PAGESIZE)
         / 1048576;
}

void
tpt_bench_print (const char *what,
                 double      value,
                 const char *unit)
{
  g_print ("%-58s %.2f %s\n", what, value, unit);
}

/* Prints @value beside the most that it may be, and remembers when it is more. */
void
tpt_bench_judge (const char *what,
                 double      value,
                 double      bound,
                 const char *unit)
{
  gboolean kept = value <= bound;

  g_print ("%-58s %.2f %s, at most %.2f: %s\n", what, value, unit, bound, kept ? "kept" : "MISSED");
  missed = missed || !kept;
}

/* As tpt_bench_judge () for what shall not be less than @bound. */
void
tpt_bench_judge_least (const char *what,
                       double      value,
                       double      bound,
                       const char *unit)
{
  gboolean kept = value >= bound;

  g_print ("%-58s %.2f %s, at least %.2f: %s\n", what, value, unit, bound,
           kept ? "kept" : "MISSED");
  missed = missed || !kept;
}

/* What main () shall return. */
int
tpt_bench_get_status (void)
{
  return missed ? EXIT_FAILURE : EXIT_SUCCESS;
}

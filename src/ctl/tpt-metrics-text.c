/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-metrics-text.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-day.h"
#include "tpt-metrics-json.h"
#include "tpt-table.h"

#define UNDEFINED "–"

static char *
format_figure (TptFigure figure)
{
  return figure.defined ? g_strdup_printf ("%.1f", figure.value) : g_strdup (UNDEFINED);
}

static char *
format_rate (TptRate rate)
{
  if (!rate.defined)
    return g_strdup (UNDEFINED);

  return g_strdup_printf ("%.0f %% (%d/%d)", rate.value * 100, (int) rate.numerator,
                          (int) rate.denominator);
}

static char *
format_time (TptTime    time,
             GTimeZone *zone)
{
  return time != TPT_TIME_NONE ? tpt_day_format (time, zone) : g_strdup (UNDEFINED);
}

/* Takes @value. */
static void
print_value (TptInvocation *invocation,
             const char    *label,
             char          *value)
{
  g_autofree char *owned = value;

  tpt_invocation_print (invocation, "%-26s %s", label, owned);
}

static void
print_figures (TptInvocation *invocation,
               TptMetrics    *metrics,
               GTimeZone     *zone)
{
  print_value (invocation, _("Bookings"), g_strdup_printf ("%d", (int) metrics->bookings));
  print_value (invocation, _("Booked a month"),
               g_strdup_printf ("%.2f", metrics->booking_frequency));
  print_value (invocation, _("Held a month"), g_strdup_printf ("%.2f", metrics->meeting_frequency));
  print_value (invocation, _("Last scheduled"), format_time (metrics->last_scheduled_at, zone));
  print_value (invocation, _("Last held"), format_time (metrics->last_held_at, zone));
  print_value (invocation, _("Next meeting"), format_time (metrics->next_meeting_at, zone));
  print_value (invocation, _("Canceled"), format_rate (metrics->cancellation_rate));
  print_value (invocation, _("No-shows"), format_rate (metrics->no_show_rate));
  print_value (invocation, _("Rescheduled"), format_rate (metrics->reschedule_rate));
  print_value (invocation, _("Days between meetings"),
               format_figure (metrics->median_interval_days));
  print_value (invocation, _("Cadence kept"), format_rate (metrics->cadence_adherence));
  print_value (invocation, _("Hours booked ahead"), format_figure (metrics->lead_time_hours));
  print_value (invocation, _("Links booked"), format_rate (metrics->link_conversion));
  print_value (invocation, _("Hours until booked"), format_figure (metrics->time_to_book_hours));
  print_value (invocation, _("People met"), g_strdup_printf ("%d", (int) metrics->breadth));
}

static void
print_health (TptInvocation *invocation,
              TptHealth     *health)
{
  if (health->score.defined)
    tpt_invocation_print (invocation, "\n%-26s %d (%s)", _("Health"), (int) health->score.value,
                          tpt_health_band_to_string (health->band));
  else
    tpt_invocation_print (invocation, "\n%-26s %s", _("Health"), _("not enough data"));
  for (int i = 0; i < TPT_HEALTH_N_PARTS; i++)
    {
      const TptHealthPart *part = &health->parts[i];
      g_autofree char *score = format_figure (part->score);
      g_autofree char *label = g_strdup_printf ("  %s (%d)", part->name, part->weight);

      tpt_invocation_print (invocation, "%-26s %s  %s", label, score, part->reason);
    }
}

/** tpt_metrics_print: one customer's figures, for a person or as JSON */
void
tpt_metrics_print (TptInvocation *invocation,
                   TptMetrics    *metrics,
                   TptCustomer   *customer,
                   GTimeZone     *zone)
{
  g_autofree char *name = tpt_visible_text (customer->name);

  if (invocation->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      tpt_metrics_to_json (builder, metrics, customer);
      tpt_invocation_print_json (invocation, builder);
      return;
    }
  tpt_invocation_print (invocation, _("%s, %d days"), name, metrics->window_days);
  print_figures (invocation, metrics, zone);
  print_health (invocation, &metrics->health);
}

static void
print_all_json (TptInvocation   *invocation,
                const GPtrArray *metrics,
                const GPtrArray *customers,
                TptMetrics      *portfolio)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "customers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < metrics->len; i++)
    tpt_metrics_to_json (builder, g_ptr_array_index (metrics, i), g_ptr_array_index (customers, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "portfolio");
  tpt_metrics_to_json (builder, portfolio, NULL);
  json_builder_end_object (builder);
  tpt_invocation_print_json (invocation, builder);
}

/**
 * tpt_metrics_print_all:
 * @metrics: (element-type TptMetrics): in the order of @customers
 */
void
tpt_metrics_print_all (TptInvocation   *invocation,
                       const GPtrArray *metrics,
                       const GPtrArray *customers,
                       TptMetrics      *portfolio,
                       GTimeZone       *zone)
{
  g_autoptr (TptTable) table = NULL;
  g_autofree char *text = NULL;

  if (invocation->json)
    {
      print_all_json (invocation, metrics, customers, portfolio);
      return;
    }

  table = tpt_table_new (_("Customer"), _("Health"), _("Band"), _("Last held"), _("Next"),
                         _("Held a month"), NULL);
  for (guint i = 0; i < metrics->len; i++)
    {
      TptMetrics *one = g_ptr_array_index (metrics, i);
      TptCustomer *customer = g_ptr_array_index (customers, i);
      g_autofree char *score = format_figure (one->health.score);
      g_autofree char *last = format_time (one->last_held_at, zone);
      g_autofree char *next = format_time (one->next_meeting_at, zone);
      g_autofree char *held = g_strdup_printf ("%.2f", one->meeting_frequency);

      tpt_table_add (table, customer->name != NULL ? customer->name : "", score,
                     tpt_health_band_to_string (one->health.band), last, next, held, NULL);
    }
  text = tpt_table_to_string (table);
  tpt_invocation_print (invocation, "%s\n\n%s", text, _("All together"));
  print_figures (invocation, portfolio, zone);
}

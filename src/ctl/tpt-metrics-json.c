/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-metrics-json.h"

/* Unrounded. A figure that is not defined is null; so is a whole rate. */
static void
add_figure (JsonBuilder *builder,
            const char  *member,
            TptFigure    figure)
{
  json_builder_set_member_name (builder, member);
  if (figure.defined)
    json_builder_add_double_value (builder, figure.value);
  else
    json_builder_add_null_value (builder);
}

static void
add_double (JsonBuilder *builder,
            const char  *member,
            double       value)
{
  add_figure (builder, member, (TptFigure) { TRUE, value });
}

static void
add_rate (JsonBuilder *builder,
          const char  *member,
          TptRate      rate)
{
  json_builder_set_member_name (builder, member);
  if (!rate.defined)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  add_double (builder, "value", rate.value);
  tpt_json_add_int (builder, "numerator", rate.numerator);
  tpt_json_add_int (builder, "denominator", rate.denominator);
  json_builder_end_object (builder);
}

/* The one rate with parts: who canceled, and how many did so late. */
static void
add_cancellation_rate (JsonBuilder *builder,
                       TptMetrics  *metrics)
{
  json_builder_set_member_name (builder, "cancellation_rate");
  if (!metrics->cancellation_rate.defined)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  add_double (builder, "value", metrics->cancellation_rate.value);
  tpt_json_add_int (builder, "numerator", metrics->cancellation_rate.numerator);
  tpt_json_add_int (builder, "denominator", metrics->cancellation_rate.denominator);
  add_rate (builder, "host", metrics->cancellation_host);
  add_rate (builder, "invitee", metrics->cancellation_invitee);
  add_rate (builder, "late", metrics->cancellation_late);
  json_builder_end_object (builder);
}

static void
add_health (JsonBuilder *builder,
            TptHealth   *health)
{
  json_builder_set_member_name (builder, "health");
  json_builder_begin_object (builder);
  add_figure (builder, "score", health->score);
  tpt_json_add_text (builder, "band", tpt_health_band_to_string (health->band));
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (int i = 0; i < TPT_HEALTH_N_PARTS; i++)
    {
      const TptHealthPart *part = &health->parts[i];

      json_builder_begin_object (builder);
      tpt_json_add_text (builder, "name", part->name);
      tpt_json_add_int (builder, "weight", part->weight);
      add_figure (builder, "score", part->score);
      tpt_json_add_text (builder, "reason", part->reason);
      tpt_json_add_text (builder, "raise", part->raise);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_customer (JsonBuilder *builder,
              TptCustomer *customer)
{
  json_builder_set_member_name (builder, "customer");
  json_builder_begin_object (builder);
  tpt_json_add_int (builder, "id", customer->id);
  tpt_json_add_text (builder, "name", customer->name);
  json_builder_end_object (builder);
}

/* What belongs to one customer and not to all together. */
static void
add_cadence (JsonBuilder *builder,
             TptMetrics  *metrics)
{
  tpt_json_add_int (builder, "cadence_days", metrics->cadence_days);
  add_figure (builder, "cadence_gap_days", metrics->cadence_gap_days);
  tpt_json_add_bool (builder, "covered", metrics->covered);
}

/**
 * tpt_metrics_to_json:
 * @customer: (nullable): %NULL for the portfolio, which has no cadence and no health
 */
void
tpt_metrics_to_json (JsonBuilder *builder,
                     TptMetrics  *metrics,
                     TptCustomer *customer)
{
  json_builder_begin_object (builder);
  if (customer != NULL)
    add_customer (builder, customer);
  tpt_json_add_int (builder, "window_days", metrics->window_days);
  tpt_json_add_time (builder, "as_of", metrics->as_of);
  tpt_json_add_int (builder, "bookings", metrics->bookings);
  add_double (builder, "booking_frequency", metrics->booking_frequency);
  add_double (builder, "meeting_frequency", metrics->meeting_frequency);
  tpt_json_add_time (builder, "last_scheduled_at", metrics->last_scheduled_at);
  tpt_json_add_time (builder, "last_held_at", metrics->last_held_at);
  add_figure (builder, "days_since_last_held", metrics->days_since_last_held);
  tpt_json_add_time (builder, "next_meeting_at", metrics->next_meeting_at);
  add_cancellation_rate (builder, metrics);
  add_rate (builder, "no_show_rate", metrics->no_show_rate);
  add_rate (builder, "reschedule_rate", metrics->reschedule_rate);
  add_figure (builder, "median_interval_days", metrics->median_interval_days);
  if (customer != NULL)
    add_cadence (builder, metrics);
  add_rate (builder, "cadence_adherence", metrics->cadence_adherence);
  add_figure (builder, "lead_time_hours", metrics->lead_time_hours);
  add_rate (builder, "link_conversion", metrics->link_conversion);
  add_figure (builder, "time_to_book_hours", metrics->time_to_book_hours);
  tpt_json_add_int (builder, "breadth", metrics->breadth);
  tpt_json_add_int (builder, "held", metrics->held);
  tpt_json_add_int (builder, "no_shows", metrics->no_shows);
  tpt_json_add_int (builder, "canceled", metrics->canceled);
  tpt_json_add_int (builder, "upcoming", metrics->upcoming);
  if (customer != NULL)
    add_health (builder, &metrics->health);
  json_builder_end_object (builder);
}

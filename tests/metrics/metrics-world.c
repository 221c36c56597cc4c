/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "metrics-world.h"

World *
world_new (const char *zone)
{
  World *self = g_new0 (World, 1);

  self->bookings = g_array_new (FALSE, TRUE, sizeof (TptBooking));
  self->links = g_ptr_array_new_with_free_func (g_object_unref);
  self->customers = g_ptr_array_new_with_free_func (g_object_unref);
  self->zone = tpt_time_zone_new (zone);
  g_assert_nonnull (self->zone);
  self->input = (TptMetricsInput) { self->bookings, self->links, self->zone, WORLD_NOW, 90, NULL };

  return self;
}

void
world_free (World *self)
{
  g_array_unref (self->bookings);
  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->customers);
  g_time_zone_unref (self->zone);
  g_free (self);
}

TptCustomer *
world_add_customer (World   *self,
                    gint64   id,
                    TptTime  created_at)
{
  TptCustomer *customer = tpt_customer_new ();

  customer->id = id;
  customer->created_at = created_at;
  g_ptr_array_add (self->customers, customer);

  return customer;
}

/* Half an hour long, booked two days ahead by a person of its own, in an event of its own. The
 * next call moves it. */
TptBooking *
world_add_booking (World  *self,
                   gint64  customer,
                   double  start_in_days)
{
  TptBooking *booking;
  gint64 id = self->bookings->len + 1;

  g_array_set_size (self->bookings, self->bookings->len + 1);
  booking = &g_array_index (self->bookings, TptBooking, self->bookings->len - 1);
  booking->id = id;
  booking->event = id;
  booking->customer = customer;
  booking->email_key = (guint64) id;
  booking->start = WORLD_NOW + (TptTime) (start_in_days * TPT_DAY);
  booking->end = booking->start + 30 * TPT_MINUTE;
  booking->created_at = booking->start - 2 * TPT_DAY;

  return booking;
}

/* @booked_days_ago 0: never */
TptLink *
world_add_link (World  *self,
                gint64  customer,
                double  made_days_ago,
                double  booked_days_ago)
{
  TptLink *link = tpt_link_new ();

  link->customer = customer;
  link->created_at = WORLD_NOW - (TptTime) (made_days_ago * TPT_DAY);
  if (booked_days_ago > 0)
    {
      link->booked_at = WORLD_NOW - (TptTime) (booked_days_ago * TPT_DAY);
      link->state = TPT_LINK_BOOKED;
    }
  g_ptr_array_add (self->links, link);

  return link;
}

/* The figures of the first customer. */
TptMetrics *
world_compute (World *self)
{
  return tpt_metrics_compute (&self->input, g_ptr_array_index (self->customers, 0));
}

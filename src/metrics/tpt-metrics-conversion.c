/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-metrics-tally.h"

/* A link is judged when it had this long to be used. */
#define MATURE (14 * TPT_DAY)

/** tpt_tally_count_links: what became of the single-use links made for @customer, ever */
void
tpt_tally_count_links (TptTally              *self,
                       const TptMetricsInput *input,
                       gint64                 customer)
{
  for (guint i = 0; input->links != NULL && i < input->links->len; i++)
    {
      TptLink *link = g_ptr_array_index (input->links, i);
      gint64 took = link->booked_at - link->created_at;

      if (link->customer != customer || link->kind != TPT_LINK_SINGLE_USE
          || link->state == TPT_LINK_SUPERSEDED
          || link->created_at > input->now - MATURE)
        continue;
      self->links++;
      if (link->booked_at == TPT_TIME_NONE)
        continue;
      self->links_booked++;
      g_array_append_val (self->booking_times, took);
    }
}

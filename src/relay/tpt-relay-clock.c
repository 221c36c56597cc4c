/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-clock.h"

#define DAY G_GINT64_CONSTANT (86400000)
#define HOUR G_GINT64_CONSTANT (3600000)

/* A day on which it went evenly: whoever set it wrong has had the time to notice. */
static gboolean
has_proved_itself (TptRelayClock *self,
                   gint64         wall,
                   gint64         monotonic)
{
  gint64 passed = monotonic - self->doubted_at;
  gint64 told = wall - self->doubted;

  return passed >= DAY && ABS (told - passed) <= HOUR;
}

/**
 * tpt_relay_clock_believe:
 * @last: what it said when it was believed last, maybe by the process before; 0 for never
 * @wall: what it says, since 1970
 * @monotonic: what has passed, since whenever
 *
 * Whether the time may be what the clock says. If retention went by a clock that has jumped ahead,
 * everything would be old. One that jumped by more than a day is believed when a day has passed by
 * a clock that cannot jump; after a weekend without the relay that only keeps things a day longer.
 */
gboolean
tpt_relay_clock_believe (TptRelayClock *self,
                         gint64         last,
                         gint64         wall,
                         gint64         monotonic)
{
  gint64 passed = self->is_running ? monotonic - self->seen_at : 0;

  if (last > 0 && wall - last > passed + DAY)
    {
      if (!self->is_doubted || ABS ((wall - self->doubted) - (monotonic - self->doubted_at)) > HOUR)
        {
          self->is_doubted = TRUE;
          self->doubted = wall;
          self->doubted_at = monotonic;
        }
      if (!has_proved_itself (self, wall, monotonic))
        return FALSE;
    }
  self->is_doubted = FALSE;
  self->is_running = TRUE;
  self->seen_at = monotonic;

  return TRUE;
}

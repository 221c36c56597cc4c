/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sweep-pace.h"

/* An answer counts as slow from this long on, and only if it took several times the usual. */
#define SLOW (2 * G_USEC_PER_SEC)
#define SLOW_TIMES 4

/* The usual is that of about so many answers. */
#define MEMORY 16

void
tpt_sweep_pace_init (TptSweepPace *self)
{
  self->width = TPT_SWEEP_PACE_WIDEST;
  self->good = 0;
  self->usual = 0;
}

static void
narrow (TptSweepPace *self,
        guint         width)
{
  self->width = MAX (width, 1);
  self->good = 0;
}

/**
 * tpt_sweep_pace_answered:
 * @duration: from the question to the answer, waiting for the limits included, in µs
 * @was_refused: whether the service refused something since the last answer, so that it had to be
 *   asked again
 *
 * Half as many after a refusal, one less after a slow answer; one more after a whole round of good
 * ones.
 */
void
tpt_sweep_pace_answered (TptSweepPace *self,
                         gint64        duration,
                         gboolean      was_refused)
{
  gboolean is_slow = self->usual > 0 && duration >= SLOW && duration > SLOW_TIMES * self->usual;

  /* What is slow now is the usual one day: a service that stays slow is asked at full width. */
  self->usual = self->usual == 0 ? duration : self->usual + (duration - self->usual) / MEMORY;
  if (was_refused)
    narrow (self, self->width / 2);
  else if (is_slow)
    narrow (self, self->width - 1);
  else if (++self->good >= self->width && self->width < TPT_SWEEP_PACE_WIDEST)
    {
      self->width++;
      self->good = 0;
    }
}

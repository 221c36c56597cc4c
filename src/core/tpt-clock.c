/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-clock.h"

struct _TptClock
{
  GObject parent_instance;

  TptTime frozen;
};

G_DEFINE_FINAL_TYPE (TptClock, tpt_clock, G_TYPE_OBJECT)

static void
tpt_clock_class_init (TptClockClass *klass)
{
}

static void
tpt_clock_init (TptClock *self)
{
}

/** tpt_clock_new: the clock of the system */
TptClock *
tpt_clock_new (void)
{
  return g_object_new (TPT_TYPE_CLOCK, NULL);
}

/** tpt_clock_new_frozen: a clock that stands still at @now until tpt_clock_set() moves it */
TptClock *
tpt_clock_new_frozen (TptTime now)
{
  TptClock *self = tpt_clock_new ();

  self->frozen = now;

  return self;
}

/**
 * tpt_clock_new_environment:
 *
 * Returns: (transfer full): a clock frozen at `TOUCHPOINT_NOW` (RFC 3339) where that is set,
 *   else the system's;
 *   %NULL with an error of %TPT_TIME_ERROR when the variable holds something else
 */
TptClock *
tpt_clock_new_environment (GError **error)
{
  const char *text = g_getenv ("TOUCHPOINT_NOW");
  TptTime now;

  if (text == NULL || *text == '\0')
    return tpt_clock_new ();
  if (!tpt_time_parse (text, &now, error))
    {
      g_prefix_error (error, "TOUCHPOINT_NOW: ");
      return NULL;
    }

  return tpt_clock_new_frozen (now);
}

TptTime
tpt_clock_now (TptClock *self)
{
  g_return_val_if_fail (TPT_IS_CLOCK (self), TPT_TIME_NONE);

  return self->frozen != TPT_TIME_NONE ? self->frozen : g_get_real_time ();
}

/** tpt_clock_set: freezes the clock at @now */
void
tpt_clock_set (TptClock *self,
               TptTime   now)
{
  g_return_if_fail (TPT_IS_CLOCK (self));

  self->frozen = now;
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fake-pulse.h"

static gboolean
source_prepare (GSource *source,
                int     *timeout)
{
  *timeout = -1;

  return FALSE;
}

static gboolean
source_dispatch (GSource     *source,
                 GSourceFunc  callback,
                 gpointer     user_data)
{
  return callback (user_data);
}

static GSourceFuncs source_funcs = { .prepare = source_prepare, .dispatch = source_dispatch };

static GSource *
after (TptTime  pause,
       gpointer user_data)
{
  TptFakePulse *self = user_data;

  g_clear_pointer (&self->source, g_source_unref);
  self->source = g_source_new (&source_funcs, sizeof (GSource));
  self->pause = pause;

  return g_source_ref (self->source);
}

void
tpt_fake_pulse_init (TptFakePulse *self)
{
  *self = (TptFakePulse) { { after, self }, NULL, 0 };
}

void
tpt_fake_pulse_clear (TptFakePulse *self)
{
  g_clear_pointer (&self->source, g_source_unref);
}

/* Whether anything waits for time to pass. */
gboolean
tpt_fake_pulse_is_waiting (TptFakePulse *self)
{
  return self->source != NULL && !g_source_is_destroyed (self->source);
}

/* The pause that was asked for is over when the main loop comes by. */
void
tpt_fake_pulse_pass (TptFakePulse *self)
{
  g_assert_true (tpt_fake_pulse_is_waiting (self));
  g_source_set_ready_time (self->source, 0);
}

/* For tpt_test_await_func (): lets what is due at once happen, until the next thing takes time. */
gboolean
tpt_fake_pulse_is_calm (gpointer self)
{
  TptFakePulse *pulse = self;

  if (!tpt_fake_pulse_is_waiting (pulse))
    return FALSE;
  if (pulse->pause > 0)
    return TRUE;
  tpt_fake_pulse_pass (pulse);

  return FALSE;
}

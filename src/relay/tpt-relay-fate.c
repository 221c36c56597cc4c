/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-fate.h"

enum
{
  STATE_OPEN,
  STATE_BEGUN,
  STATE_OVER,
};

/* For the next request; the one before has been answered. */
void
tpt_relay_fate_open (TptRelayFate *self)
{
  g_atomic_int_set (&self->state, STATE_OPEN);
}

/* Returns: FALSE where nobody waits for the answer any more; otherwise it is waited for */
gboolean
tpt_relay_fate_begin (TptRelayFate *self)
{
  g_atomic_int_compare_and_exchange (&self->state, STATE_OPEN, STATE_BEGUN);

  return g_atomic_int_get (&self->state) == STATE_BEGUN;
}

/* Returns: FALSE where it is being carried out; otherwise that will not begin any more */
gboolean
tpt_relay_fate_end (TptRelayFate *self)
{
  g_atomic_int_compare_and_exchange (&self->state, STATE_OPEN, STATE_OVER);

  return g_atomic_int_get (&self->state) == STATE_OVER;
}

gboolean
tpt_relay_fate_is_over (TptRelayFate *self)
{
  return g_atomic_int_get (&self->state) == STATE_OVER;
}

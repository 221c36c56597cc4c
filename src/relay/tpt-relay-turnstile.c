/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-turnstile.h"

struct _TptRelayTurnstile
{
  TptRelayTurnstileFunc enter;
  guint                 at_once;
  guint                 line_max;
  guint                 inside;
  GQueue                line; /* of who waits, borrowed */
};

/**
 * tpt_relay_turnstile_new:
 * @at_once: how many may be inside
 * @line: how many may wait
 * @enter: called with each whose turn it is
 */
TptRelayTurnstile *
tpt_relay_turnstile_new (guint                 at_once,
                         guint                 line,
                         TptRelayTurnstileFunc enter)
{
  TptRelayTurnstile *self = g_new0 (TptRelayTurnstile, 1);

  self->enter = enter;
  self->at_once = at_once;
  self->line_max = line;
  g_queue_init (&self->line);

  return self;
}

void
tpt_relay_turnstile_free (TptRelayTurnstile *self)
{
  if (self == NULL)
    return;
  g_queue_clear (&self->line);
  g_free (self);
}

static void
let_in (TptRelayTurnstile *self)
{
  while (self->inside < self->at_once && self->line.length > 0)
    {
      gpointer who = g_queue_pop_head (&self->line);

      self->inside++;
      self->enter (who);
    }
}

/* It may be @who's turn before this returns. Returns: FALSE where the line is too long */
gboolean
tpt_relay_turnstile_line_up (TptRelayTurnstile *self,
                             gpointer           who)
{
  if (self->inside >= self->at_once && self->line.length >= self->line_max)
    return FALSE;
  g_queue_push_tail (&self->line, who);
  let_in (self);

  return TRUE;
}

/* Returns: FALSE where @who does not wait */
gboolean
tpt_relay_turnstile_step_out (TptRelayTurnstile *self,
                              gpointer           who)
{
  return g_queue_remove (&self->line, who);
}

/* One of those inside has gone. */
void
tpt_relay_turnstile_leave (TptRelayTurnstile *self)
{
  g_return_if_fail (self->inside > 0);

  self->inside--;
  let_in (self);
}

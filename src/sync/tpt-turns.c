/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-turns.h"

typedef struct
{
  GTask *task;
  TptTurnFunc func;
} Turn;

static void next (TptTurns *self);

static void
completed_cb (GTask      *task,
              GParamSpec *pspec,
              TptTurns   *self)
{
  self->is_taken = FALSE;
  next (self);
}

static void
next (TptTurns *self)
{
  Turn *turn = self->is_taken ? NULL : g_queue_pop_head (&self->waiting);

  if (turn == NULL)
    return;
  self->is_taken = TRUE;
  g_signal_connect (turn->task, "notify::completed", G_CALLBACK (completed_cb), self);
  turn->func (turn->task);
  g_free (turn);
}

/** tpt_turns_push: takes @task; @func begins it when its turn has come, at the soonest at once */
void
tpt_turns_push (TptTurns    *self,
                GTask       *task,
                TptTurnFunc  func)
{
  Turn *turn = g_new0 (Turn, 1);

  turn->task = task;
  turn->func = func;
  g_queue_push_tail (&self->waiting, turn);
  next (self);
}

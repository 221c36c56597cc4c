/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-match-run.h"

static void
ignore_cb (TptInvocation *invocation)
{
  const char *const invitees[] = { invocation->arguments[0], NULL };

  tpt_match_run_act (invocation, tpt_match_act_new_ignore (invitees));
}

void
tpt_match_ignore_command_run (TptInvocation *invocation)
{
  if (tpt_invocation_parse (invocation, NULL, 1, 1))
    tpt_invocation_open (invocation, ignore_cb);
}

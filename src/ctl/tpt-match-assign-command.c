/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-match-run.h"

static TptMatchAct *
make_act (TptInvocation  *invocation,
          TptDirectory   *directory,
          GError        **error)
{
  const char *const invitees[] = { invocation->arguments[0], NULL };
  TptCustomer *customer =
    tpt_directory_choose_customer (directory, invocation->arguments[1], error);

  return customer != NULL ? tpt_match_act_new_assign (invitees, customer->id) : NULL;
}

static void
assign_cb (TptInvocation *invocation)
{
  tpt_match_run (invocation, make_act);
}

void
tpt_match_assign_command_run (TptInvocation *invocation)
{
  if (tpt_invocation_parse (invocation, NULL, 2, 2))
    tpt_invocation_open (invocation, assign_cb);
}

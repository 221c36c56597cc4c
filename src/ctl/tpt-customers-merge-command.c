/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-match-run.h"

static TptMatchAct *
make_act (TptInvocation  *invocation,
          TptDirectory   *directory,
          GError        **error)
{
  TptCustomer *customer =
    tpt_directory_choose_customer (directory, invocation->arguments[0], error);
  TptCustomer *other = customer == NULL ? NULL
                                        : tpt_directory_choose_customer (directory,
                                                                         invocation->arguments[1],
                                                                         error);

  return other != NULL ? tpt_match_act_new_merge (customer->id, other->id) : NULL;
}

static void
merge_cb (TptInvocation *invocation)
{
  tpt_match_run (invocation, make_act);
}

void
tpt_customers_merge_command_run (TptInvocation *invocation)
{
  if (tpt_invocation_parse (invocation, NULL, 2, 2))
    tpt_invocation_open (invocation, merge_cb);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-match-run.h"

typedef struct
{
  gboolean ignore;
  gboolean remove;
} Options;

static TptMatchAct *
make_act (TptInvocation  *invocation,
          TptDirectory   *directory,
          GError        **error)
{
  Options *options = invocation->options;
  const char *pattern = invocation->arguments[0];
  TptCustomer *customer;

  if (options->remove)
    return tpt_match_act_new_forget_rule (pattern);
  if (options->ignore)
    return tpt_match_act_new_rule (pattern, 0);
  customer = tpt_directory_choose_customer (directory, invocation->arguments[1], error);

  return customer != NULL ? tpt_match_act_new_rule (pattern, customer->id) : NULL;
}

static void
rule_cb (TptInvocation *invocation)
{
  tpt_match_run (invocation, make_act);
}

void
tpt_match_rule_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  const GOptionEntry entries[] = {
    { "ignore", 0, 0, G_OPTION_ARG_NONE, &options->ignore, N_("Whom it fits is nobody’s customer"),
      NULL },
    { "remove", 0, 0, G_OPTION_ARG_NONE, &options->remove, N_("Forget the rule"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  tpt_invocation_set_options (invocation, options, g_free);
  if (!tpt_invocation_parse (invocation, entries, 1, 2))
    return;
  if (options->ignore + options->remove + (invocation->arguments[1] != NULL) != 1)
    tpt_invocation_fail_usage (invocation,
                               _("Name a customer, or give --ignore, or give --remove."));
  else
    tpt_invocation_open (invocation, rule_cb);
}

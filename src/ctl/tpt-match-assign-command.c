/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-match-run.h"
#include "tpt-stakeholder-choice.h"

typedef struct
{
  char *stakeholder;
} Options;

static void
options_free (gpointer data)
{
  Options *options = data;

  g_free (options->stakeholder);
  g_free (options);
}

static TptMatchAct *
make_act (TptInvocation  *invocation,
          TptDirectory   *directory,
          GError        **error)
{
  const char *const invitees[] = { invocation->arguments[0], NULL };
  TptCustomer *customer =
    tpt_directory_choose_customer (directory, invocation->arguments[1], error);
  Options *options = invocation->options;
  TptStakeholder *person;

  if (customer == NULL)
    return NULL;
  if (options->stakeholder == NULL)
    return tpt_match_act_new_assign (invitees, customer->id);
  person = tpt_stakeholder_choice_find (customer, options->stakeholder, error);

  return person != NULL ? tpt_match_act_new_identify (invitees, customer->id, person->id) : NULL;
}

static void
assign_cb (TptInvocation *invocation)
{
  tpt_match_run (invocation, make_act);
}

void
tpt_match_assign_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  const GOptionEntry entries[] = {
    { "stakeholder", 0, 0, G_OPTION_ARG_STRING, &options->stakeholder,
      N_("Who the invitee is, whose address it is from now on"), N_("EMAIL|NAME") },
    G_OPTION_ENTRY_NULL,
  };

  tpt_invocation_set_options (invocation, options, options_free);
  if (tpt_invocation_parse (invocation, entries, 2, 2))
    tpt_invocation_open (invocation, assign_cb);
}

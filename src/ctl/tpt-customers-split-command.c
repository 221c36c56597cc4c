/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-match-run.h"

typedef struct
{
  GStrv domains;
  GStrv people;
} Options;

static void
options_free (gpointer data)
{
  Options *options = data;

  g_strfreev (options->domains);
  g_strfreev (options->people);
  g_free (options);
}

static TptMatchAct *
make_act (TptInvocation  *invocation,
          TptDirectory   *directory,
          GError        **error)
{
  Options *options = invocation->options;
  TptCustomer *customer =
    tpt_directory_choose_customer (directory, invocation->arguments[0], error);
  g_autoptr (TptCustomer) draft = tpt_customer_new ();

  if (customer == NULL)
    return NULL;
  draft->name = g_strdup (invocation->arguments[1]);

  return tpt_match_act_new_split (customer->id, draft, (const char *const *) options->domains,
                                  (const char *const *) options->people);
}

static void
split_cb (TptInvocation *invocation)
{
  tpt_match_run (invocation, make_act);
}

void
tpt_customers_split_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  const GOptionEntry entries[] = {
    { "domain", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->domains,
      N_("A domain that goes to the new customer"), N_("DOMAIN") },
    { "stakeholder", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->people,
      N_("A stakeholder who goes to the new customer"), N_("EMAIL") },
    G_OPTION_ENTRY_NULL,
  };

  tpt_invocation_set_options (invocation, options, options_free);
  if (!tpt_invocation_parse (invocation, entries, 2, 2))
    return;
  if (options->domains == NULL && options->people == NULL)
    tpt_invocation_fail_usage (invocation, _("Give --domain or --stakeholder at least once."));
  else
    tpt_invocation_open (invocation, split_cb);
}

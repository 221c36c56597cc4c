/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-command-error.h"
#include "tpt-email.h"
#include "tpt-match-run.h"
#include "tpt-stakeholder-choice.h"

typedef struct
{
  GStrv added;
  GStrv removed;
  char *primary;
} Options;

static void
options_free (gpointer data)
{
  Options *options = data;

  g_strfreev (options->added);
  g_strfreev (options->removed);
  g_free (options->primary);
  g_free (options);
}

/* In its normal form, where it has one: what is no address is refused later, with its reason. */
static char *
normalize (const char *text)
{
  char *email = tpt_email_normalize (text);

  return email != NULL ? email : g_strdup (text);
}

static gboolean
check_removed (TptStakeholder  *person,
               GStrv            removed,
               GError         **error)
{
  for (; removed != NULL && *removed != NULL; removed++)
    {
      g_autofree char *email = normalize (*removed);

      if (tpt_stakeholder_has_email (person, email))
        continue;
      g_set_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_NOT_FOUND,
                   _("%s is not an address of this stakeholder."), *removed);
      return FALSE;
    }

  return TRUE;
}

static gboolean
is_among (GStrv       list,
          const char *email)
{
  for (; list != NULL && *list != NULL; list++)
    {
      g_autofree char *other = normalize (*list);

      if (g_ascii_strcasecmp (other, email) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The primary one first, then what was there and stays, then what is new. */
static TptMatchAct *
make_act (TptInvocation  *invocation,
          TptDirectory   *directory,
          GError        **error)
{
  Options *options = invocation->options;
  TptCustomer *customer =
    tpt_directory_choose_customer (directory, invocation->arguments[0], error);
  TptStakeholder *person = NULL;
  g_autoptr (TptStakeholder) wanted = tpt_stakeholder_new ();

  if (customer != NULL)
    person = tpt_stakeholder_choice_find (customer, invocation->arguments[1], error);
  if (person == NULL || !check_removed (person, options->removed, error))
    return NULL;

  if (options->primary != NULL)
    {
      g_autofree char *primary = normalize (options->primary);

      tpt_stakeholder_add_email (wanted, primary);
    }
  for (char **email = person->emails; *email != NULL; email++)
    {
      if (!is_among (options->removed, *email))
        tpt_stakeholder_add_email (wanted, *email);
    }
  for (char **email = options->added; email != NULL && *email != NULL; email++)
    {
      g_autofree char *added = normalize (*email);

      tpt_stakeholder_add_email (wanted, added);
    }

  return tpt_match_act_new_emails (customer->id, person->id,
                                   (const char *const *) wanted->emails);
}

static void
emails_cb (TptInvocation *invocation)
{
  tpt_match_run (invocation, make_act);
}

void
tpt_customers_emails_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  const GOptionEntry entries[] = {
    { "add", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->added, N_("One more address of theirs"),
      N_("EMAIL") },
    { "remove", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->removed,
      N_("An address that is theirs no more"), N_("EMAIL") },
    { "primary", 0, 0, G_OPTION_ARG_STRING, &options->primary, N_("The address to write to"),
      N_("EMAIL") },
    G_OPTION_ENTRY_NULL,
  };

  tpt_invocation_set_options (invocation, options, options_free);
  if (!tpt_invocation_parse (invocation, entries, 2, 2))
    return;
  if (options->added == NULL && options->removed == NULL && options->primary == NULL)
    tpt_invocation_fail_usage (invocation, _("Give --add, --remove or --primary."));
  else
    tpt_invocation_open (invocation, emails_cb);
}

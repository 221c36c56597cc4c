/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-customer-text.h"
#include "tpt-email.h"
#include "tpt-text.h"

#define MOST_CADENCE_DAYS 3650

typedef struct
{
  char **domains;
  char *tier;
  char *cadence;           /* as typed */
  guint64 cadence_days;    /* 0: that of the tier */
  char *owner;
} Options;

static void
options_free (gpointer data)
{
  Options *options = data;

  g_strfreev (options->domains);
  g_free (options->tier);
  g_free (options->cadence);
  g_free (options->owner);
  g_free (options);
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (TptCustomer) customer = NULL;
  g_autoptr (GError) error = NULL;

  customer = tpt_importer_add_finish (TPT_IMPORTER (source), result, &error);
  if (customer == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  tpt_customer_print (invocation, customer);
  tpt_invocation_done (invocation);
}

static void
add_cb (TptInvocation *invocation)
{
  Options *options = invocation->options;
  g_autoptr (TptCustomer) customer = tpt_customer_new ();
  g_autoptr (TptCustomer) wanted = tpt_customer_new ();

  wanted->name = tpt_text_line (invocation->arguments[0]);
  if (options->domains != NULL)
    {
      g_strfreev (wanted->domains);
      wanted->domains = g_strdupv (options->domains);
    }
  wanted->tier = options->tier != NULL ? tpt_text_line (options->tier) : NULL;
  wanted->owner = options->owner != NULL ? tpt_text_trim (options->owner) : NULL;
  wanted->cadence_days = (int) options->cadence_days;
  /* As in the window: what somebody typed no list takes back. */
  tpt_customer_write (customer, wanted, tpt_customer_compare (customer, wanted));
  tpt_importer_add_async (invocation->services->importer, customer, invocation->cancellable,
                          added_cb, g_object_ref (invocation));
}

void
tpt_customers_add_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  g_autofree char *owner = NULL;
  const GOptionEntry entries[] = {
    { "domain", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->domains, N_("A domain of theirs"),
      N_("DOMAIN") },
    { "tier", 0, 0, G_OPTION_ARG_STRING, &options->tier, N_("Their tier"), N_("TIER") },
    { "cadence-days", 0, 0, G_OPTION_ARG_STRING, &options->cadence, N_("How often to meet"),
      N_("DAYS") },
    { "owner", 0, 0, G_OPTION_ARG_STRING, &options->owner, N_("Who looks after them"),
      N_("EMAIL") },
    G_OPTION_ENTRY_NULL,
  };

  tpt_invocation_set_options (invocation, options, options_free);
  if (!tpt_invocation_parse (invocation, entries, 1, 1))
    return;

  owner = tpt_email_normalize (options->owner);
  if (options->cadence != NULL
      && !g_ascii_string_to_unsigned (options->cadence, 10, 1, MOST_CADENCE_DAYS,
                                      &options->cadence_days, NULL))
    tpt_invocation_fail_usage (invocation, _("--cadence-days is a number from 1 to %d."),
                               MOST_CADENCE_DAYS);
  else if (options->owner != NULL && owner == NULL)
    tpt_invocation_fail_usage (invocation, _("“%s” is not an e-mail address."), options->owner);
  else
    tpt_invocation_open (invocation, add_cb);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tpt-command-error.h"

G_DEFINE_QUARK (tpt-command-error-quark, tpt_command_error)

static const TptCommand commands[] = {
  { "connect", "", N_("Sign in, in the browser or with a token"), tpt_connect_command_run },
  { "disconnect", "", N_("Sign out"), tpt_disconnect_command_run },
  { "status", "", N_("Show what is connected and what is stored"), tpt_status_command_run },
  { "sync", "", N_("Bring meetings here"), tpt_sync_command_run },
  { "customers import", "FILE.csv|FILE.vcf", N_("Take in a list of customers, or vCards"),
    tpt_customers_import_command_run },
  { "customers add", "NAME", N_("Add a customer"), tpt_customers_add_command_run },
  { "customers list", "", N_("List the customers"), tpt_customers_list_command_run },
  { "customers show", "ID|NAME", N_("Show a customer"), tpt_customers_show_command_run },
  { "customers merge", "CUSTOMER OTHER", N_("Make one customer part of another"),
    tpt_customers_merge_command_run },
  { "customers split", "CUSTOMER NAME", N_("Make part of a customer another"),
    tpt_customers_split_command_run },
  { "customers emails", "CUSTOMER EMAIL|NAME", N_("Change the e-mail addresses of a stakeholder"),
    tpt_customers_emails_command_run },
  { "meetings list", "", N_("List meetings"), tpt_meetings_list_command_run },
  { "meetings show", "URI", N_("Show everything about a meeting"), tpt_meetings_show_command_run },
  { "meetings cancel", "URI", N_("Cancel a meeting"), NULL },
  { "meetings no-show", "INVITEE_URI", N_("Mark who did not come"), NULL },
  { "event-types", "", N_("List what can be booked"), tpt_event_types_command_run },
  { "link create", "", N_("Make a booking link for a customer"), tpt_link_create_command_run },
  { "link list", "", N_("List the links and what became of them"), tpt_link_list_command_run },
  { "metrics", "", N_("Show the figures of a customer, or of all"), tpt_metrics_command_run },
  { "relay set", "URL", N_("Enrol this device at a relay"), tpt_relay_set_command_run },
  { "relay show", "", N_("Show the relay"), tpt_relay_show_command_run },
  { "relay test", "", N_("Send a test event through the relay"), tpt_relay_test_command_run },
  { "relay forget", "", N_("Leave the relay"), tpt_relay_forget_command_run },
  { "ask", "SENTENCE", N_("Ask or tell in a sentence"), tpt_ask_command_run },
  { "watch", "", N_("Print changes as they come"), NULL },
  { "serve", "", N_("Answer over HTTP"), NULL },
  { "converse", "", N_("Book in a conversation"), NULL },
  { "slots", "", N_("List free times"), NULL },
  { "match list", "", N_("List invitees without a customer"), tpt_match_list_command_run },
  { "match assign", "INVITEE_URI CUSTOMER", N_("Say whose an invitee is"),
    tpt_match_assign_command_run },
  { "match ignore", "INVITEE_URI", N_("Set an invitee aside"), tpt_match_ignore_command_run },
  { "match rule", "EMAIL|DOMAIN [CUSTOMER]", N_("Say once for all whose an address or domain is"),
    tpt_match_rule_command_run },
  { "match rules", "", N_("List what was said once for all"), tpt_match_rules_command_run },
  { "match suggestions", "", N_("List domains that may be new customers"),
    tpt_match_suggestions_command_run },
  { "match undo", "[INVITEE_URI]", N_("Take back what was done last, or for an invitee"),
    tpt_match_undo_command_run },
  { "export", "meetings", N_("Write a file for other programs"), tpt_export_command_run },
  { "audit verify", "", N_("Prove that the log is whole"), NULL },
};

/* How many of the first words of @argv are the command's name, 0 when they are not. */
static guint
count_words (const TptCommand  *command,
             const char *const *argv)
{
  const char *second = strchr (command->name, ' ');
  gsize length = second != NULL ? (gsize) (second - command->name) : strlen (command->name);

  if (argv[0] == NULL || strlen (argv[0]) != length
      || strncmp (argv[0], command->name, length) != 0)
    return 0;
  if (second == NULL)
    return 1;

  return g_strcmp0 (argv[1], second + 1) == 0 ? 2 : 0;
}

/**
 * tpt_command_find:
 * @n_words: (out) (optional): how many words the name has
 *
 * Returns: (nullable): the command that @argv begins with
 */
const TptCommand *
tpt_command_find (const char *const *argv,
                  guint             *n_words)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      guint words = count_words (&commands[i], argv);

      if (words == 0)
        continue;
      if (n_words != NULL)
        *n_words = words;
      return &commands[i];
    }

  return NULL;
}

static gboolean
is_in_group (const TptCommand *command,
             const char       *group)
{
  gsize length = strlen (group);

  return strncmp (command->name, group, length) == 0 && command->name[length] == ' ';
}

/**
 * tpt_command_describe:
 * @group: (nullable): the first word of commands that have two
 *
 * Returns: (transfer full) (nullable): the help for all of them, or for the whole program; %NULL
 *   where no command begins like that
 */
char *
tpt_command_describe (const char *group)
{
  g_autoptr (GString) help = g_string_new (_("Use: touchpointctl COMMAND [OPTION…] [ARGUMENT…]"));
  guint count = 0;

  g_string_append (help, "\n\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *usage = g_strdup_printf ("%s %s", commands[i].name, commands[i].arguments);

      if (commands[i].run == NULL || (group != NULL && !is_in_group (&commands[i], group)))
        continue;
      count++;
      g_string_append_printf (help, "  %-30s %s\n", usage,
                              g_dgettext (GETTEXT_PACKAGE, commands[i].summary));
    }
  g_string_append_printf (help, "\n%s\n", _("Every command takes --json and --help."));

  return count > 0 ? g_string_free (g_steal_pointer (&help), FALSE) : NULL;
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-help.h"

#include "tpt-command.h"

/** tpt_help_read: (transfer full): @argv, with “help sync” written as “sync --help” */
GStrv
tpt_help_read (const char *const *argv)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  if (g_strcmp0 (argv[0], "help") != 0)
    return g_strdupv ((char **) argv);
  for (argv++; *argv != NULL; argv++)
    g_strv_builder_add (words, *argv);
  g_strv_builder_add (words, "--help");

  return g_strv_builder_end (words);
}

/**
 * tpt_help_find:
 * @argv: what is no command
 * @is_asked: (out): whether help was asked for; else it is there because something is missing
 *
 * Returns: (transfer full) (nullable): what helps, %NULL where the words mean nothing
 */
char *
tpt_help_find (const char *const *argv,
               gboolean          *is_asked)
{
  *is_asked = g_strv_contains (argv, "--help") || g_strv_contains (argv, "-h");
  if (argv[0] == NULL || (*is_asked && *argv[0] == '-'))
    return tpt_command_describe (NULL);

  return *is_asked || argv[1] == NULL ? tpt_command_describe (argv[0]) : NULL;
}

/** tpt_help_name_command: (transfer full): what somebody took for a command */
char *
tpt_help_name_command (const char *const *argv)
{
  g_autofree char *group = argv[1] != NULL ? tpt_command_describe (argv[0]) : NULL;

  return group != NULL ? g_strdup_printf ("%s %s", argv[0], argv[1]) : g_strdup (argv[0]);
}

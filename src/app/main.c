/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "tpt-application.h"
#include "tpt-paths.h"

/* Tokens pass through this process: no core file, no reading it from outside, no file for
 * others. */
static void
keep_to_ourselves (void)
{
  const struct rlimit no_core = { 0, 0 };

  umask (077);
  setrlimit (RLIMIT_CORE, &no_core);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TptApplication) application = NULL;

  keep_to_ourselves ();
  tpt_paths_ignore_relative ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, TPT_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("touchpoint");
  g_set_application_name (TPT_APP_NAME);

  application = tpt_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}

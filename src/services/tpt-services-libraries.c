/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-services-libraries.h"

#include "tpt-api-library.h"
#include "tpt-libraries.h"
#include "tpt-store.h"

/* Returns: (transfer full) (array zero-terminated=1): as tpt_libraries_list () has it, of the app
 *   and the program for the command line */
char **
tpt_services_list_libraries (void)
{
  g_autofree char *soup = tpt_api_library_dup_version ();

  return tpt_libraries_list (soup, tpt_store_get_library_version ());
}

/* Returns: (transfer full): the same on one line */
char *
tpt_services_print_libraries (void)
{
  g_auto (GStrv) libraries = tpt_services_list_libraries ();

  return tpt_libraries_print ((const char *const *) libraries);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-libraries.h"

#include <gnutls/gnutls.h>
#include <sodium.h>

/**
 * tpt_libraries_list:
 * @soup: the version of libsoup, from whoever may include it
 * @sqlite: the version of SQLite
 *
 * Returns: (transfer full) (array zero-terminated=1): names and versions in turn, of what is loaded
 *   and not of what it was built with
 */
char **
tpt_libraries_list (const char *soup,
                    const char *sqlite)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *glib = g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version,
                                           glib_micro_version);

  g_strv_builder_add_many (builder, "GLib", glib, "libsoup", soup, "SQLite", sqlite,
                           "GnuTLS", gnutls_check_version (NULL),
                           "libsodium", sodium_version_string (), NULL);

  return g_strv_builder_end (builder);
}

/* @libraries: names and versions in turn. Returns: (transfer full): on one line */
char *
tpt_libraries_print (const char *const *libraries)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; libraries[i] != NULL; i += 2)
    g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", libraries[i], libraries[i + 1]);

  return g_string_free (text, FALSE);
}

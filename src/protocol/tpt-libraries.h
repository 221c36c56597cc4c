/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What runs underneath: some libraries of some versions have holes. */
char **tpt_libraries_list  (const char         *soup,
                            const char         *sqlite);
char  *tpt_libraries_print (const char *const  *libraries);

G_END_DECLS

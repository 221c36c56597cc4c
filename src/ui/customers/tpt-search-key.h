/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char  *tpt_search_key_fold   (const char *text);
void   tpt_search_key_append (GString    *key,
                              const char *text);
char **tpt_search_key_split  (const char *text);

G_END_DECLS

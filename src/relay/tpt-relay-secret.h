/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *tpt_relay_secret_read          (const char  *path,
                                          GError     **error);
char    **tpt_relay_secret_read_lines    (const char  *path,
                                          gsize        shortest,
                                          gsize        longest,
                                          GError     **error);
gboolean  tpt_relay_secret_is_of_service (const char  *path);
void      tpt_relay_secret_free          (char        *secret);
void      tpt_relay_secret_free_lines    (char       **secrets);

G_END_DECLS

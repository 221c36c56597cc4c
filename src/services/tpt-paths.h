/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where the files of this user's record lie. */

void      tpt_paths_ignore_relative (void);
char     *tpt_paths_get_database    (void);
char     *tpt_paths_get_lock        (gboolean     is_session_only);
gboolean  tpt_paths_prepare         (GError     **error);
gboolean  tpt_paths_has_record      (const char  *database);
gboolean  tpt_paths_put_aside       (const char  *database,
                                     GError     **error);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The file of the database as the file system sees it. */
char     *tpt_data_file_make_folder (const char  *path,
                                     GError     **error);
gboolean  tpt_data_file_accept      (const char  *path,
                                     guint32      application_id,
                                     GError     **error);
gboolean  tpt_data_file_copy        (const char  *path,
                                     const char  *copy,
                                     GError     **error);
gboolean  tpt_data_file_write       (const char     *path,
                                     gconstpointer   bytes,
                                     gsize           length,
                                     GError        **error);
gboolean  tpt_data_file_rename      (const char  *from,
                                     const char  *to,
                                     GError     **error);
void      tpt_data_file_set_error   (GError     **error,
                                     const char  *message,
                                     int          cause);

G_END_DECLS

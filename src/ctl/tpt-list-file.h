/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The file that `customers import` names. Where it was typed it is read: a pipe, a descriptor or a
 * folder of the shell means nothing, or something else, to the running app. */

char   *tpt_list_file_find        (const char *const   *argv);
void    tpt_list_file_read_async  (const char          *path,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
GBytes *tpt_list_file_read_finish (GAsyncResult        *result,
                                   GError             **error);

G_END_DECLS

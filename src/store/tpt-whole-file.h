/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file that a person has asked for: there as a whole, or what was there before. */

void     tpt_whole_file_write_async  (GFile               *file,
                                      GBytes              *contents,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean tpt_whole_file_write_finish (GAsyncResult        *result,
                                      GError             **error);

G_END_DECLS

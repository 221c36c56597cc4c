/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void     tpt_clipboard_copy_async  (const char           *text,
                                    gboolean            (*copy) (const char *text,
                                                                 gpointer    user_data),
                                    gpointer              copy_data,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean tpt_clipboard_copy_finish (GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS

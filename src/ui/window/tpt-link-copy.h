/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

void  tpt_link_copy_async  (TptWorkspace         *workspace,
                            TptCustomer          *customer,
                            const char           *origin,
                            GdkClipboard         *clipboard,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data);
char *tpt_link_copy_finish (GAsyncResult         *result,
                            GError              **error);

G_END_DECLS

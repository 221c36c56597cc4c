/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-import-report.h"
#include "tpt-matcher.h"

G_BEGIN_DECLS

void             tpt_contact_import_async  (TptApiClient         *client,
                                            TptStore             *store,
                                            TptMatcher           *matcher,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
TptImportReport *tpt_contact_import_finish (GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS

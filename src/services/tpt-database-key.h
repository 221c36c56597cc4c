/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-token-store.h"

G_BEGIN_DECLS

/* The key that the database is sealed with: from the keyring, or new where there is no database
 * yet. */

void    tpt_database_key_get_async  (TptTokenStore        *secrets,
                                     gboolean              may_make,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
GBytes *tpt_database_key_get_finish (GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS

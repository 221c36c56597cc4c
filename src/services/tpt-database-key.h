/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-token-store.h"

G_BEGIN_DECLS

/* The key that the database is sealed with: from the keyring, or new where there is no database
 * yet. */

GBytes *tpt_database_key_get (TptTokenStore  *secrets,
                              const char     *lock_path,
                              gboolean        may_make,
                              GCancellable   *cancellable,
                              GError        **error);

G_END_DECLS

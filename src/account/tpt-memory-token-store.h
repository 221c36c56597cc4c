/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-token-store.h"

G_BEGIN_DECLS

#define TPT_TYPE_MEMORY_TOKEN_STORE (tpt_memory_token_store_get_type ())

/* Forgets with the process: for a session that shall leave nothing behind, and for tests. */
G_DECLARE_FINAL_TYPE (TptMemoryTokenStore, tpt_memory_token_store, TPT, MEMORY_TOKEN_STORE, GObject)

TptTokenStore *tpt_memory_token_store_new          (void);
void           tpt_memory_token_store_set_failure  (TptMemoryTokenStore *self,
                                                    const GError        *error,
                                                    gboolean             only_saves);
guint          tpt_memory_token_store_get_refusals (TptMemoryTokenStore *self);

G_END_DECLS

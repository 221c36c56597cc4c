/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-pack.h"
#include "tpt-store.h"

G_BEGIN_DECLS

/* What a person did that can be taken back, and how: a stack. On the store's thread. */

gboolean tpt_match_actions_table_push   (TptSession     *session,
                                         const TptPack  *how,
                                         gint64         *row,
                                         GError        **error);
gboolean tpt_match_actions_table_peek   (TptSession     *session,
                                         TptPack        *how,
                                         gint64         *row,
                                         GError        **error);
gboolean tpt_match_actions_table_remove (TptSession     *session,
                                         gint64          row,
                                         GError        **error);
gboolean tpt_match_actions_table_clear  (TptSession     *session,
                                         GError        **error);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* On the store's thread: who came to meetings and belongs to no customer. */

gboolean tpt_unmatched_view_count (TptSession  *session,
                                   guint       *people,
                                   GError     **error);
gboolean tpt_unmatched_view_list (TptSession  *session,
                                  gboolean     ignored,
                                  GPtrArray  **invitees,
                                  GError     **error);
G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-inbox-entry.h"
#include "tpt-matcher.h"

G_BEGIN_DECLS

/* On the store's thread: who waits for a decision, or was set aside. */

gboolean tpt_inbox_reader_list (TptSession  *session,
                                TptMatcher  *matcher,
                                gboolean     ignored,
                                GPtrArray  **entries,
                                GError     **error);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-match-step.h"
#include "tpt-store.h"

G_BEGIN_DECLS

/* On the store's thread: takes the latest deed back. */

gboolean tpt_match_undo_run (TptSession  *session,
                             gint64       action,
                             GError     **error);

G_END_DECLS

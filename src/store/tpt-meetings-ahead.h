/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"
#include "tpt-time-range.h"

G_BEGIN_DECLS

gboolean tpt_meetings_ahead_list_unlisted (TptSession          *session,
                                           TptUser             *account,
                                           const TptTimeRange  *range,
                                           GHashTable          *listed,
                                           GPtrArray           *meetings,
                                           GError             **error);

G_END_DECLS

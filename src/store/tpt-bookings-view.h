/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* On the store's thread. */
gboolean tpt_bookings_view_list (TptSession  *session,
                                 gint64       customer,
                                 GArray     **bookings,
                                 GError     **error);

G_END_DECLS

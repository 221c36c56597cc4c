/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* On the store's thread. What became of links is computed from the bookings that are stored, so it
 * does not matter in which order those came. */

gboolean tpt_ledger_update      (TptSession  *session,
                                 GPtrArray   *invitees,
                                 GError     **error);
gboolean tpt_ledger_update_link (TptSession  *session,
                                 TptLink     *link,
                                 GError     **error);

G_END_DECLS

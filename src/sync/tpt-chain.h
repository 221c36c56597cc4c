/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* On the store's thread. */

gboolean tpt_chain_join (TptSession  *session,
                         TptInvitee  *invitee,
                         GError     **error);

G_END_DECLS

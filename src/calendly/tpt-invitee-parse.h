/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-invitee.h"
#include "tpt-json-tree.h"

G_BEGIN_DECLS

TptInvitee *tpt_invitee_parse (const TptJsonValue  *object,
                               GError             **error);

G_END_DECLS

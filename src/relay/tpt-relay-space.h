/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-context.h"

G_BEGIN_DECLS

void     tpt_relay_space_reserve (gint64            bytes);
gboolean tpt_relay_space_look    (TptRelayJournal  *journal,
                                  GError          **error);
gboolean tpt_relay_space_judge   (gint64            bytes,
                                  gint64            least,
                                  gboolean          was_low);
gint64   tpt_relay_space_get     (void);
gboolean tpt_relay_space_is_low  (void);
gboolean tpt_relay_space_admit   (TptRelayContext  *context,
                                  TptRelayRequest  *request);

G_END_DECLS

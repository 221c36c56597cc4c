/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TptRelayKeeper TptRelayKeeper;

TptRelayKeeper *tpt_relay_keeper_new  (const char      *location,
                                       guint            retention_days);
void            tpt_relay_keeper_free (TptRelayKeeper  *self);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-redirect-method.h"

#include <gio/gio.h>

G_BEGIN_DECLS

char             *tpt_preference_get_client_id        (void);
guint16           tpt_preference_get_redirect_port    (void);
TptRedirectMethod tpt_preference_get_redirect_method  (void);
GHashTable       *tpt_preference_get_tier_cadences    (void);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "tpt-relay-journal.h"

G_BEGIN_DECLS

GBytes   *tpt_relay_code_make_key (void);
char     *tpt_relay_code_make  (GBytes      *key,
                                gint64       now);
gboolean  tpt_relay_code_check (GBytes      *key,
                                const char  *code,
                                gint64       now,
                                gint64      *expires_at,
                                guint8      *hash);

G_END_DECLS

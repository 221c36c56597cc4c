/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"

G_BEGIN_DECLS

/* Pure: how long to wait before a relay is called again. */

TptTime tpt_listener_pause_get  (guint    breaks,
                                 TptTime  wanted,
                                 double   part);
guint   tpt_listener_pause_note (guint    breaks,
                                 TptTime  lived);
TptTime tpt_listener_pause_look (guint    looks,
                                 TptTime  since);

G_END_DECLS

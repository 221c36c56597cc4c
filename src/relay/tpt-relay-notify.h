/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void tpt_relay_notify                (const char *state);
void tpt_relay_notify_start_watchdog (void);

G_END_DECLS

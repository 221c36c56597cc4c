/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void  tpt_relay_log_start     (void);
void  tpt_relay_log_event     (const char *event,
                               ...) G_GNUC_NULL_TERMINATED;
void  tpt_relay_log_versions  (void);
char *tpt_relay_log_print_libraries (void);
char *tpt_relay_log_print     (GLogLevelFlags    level,
                               const GLogField  *fields,
                               gsize             count);

G_END_DECLS

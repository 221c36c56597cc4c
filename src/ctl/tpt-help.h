/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GStrv  tpt_help_read         (const char *const *argv);
char  *tpt_help_find         (const char *const *argv,
                              gboolean          *is_asked);
char  *tpt_help_name_command (const char *const *argv);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *tpt_literal_line  (const char *text);
char *tpt_literal_block (const char *text);
char *tpt_literal_part  (const char *text);

G_END_DECLS

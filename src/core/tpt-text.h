/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *tpt_text_cut      (const char *text,
                            guint       max_chars);
gboolean tpt_text_is_blank (const char *text);
char    *tpt_text_trim     (const char *text);
char    *tpt_text_line     (const char *text);
char    *tpt_text_fold     (const char *text);

G_END_DECLS

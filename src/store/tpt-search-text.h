/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *tpt_search_text_fold  (const char *text);
GStrv tpt_search_text_split (const char *text,
                             guint       most);

G_END_DECLS

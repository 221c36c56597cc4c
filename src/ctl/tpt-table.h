/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Columns of text for a terminal. */
typedef struct _TptTable TptTable;

TptTable *tpt_table_new       (const char *first_header,
                               ...) G_GNUC_NULL_TERMINATED;
void      tpt_table_shorten   (TptTable   *self,
                               guint       column);
void      tpt_table_add       (TptTable   *self,
                               ...) G_GNUC_NULL_TERMINATED;
char     *tpt_table_to_string (TptTable   *self);
void      tpt_table_free      (TptTable   *self);
char     *tpt_visible_text    (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptTable, tpt_table_free)

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * TptStatement:
 *
 * A prepared statement while it is in use: bind, then tpt_statement_next() until there is no row,
 * then tpt_statement_check(), which tells the first thing that went wrong since it was prepared.
 * Releasing it makes it ready for the next use.
 */
typedef struct _TptStatement TptStatement;

TptStatement *tpt_statement_new         (sqlite3       *connection,
                                         const char    *sql);
void          tpt_statement_free        (TptStatement  *self);
gboolean      tpt_statement_begin       (TptStatement  *self,
                                         gboolean       kept);
void          tpt_statement_release     (TptStatement  *self);
void          tpt_statement_bind_int    (TptStatement  *self,
                                         int            index,
                                         gint64         value);
void          tpt_statement_bind_row    (TptStatement  *self,
                                         int            index,
                                         gint64         row);
void          tpt_statement_bind_text   (TptStatement  *self,
                                         int            index,
                                         const char    *text);
void          tpt_statement_bind_blob   (TptStatement  *self,
                                         int            index,
                                         GByteArray    *bytes);
gboolean      tpt_statement_next        (TptStatement  *self);
gboolean      tpt_statement_check       (TptStatement  *self,
                                         GError       **error);
gboolean      tpt_statement_run         (TptStatement  *self,
                                         GError       **error);
gint64        tpt_statement_get_int     (TptStatement  *self,
                                         int            column);
int           tpt_statement_get_width   (TptStatement  *self);
const char   *tpt_statement_get_name    (TptStatement  *self,
                                         int            column);
int           tpt_statement_get_type    (TptStatement  *self,
                                         int            column);
const char   *tpt_statement_get_text    (TptStatement  *self,
                                         int            column);
char         *tpt_statement_dup_text    (TptStatement  *self,
                                         int            column);
const guint8 *tpt_statement_get_blob    (TptStatement  *self,
                                         int            column,
                                         gsize         *length);

void          tpt_sqlite_error_set      (sqlite3       *connection,
                                         int            code,
                                         int            cause,
                                         GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptStatement, tpt_statement_release)

G_END_DECLS

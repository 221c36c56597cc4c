/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-statement.h"

G_BEGIN_DECLS

/* One connection with its prepared statements. Belongs to one thread. */
typedef struct _TptSqlite TptSqlite;

#define TPT_SQLITE_MEMORY ":memory:"

/* A row of @table was inserted, changed or deleted; it may be undone yet. */
typedef void (*TptSqliteWatch) (const char *table,
                                gpointer    user_data);

/* The number by which @text is looked up. */
typedef gint64 (*TptSqliteKey) (const char *text,
                                gpointer    user_data);

TptSqlite    *tpt_sqlite_open           (const char  *path,
                                         GError     **error);
void          tpt_sqlite_close          (TptSqlite   *self);
const char   *tpt_sqlite_get_path       (TptSqlite   *self);
void          tpt_sqlite_watch          (TptSqlite      *self,
                                         TptSqliteWatch  watch,
                                         gpointer        user_data);
gboolean      tpt_sqlite_use_key        (TptSqlite    *self,
                                         TptSqliteKey  key,
                                         gpointer      user_data,
                                         GError      **error);
gboolean      tpt_sqlite_use_log        (TptSqlite   *self,
                                         GError     **error);
gboolean      tpt_sqlite_checkpoint     (TptSqlite   *self,
                                         GError     **error);
gboolean      tpt_sqlite_check          (TptSqlite   *self,
                                         GError     **error);
gboolean      tpt_sqlite_check_all      (TptSqlite   *self,
                                         GError     **error);
gboolean      tpt_sqlite_check_table    (TptSqlite   *self,
                                         const char  *table,
                                         GError     **error);
gboolean      tpt_sqlite_execute        (TptSqlite   *self,
                                         const char  *sql,
                                         GError     **error);
gboolean      tpt_sqlite_query_int      (TptSqlite   *self,
                                         const char  *sql,
                                         gint64      *value,
                                         GError     **error);
gboolean      tpt_sqlite_in_transaction (TptSqlite   *self);
gboolean      tpt_sqlite_rollback       (TptSqlite   *self,
                                         GError     **error);
gboolean      tpt_sqlite_copy           (TptSqlite   *self,
                                         TptSqlite   *target,
                                         GError     **error);
TptStatement *tpt_sqlite_get            (TptSqlite   *self,
                                         const char  *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptSqlite, tpt_sqlite_close)

G_END_DECLS

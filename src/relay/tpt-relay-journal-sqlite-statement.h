/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* One for each line of SQL that the journal knows. */
typedef enum
{
  STATEMENT_BEGIN,
  STATEMENT_COMMIT,
  STATEMENT_ROLLBACK,
  STATEMENT_META,
  STATEMENT_CLOCK,
  STATEMENT_SET_CLOCK,
  STATEMENT_ROLL_CODE_KEY,
  STATEMENT_BEGIN_EPOCH,
  STATEMENT_ADD_DELIVERY,
  STATEMENT_ADD_EVENT,
  STATEMENT_ADD_DEAD_LETTER,
  STATEMENT_ADD_AUDIT,
  STATEMENT_LAST_AUDIT,
  STATEMENT_LIST_AUDIT,
  STATEMENT_FIND_OLD_AUDIT,
  STATEMENT_USE_CODE,
  STATEMENT_FIND_CODE,
  STATEMENT_ADD_FLOW,
  STATEMENT_FIND_FLOW,
  STATEMENT_END_FLOW,
  STATEMENT_ADD_CHANNEL,
  STATEMENT_FIND_CHANNEL,
  STATEMENT_ADD_DEVICE,
  STATEMENT_SET_FEED,
  STATEMENT_END_DEVICE,
  STATEMENT_END_EVENTS,
  STATEMENT_ACK_DEVICE,
  STATEMENT_ACK_EVENTS,
  STATEMENT_ERASE_PERSON,
  STATEMENT_LIST_DEVICES,
  STATEMENT_LIST_CHANNELS,
  STATEMENT_POSITION,
  STATEMENT_COUNTS,
  STATEMENT_HELD_EVENTS,
  STATEMENT_HELD_DELIVERIES,
  STATEMENT_HELD_DEAD_LETTERS,
  STATEMENT_FREE_BYTES,
  STATEMENT_LIST_EVENTS,
  STATEMENT_PURGE_WINDOW,
  STATEMENT_PURGE_MARK,
  STATEMENT_PURGE_EVENTS,
  STATEMENT_PURGE_DELIVERIES,
  STATEMENT_PURGE_CODES,
  STATEMENT_PURGE_FLOWS,
  STATEMENT_PURGE_DEAD_LETTERS,
  STATEMENT_PURGE_AUDIT,
  STATEMENT_COUNT,
} StatementId;

/* A connection's prepared statements; zeroed at first. */
typedef struct
{
  sqlite3      *db;
  sqlite3_stmt *prepared[STATEMENT_COUNT];
} Statements;

sqlite3_stmt *statements_get    (Statements    *self,
                                 StatementId    id,
                                 const char    *types,
                                 GError       **error,
                                 ...);
gboolean      statements_run    (Statements    *self,
                                 sqlite3_stmt  *statement,
                                 GError       **error);
gboolean      statements_row    (Statements    *self,
                                 sqlite3_stmt  *statement,
                                 gboolean      *has_row,
                                 GError       **error);
void          statements_reset  (sqlite3_stmt  *statement);
void          statements_clear  (Statements    *self);

G_END_DECLS

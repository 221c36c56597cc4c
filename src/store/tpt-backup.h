/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-seal.h"
#include "tpt-sqlite.h"
#include "tpt-store.h"

G_BEGIN_DECLS

/* What nobody else has: everything in the record that was entered or decided here, and cannot be
 * pulled again. Read row by row, so that damage elsewhere in the database is not taken along. */
typedef struct
{
  int version;             /* of the schema that its rows are of */
  TptTime taken_at;
  gboolean is_empty;       /* when it was taken: nothing but settings, if any */
  GByteArray *rows;        /* packed */
} TptBackup;

/* What a backup brought back. */
typedef struct
{
  gint64 customers;
  gint64 stakeholders;
  gint64 links;
  gint64 decisions;        /* invitees about whom somebody decided by hand */
} TptBackupCounts;

TptBackup  *tpt_backup_take      (TptSqlite        *sqlite,
                                  TptSeal          *seal,
                                  TptTime           now,
                                  GError          **error);
void        tpt_backup_free      (TptBackup        *self);
GByteArray *tpt_backup_close     (TptBackup        *self,
                                  TptSeal          *seal);
TptBackup  *tpt_backup_open      (const guint8     *bytes,
                                  gsize             length,
                                  TptSeal          *seal,
                                  GError          **error);
gboolean    tpt_backup_is_table  (const char       *table);
gboolean    tpt_backup_restore   (TptBackup        *self,
                                  TptSqlite        *sqlite,
                                  TptBackupCounts  *counts,
                                  GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptBackup, tpt_backup_free)

G_END_DECLS

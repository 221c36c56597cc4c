/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-seal.h"
#include "tpt-sqlite.h"
#include "tpt-store.h"

G_BEGIN_DECLS

/**
 * TptBackupPart:
 * @TPT_BACKUP_ENTRIES: customers and what hangs on them, links, rules, settings
 * @TPT_BACKUP_DECISIONS: invitees about whom somebody decided by hand, with their meetings
 */
typedef enum
{
  TPT_BACKUP_ENTRIES,
  TPT_BACKUP_DECISIONS,
  TPT_BACKUP_N_PARTS,
} TptBackupPart;

/* What nobody else has: everything in the record that was entered or decided here, and cannot be
 * pulled again. Read row by row, so that damage elsewhere in the database is not taken along. */
typedef struct
{
  int version;             /* of the schema that its rows are of */
  TptTime taken_at;
  gboolean is_empty;       /* when it was taken: nothing but settings, if any */
  GByteArray *rows[TPT_BACKUP_N_PARTS]; /* packed; NULL: that part is not there */
} TptBackup;

/* What a backup brought back. */
typedef struct
{
  gint64 customers;
  gint64 stakeholders;
  gint64 links;
  gint64 decisions;        /* invitees about whom somebody decided by hand */
} TptBackupCounts;

TptBackup  *tpt_backup_new         (TptTime           now);
gboolean    tpt_backup_read        (TptBackup        *self,
                                    TptBackupPart     part,
                                    TptSqlite        *sqlite,
                                    TptSeal          *seal,
                                    GError          **error);
TptBackup  *tpt_backup_take        (TptSqlite        *sqlite,
                                    TptSeal          *seal,
                                    TptTime           now,
                                    GError          **error);
void        tpt_backup_free        (TptBackup        *self);
GByteArray *tpt_backup_close       (TptBackup        *self,
                                    TptSeal          *seal);
TptBackup  *tpt_backup_open        (const guint8     *bytes,
                                    gsize             length,
                                    TptSeal          *seal,
                                    GError          **error);
gboolean    tpt_backup_reads       (TptBackupPart     part,
                                    const char       *table);
gboolean    tpt_backup_is_only_for (const char       *table);
gboolean    tpt_backup_restore     (TptBackup        *self,
                                    TptSqlite        *sqlite,
                                    TptBackupCounts  *counts,
                                    GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptBackup, tpt_backup_free)

G_END_DECLS

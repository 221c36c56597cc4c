/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-backup.h"

G_BEGIN_DECLS

/* The backups beside the database: three generations, the younger ones with smaller numbers, a day
 * or more apart. Sealed with the database's key. */

#define TPT_BACKUP_GENERATIONS 3

char      *tpt_backup_files_get_path (const char  *database,
                                      int          generation);
gboolean   tpt_backup_files_save     (const char  *database,
                                      TptBackup   *backup,
                                      TptSeal     *seal,
                                      GError     **error);
TptBackup *tpt_backup_files_load     (const char  *database,
                                      TptSeal     *seal);
gboolean   tpt_backup_files_exist    (const char  *database);
gboolean   tpt_backup_files_get_time (const char  *database,
                                      TptTime     *time);
gboolean   tpt_backup_files_remove   (const char  *database,
                                      GError     **error);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-session.h"

G_BEGIN_DECLS

/* Knows when it is time for a backup: once a day, and when much was entered. */
typedef struct _TptBackupKeeper TptBackupKeeper;

TptBackupKeeper *tpt_backup_keeper_new    (const char       *path,
                                           TptClock         *clock);
void             tpt_backup_keeper_free   (TptBackupKeeper  *self);
void             tpt_backup_keeper_watch  (TptBackupKeeper  *self,
                                           TptSession       *session);
gboolean         tpt_backup_keeper_is_due (TptBackupKeeper  *self);
gboolean         tpt_backup_keeper_look   (TptBackupKeeper  *self,
                                           TptSession       *session,
                                           gboolean          is_last,
                                           GError          **error);

G_END_DECLS

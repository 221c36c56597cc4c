/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-backup-keeper.h"
#include "tpt-data-lock.h"
#include "tpt-restoration.h"
#include "tpt-search-loader.h"
#include "tpt-store-thread.h"

G_BEGIN_DECLS

/* The data directory and the database in it, taken together: locked, accepted, verified, opened,
 * migrated; and opened again when the disk has failed or damage was found. */
typedef struct
{
  char *path;              /* NULL for one in memory */
  TptClock *clock;
  TptSeal *seal;           /* while there is no session */
  TptDataLock *lock;       /* NULL for one in memory */
  TptSession *session;     /* NULL: it has to be opened again */
  TptStoreThread *thread;
  TptSearch *search;
  TptSearchLoader *loader;
  TptBackupKeeper *keeper; /* NULL for one in memory */
  TptRestoration *restoration; /* (nullable): what nobody has read yet */
  GError *suspicion;       /* what taking a backup ended with */
  gboolean is_rescued;     /* by the last attempt to open it, or to mend it */
  gboolean has_failed;     /* the disk, since it was opened last */
  gboolean is_sound;       /* every part was checked since it was opened: more checks help no one */
} TptDatabase;

TptDatabase *tpt_database_open         (const char      *path,
                                        GBytes          *key,
                                        TptClock        *clock,
                                        GCancellable    *cancellable,
                                        GError         **error);
void         tpt_database_start_search (TptDatabase     *self,
                                        TptStoreThread  *thread);
gboolean     tpt_database_be_open      (TptDatabase     *self,
                                        GError         **error);
gboolean     tpt_database_heal         (TptDatabase     *self,
                                        const GError    *reason);
void         tpt_database_back_up      (TptDatabase     *self);
void         tpt_database_close        (TptDatabase     *self);
void         tpt_database_free         (TptDatabase     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptDatabase, tpt_database_free)

G_END_DECLS

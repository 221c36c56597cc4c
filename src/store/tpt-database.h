/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-data-lock.h"
#include "tpt-search-loader.h"
#include "tpt-store-thread.h"

G_BEGIN_DECLS

/* The data directory and the database in it, taken together: locked, accepted, opened, migrated. */
typedef struct
{
  TptDataLock *lock;       /* NULL for one in memory */
  TptSession *session;
  TptSearch *search;
  TptSearchLoader *loader;
} TptDatabase;

TptDatabase *tpt_database_open (const char    *path,
                                GBytes        *key,
                                TptClock      *clock,
                                GCancellable  *cancellable,
                                GError       **error);
void         tpt_database_start_search (TptDatabase    *self,
                                        TptStoreThread *thread);
void         tpt_database_free (TptDatabase   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptDatabase, tpt_database_free)

G_END_DECLS

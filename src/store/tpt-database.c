/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-database.h"

#include "tpt-data-file.h"
#include "tpt-schema.h"

/* For as long several commands, started at once, wait for each other. */
#define LOCK_WAIT_MS 10000

static gboolean
open_session (TptDatabase  *self,
              const char   *path,
              GBytes       *key,
              TptClock     *clock,
              GError      **error)
{
  g_autoptr (TptSeal) seal = tpt_seal_new (key);
  g_autoptr (TptSqlite) sqlite = tpt_sqlite_open (path, error);

  if (sqlite == NULL
      || !tpt_schema_migrate (sqlite, seal, path, tpt_schema_steps, TPT_SCHEMA_VERSION, error))
    return FALSE;
  self->session = tpt_session_new (g_steal_pointer (&sqlite), g_steal_pointer (&seal), clock);

  return TRUE;
}

/* Nothing is looked at before the lock is ours, and nothing written before the file was
 * accepted. */
static gboolean
open_file (TptDatabase   *self,
           const char    *path,
           GBytes        *key,
           TptClock      *clock,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree char *resolved = tpt_data_file_make_folder (path, error);
  g_autofree char *folder = NULL;

  if (resolved == NULL)
    return FALSE;
  folder = g_path_get_dirname (resolved);
  self->lock = tpt_data_lock_take (folder, LOCK_WAIT_MS, cancellable, error);

  return self->lock != NULL
         && tpt_data_file_accept (resolved, TPT_SCHEMA_APPLICATION_ID, error)
         && open_session (self, resolved, key, clock, error);
}

/** tpt_database_open: blocks; not for the main thread. The result belongs to the calling thread. */
TptDatabase *
tpt_database_open (const char    *path,
                   GBytes        *key,
                   TptClock      *clock,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (TptDatabase) self = g_new0 (TptDatabase, 1);
  gboolean opened;

  if (g_str_equal (path, TPT_SQLITE_MEMORY))
    opened = open_session (self, path, key, clock, error);
  else
    opened = open_file (self, path, key, clock, cancellable, error);

  return opened ? g_steal_pointer (&self) : NULL;
}

/** tpt_database_start_search: begins to index what is there, in small jobs on @thread */
void
tpt_database_start_search (TptDatabase    *self,
                           TptStoreThread *thread)
{
  self->search = tpt_search_new ();
  self->loader = tpt_search_loader_start (self->session, self->search, thread);
}

/** tpt_database_free: the lock goes last, when the file is closed */
void
tpt_database_free (TptDatabase *self)
{
  g_clear_pointer (&self->loader, tpt_search_loader_stop);
  g_clear_pointer (&self->search, tpt_search_end);
  g_clear_pointer (&self->session, tpt_session_free);
  g_clear_pointer (&self->lock, tpt_data_lock_free);
  g_free (self);
}

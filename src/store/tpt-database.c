/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-database.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "tpt-backup-files.h"
#include "tpt-data-file.h"
#include "tpt-rescue.h"
#include "tpt-schema.h"
#include "tpt-soundness.h"

/* For as long several commands, started at once, wait for each other. */
#define LOCK_WAIT_MS 10000

/* What is beside the file after a crash or a power cut. */
static gboolean
has_log (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  return g_file_test (log, G_FILE_TEST_EXISTS);
}

/* A file that was not closed, or whose disk has failed, is read once as a whole before anything is
 * built upon it. */
static gboolean
open_session (TptDatabase  *self,
              const char   *path,
              GError      **error)
{
  gboolean is_doubtful = self->has_failed || (self->path != NULL && has_log (path));
  g_autoptr (TptSqlite) sqlite = tpt_sqlite_open (path, error);

  if (sqlite == NULL || !tpt_schema_check (sqlite, self->seal, TPT_SCHEMA_VERSION, error))
    return FALSE;
  if (is_doubtful && !tpt_sqlite_check (sqlite, error))
    return FALSE;
  if (!tpt_schema_migrate (sqlite, self->seal, path, tpt_schema_steps, TPT_SCHEMA_VERSION, error))
    return FALSE;
  self->has_failed = FALSE;
  self->session = tpt_session_new (g_steal_pointer (&sqlite), g_steal_pointer (&self->seal),
                                   self->clock);
  g_clear_pointer (&self->restoration, tpt_restoration_unref);
  if (self->keeper != NULL)
    tpt_backup_keeper_watch (self->keeper, self->session);
  if (tpt_restoration_load (self->session, &self->restoration, error))
    return TRUE;
  self->seal = g_steal_pointer (&self->session->seal);
  g_clear_pointer (&self->session, tpt_session_free);

  return FALSE;
}

static gboolean
has_backup (TptDatabase *self)
{
  g_autoptr (TptBackup) backup = tpt_backup_files_load (self->path, self->seal);

  return backup != NULL;
}

/* Whether @reason, which opening or using the file ended with, comes from damage that a look at the
 * whole of it confirms. Another key than that of the file is damage only if ours opens a backup. */
static gboolean
is_damaged (TptDatabase   *self,
            const GError  *reason)
{
  g_autoptr (GError) found = NULL;
  g_autoptr (TptSqlite) sqlite = NULL;

  if (g_error_matches (reason, TPT_STORE_ERROR, TPT_STORE_ERROR_KEY))
    return has_backup (self);
  if (!g_error_matches (reason, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT))
    return FALSE;
  sqlite = tpt_sqlite_open (self->path, &found);
  if (sqlite == NULL || !tpt_soundness_check (sqlite, self->seal, &found))
    return g_error_matches (found, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT);
  self->is_sound = TRUE;

  return FALSE;
}

static gboolean
rescue (TptDatabase   *self,
        const GError  *reason,
        GError       **error)
{
  g_autoptr (TptRestoration) restoration = NULL;

  restoration = tpt_rescue_run (self->path, self->seal, self->clock, reason, error);
  self->is_rescued = restoration != NULL;

  return self->is_rescued && open_session (self, self->path, error);
}

/* The file, or what a rescue makes of it. */
static gboolean
open_or_rescue (TptDatabase  *self,
                GError      **error)
{
  g_autoptr (GError) reason = NULL;

  if (open_session (self, self->path, &reason))
    return TRUE;
  if (is_damaged (self, reason))
    return rescue (self, reason, error);
  g_propagate_error (error, g_steal_pointer (&reason));

  return FALSE;
}

/* An empty file, too, is what a crash leaves of one whose bytes had not come to the disk. */
static gboolean
is_lost (const char *path)
{
  GStatBuf info;

  if (g_lstat (path, &info) != 0)
    return errno == ENOENT;

  return S_ISREG (info.st_mode) && info.st_size == 0;
}

/* What is beside the place of the file, and may open with a key that comes back, would give way to
 * the backups of a new record. */
static gboolean
check_no_backup (const char  *path,
                 GError     **error)
{
  if (!tpt_backup_files_exist (path))
    return TRUE;
  g_set_error_literal (error, TPT_STORE_ERROR, TPT_STORE_ERROR_KEY,
                       "The database is gone, and its backups were sealed with another key than "
                       "the one in the keyring");

  return FALSE;
}

/* What is there and is not ours stays as it is; but a regular file of which there is a backup is
 * one of ours that has lost its head. A file that is gone comes back. */
static gboolean
open_accepted (TptDatabase  *self,
               GError      **error)
{
  gboolean is_file = g_file_test (self->path, G_FILE_TEST_IS_REGULAR)
                     && !g_file_test (self->path, G_FILE_TEST_IS_SYMLINK);
  g_autoptr (GError) reason = NULL;

  if (is_lost (self->path) && has_backup (self))
    {
      reason = g_error_new_literal (TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT,
                                    g_file_test (self->path, G_FILE_TEST_EXISTS)
                                      ? "The file was empty"
                                      : "The file was gone");
      return rescue (self, reason, error);
    }
  if (is_lost (self->path) && !check_no_backup (self->path, error))
    return FALSE;
  if (tpt_data_file_accept (self->path, TPT_SCHEMA_APPLICATION_ID, &reason))
    return open_or_rescue (self, error);
  if (is_file && g_error_matches (reason, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT)
      && has_backup (self))
    {
      /* It is not left as it is, which is what @reason says. */
      g_clear_error (&reason);
      reason = g_error_new_literal (TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT,
                                    "The file did not begin as a database does");
      return rescue (self, reason, error);
    }
  g_propagate_error (error, g_steal_pointer (&reason));

  return FALSE;
}

/* Nothing is looked at before the lock is ours, and nothing written before the file was
 * accepted. */
static gboolean
open_file (TptDatabase   *self,
           const char    *path,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree char *folder = NULL;

  self->path = tpt_data_file_make_folder (path, error);
  if (self->path == NULL)
    return FALSE;
  folder = g_path_get_dirname (self->path);
  self->lock = tpt_data_lock_take (folder, LOCK_WAIT_MS, cancellable, error);
  if (self->lock == NULL)
    return FALSE;
  self->keeper = tpt_backup_keeper_new (self->path, self->clock);

  return tpt_rescue_finish (self->path, self->clock, error) && open_accepted (self, error);
}

/** tpt_database_open: blocks; not for the main thread. The result belongs to the calling thread. */
TptDatabase *
tpt_database_open (const char    *path,
                   GBytes        *key,
                   TptClock      *clock,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (TptDatabase) self = g_rc_box_new0 (TptDatabase);
  gboolean opened;

  self->clock = g_object_ref (clock);
  self->seal = tpt_seal_new (key);
  if (g_str_equal (path, TPT_SQLITE_MEMORY))
    opened = open_session (self, path, error);
  else
    opened = open_file (self, path, cancellable, error);

  return opened ? g_steal_pointer (&self) : NULL;
}

/** tpt_database_start_search: begins to index what is there, in small jobs on @thread */
void
tpt_database_start_search (TptDatabase    *self,
                           TptStoreThread *thread)
{
  self->thread = thread;
  self->search = tpt_search_new ();
  self->loader = tpt_search_loader_start (self->session, self->search, thread);
}

static void
close_session (TptDatabase *self)
{
  if (self->loader != NULL)
    tpt_search_loader_move (self->loader, NULL);
  self->seal = g_steal_pointer (&self->session->seal);
  g_clear_pointer (&self->session, tpt_session_free);
}

/* Everybody has to look again: what is in the file may not be what was there before. */
static void
announce (TptDatabase *self)
{
  tpt_session_mark_all (self->session);
  if (self->loader != NULL)
    tpt_search_loader_move (self->loader, self->session);
}

/**
 * tpt_database_heal:
 * @reason: what a use of the file ended with
 *
 * After a failure of the disk nothing that is in memory can be relied upon, and a second try to
 * write it must not succeed: the file is closed, opened and verified. After a sign of damage, it is
 * checked as a whole, and rescued where that finds some. Where even that fails, the next call will
 * try again.
 *
 * Returns: whether the file is a new one now
 */
gboolean
tpt_database_heal (TptDatabase  *self,
                   const GError *reason)
{
  gboolean is_io = g_error_matches (reason, TPT_STORE_ERROR, TPT_STORE_ERROR_IO);
  gboolean is_corrupt = g_error_matches (reason, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT);
  g_autoptr (GError) error = NULL;
  gboolean is_open;

  if (self->path == NULL || self->session == NULL || !(is_io || (is_corrupt && !self->is_sound)))
    return FALSE;
  close_session (self);
  self->has_failed = TRUE;
  self->is_rescued = FALSE;
  if (is_corrupt && is_damaged (self, reason))
    is_open = rescue (self, reason, &error);
  else
    is_open = open_or_rescue (self, &error);
  if (is_open)
    announce (self);
  else
    g_message ("The database cannot be opened again: %s", error->message);

  return is_open && self->is_rescued;
}

/** tpt_database_be_open: whether there is a session, after another try where there was none */
gboolean
tpt_database_be_open (TptDatabase  *self,
                      GError      **error)
{
  g_autoptr (GError) suspicion = g_steal_pointer (&self->suspicion);

  if (suspicion != NULL)
    tpt_database_heal (self, suspicion);
  if (self->session != NULL)
    return TRUE;
  if (!open_or_rescue (self, error))
    return FALSE;
  announce (self);

  return TRUE;
}

static void
back_up (TptDatabase *self,
         gboolean     is_last)
{
  g_autoptr (GError) error = NULL;

  if (self->keeper == NULL || self->session == NULL
      || tpt_backup_keeper_look (self->keeper, self->session, is_last, &error))
    return;
  g_message ("No backup was taken: %s", error->message);
  g_clear_error (&self->suspicion);
  self->suspicion = g_steal_pointer (&error);
}

static void
back_up_job (gpointer data)
{
  TptDatabase *self = data;

  back_up (self, FALSE);
  g_rc_box_release (self);
}

/** tpt_database_back_up: soon, if it is time for it; nobody has to wait for that */
void
tpt_database_back_up (TptDatabase *self)
{
  if (self->keeper != NULL && tpt_backup_keeper_is_due (self->keeper))
    tpt_store_thread_push (self->thread, back_up_job, g_rc_box_acquire (self));
}

/** tpt_database_close: (transfer full): with a last look at whether a backup is needed */
void
tpt_database_close (TptDatabase *self)
{
  back_up (self, TRUE);
  tpt_database_free (self);
}

/** tpt_database_free: the lock goes last, when the file is closed */
void
tpt_database_free (TptDatabase *self)
{
  g_clear_pointer (&self->loader, tpt_search_loader_stop);
  g_clear_pointer (&self->search, tpt_search_end);
  g_clear_pointer (&self->session, tpt_session_free);
  g_clear_pointer (&self->seal, tpt_seal_free);
  g_clear_pointer (&self->keeper, tpt_backup_keeper_free);
  g_clear_pointer (&self->restoration, tpt_restoration_unref);
  g_clear_error (&self->suspicion);
  g_clear_pointer (&self->lock, tpt_data_lock_free);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->path, g_free);
  g_rc_box_release (self);
}

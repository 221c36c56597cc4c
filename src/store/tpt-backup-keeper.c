/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-backup-keeper.h"

#include "tpt-backup-files.h"

/* So many rows that only a backup has are worth one before the day is over. */
#define MANY 20

/* An import comes in many transactions, and a full disk stays full for a while. */
#define PAUSE (60 * G_TIME_SPAN_SECOND)

struct _TptBackupKeeper
{
  char *path;              /* of the database */
  TptClock *clock;
  guint changes;           /* since the last backup */
  gint64 not_before;       /* monotonic */
};

TptBackupKeeper *
tpt_backup_keeper_new (const char *path,
                       TptClock   *clock)
{
  TptBackupKeeper *self = g_new0 (TptBackupKeeper, 1);

  self->path = g_strdup (path);
  self->clock = g_object_ref (clock);

  return self;
}

void
tpt_backup_keeper_free (TptBackupKeeper *self)
{
  g_object_unref (self->clock);
  g_free (self->path);
  g_free (self);
}

static void
row_cb (const char *table,
        gpointer    user_data)
{
  TptBackupKeeper *self = user_data;

  self->changes += tpt_backup_is_only_for (table);
}

/** tpt_backup_keeper_watch: counts what is entered in @session */
void
tpt_backup_keeper_watch (TptBackupKeeper *self,
                         TptSession      *session)
{
  tpt_sqlite_watch (session->sqlite, row_cb, self);
}

static gboolean
is_needed (TptBackupKeeper *self)
{
  TptTime now = tpt_clock_now (self->clock);
  TptTime taken;

  if (!tpt_backup_files_get_time (self->path, &taken))
    return TRUE;

  /* A clock that was wrong once must not keep all later backups away. */
  return self->changes >= MANY || now - taken >= TPT_DAY || taken > now;
}

gboolean
tpt_backup_keeper_is_due (TptBackupKeeper *self)
{
  return g_get_monotonic_time () >= self->not_before && is_needed (self);
}

/**
 * tpt_backup_keeper_look:
 * @is_last: the file is about to be closed
 *
 * Takes a backup if it is time for one. Nothing to keep is no reason for one, unless there is one
 * that tells otherwise.
 */
gboolean
tpt_backup_keeper_look (TptBackupKeeper  *self,
                        TptSession       *session,
                        gboolean          is_last,
                        GError          **error)
{
  g_autoptr (TptBackup) backup = NULL;
  TptTime taken;

  if (is_last ? !is_needed (self) : !tpt_backup_keeper_is_due (self))
    return TRUE;
  self->not_before = g_get_monotonic_time () + PAUSE;
  backup = tpt_backup_take (session->sqlite, session->seal, tpt_clock_now (self->clock), error);
  if (backup == NULL)
    return FALSE;
  if ((!backup->is_empty || tpt_backup_files_get_time (self->path, &taken))
      && !tpt_backup_files_save (self->path, backup, session->seal, error))
    return FALSE;
  self->changes = 0;

  return TRUE;
}

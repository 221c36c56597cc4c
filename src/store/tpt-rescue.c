/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-rescue.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "tpt-backup-files.h"
#include "tpt-data-file.h"
#include "tpt-schema.h"
#include "tpt-session.h"

#define ASIDE ".corrupt-"

/* The file with its log, and what an interrupted migration has kept. The file goes first: whoever
 * finds it gone knows that the rest is of no use any more. */
static const char *const parts[] = { "", "-wal", "-journal", ".before-migration", NULL };

static char *
get_aside (const char *path,
           TptClock   *clock)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (tpt_clock_now (clock) / TPT_SECOND);
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%S");
  g_autofree char *aside = g_strconcat (path, ASIDE, stamp, NULL);

  for (int i = 2; g_file_test (aside, G_FILE_TEST_EXISTS); i++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s" ASIDE "%s-%d", path, stamp, i);
    }

  return g_steal_pointer (&aside);
}

static gboolean
set_aside (const char  *path,
           const char  *aside,
           GError     **error)
{
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *from = g_strconcat (path, parts[i], NULL);
      g_autofree char *to = g_strconcat (aside, parts[i], NULL);

      if (g_file_test (from, G_FILE_TEST_EXISTS) && !tpt_data_file_rename (from, to, error))
        return FALSE;
    }

  return TRUE;
}

static void
remove_parts (const char *path)
{
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat (path, parts[i], NULL);

      g_unlink (name);
    }
}

/* Only the tables of that part, so that damage in what can be pulled again does no harm; but these
 * with their indexes, which know of a row that is not there any more. */
static gboolean
check_tables (TptBackupPart   part,
              TptSqlite      *sqlite,
              GError        **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_sqlite_get (sqlite, "SELECT name FROM sqlite_schema WHERE type = 'table'");
  while (tpt_statement_next (statement))
    {
      const char *table = tpt_statement_get_text (statement, 0);

      if (tpt_backup_reads (part, table) && !tpt_sqlite_check_table (sqlite, table, error))
        return FALSE;
    }

  return tpt_statement_check (statement, error);
}

static gboolean
has_version (TptBackup *backup)
{
  return backup->version >= 1 && backup->version <= TPT_SCHEMA_VERSION;
}

/* Returns: (nullable): the entries, if all of them can still be read; and the decisions if they,
 * too, can. */
static TptBackup *
salvage (const char *path,
         TptSeal    *seal,
         TptClock   *clock)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptSqlite) sqlite = tpt_sqlite_open (path, &error);
  g_autoptr (TptBackup) backup = tpt_backup_new (tpt_clock_now (clock));

  for (TptBackupPart part = 0; sqlite != NULL && part < TPT_BACKUP_N_PARTS; part++)
    {
      if (!check_tables (part, sqlite, &error)
          || !tpt_backup_read (backup, part, sqlite, seal, &error))
        break;
    }
  if (error != NULL)
    g_message ("The damaged database does not give back all that is only there: %s",
               error->message);

  return backup->rows[TPT_BACKUP_ENTRIES] != NULL && has_version (backup)
           ? g_steal_pointer (&backup) : NULL;
}

static gboolean
save_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  return tpt_restoration_save (session, user_data, error);
}

static gboolean
fill (TptSession      *session,
      const char      *path,
      TptBackup       *backup,
      TptRestoration  *restoration,
      GError         **error)
{
  TptBackupCounts counts = { 0 };

  if (backup != NULL
      && (!tpt_schema_migrate (session->sqlite, session->seal, path, tpt_schema_steps,
                               backup->version, error)
          || !tpt_backup_restore (backup, session->sqlite, &counts, error)))
    return FALSE;
  restoration->customers = counts.customers;
  restoration->stakeholders = counts.stakeholders;
  restoration->links = counts.links;
  restoration->decisions = counts.decisions;

  return tpt_schema_migrate (session->sqlite, session->seal, path, tpt_schema_steps,
                             TPT_SCHEMA_VERSION, error)
         && tpt_session_run (session, save_func, restoration, error)
         && tpt_sqlite_checkpoint (session->sqlite, error);
}

/* A whole new database at @path, which is there only when it is complete. */
static gboolean
build (const char      *path,
       TptSeal         *seal,
       TptClock        *clock,
       TptBackup       *backup,
       TptRestoration  *restoration,
       GError         **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  TptSqlite *sqlite;
  TptSession *session;
  gboolean filled;

  remove_parts (part);
  if (!tpt_data_file_accept (part, TPT_SCHEMA_APPLICATION_ID, error))
    return FALSE;
  sqlite = tpt_sqlite_open (part, error);
  if (sqlite == NULL)
    return FALSE;
  session = tpt_session_new (sqlite, seal, clock);
  filled = fill (session, part, backup, restoration, error);
  session->seal = NULL;
  tpt_session_free (session);
  if (filled && tpt_data_file_rename (part, path, error))
    return TRUE;
  remove_parts (part);

  return FALSE;
}

/**
 * tpt_rescue_finish:
 *
 * Puts the new database in the place of the old one, where there is a new one: also after a power
 * cut in the middle of a rescue.
 */
gboolean
tpt_rescue_finish (const char  *path,
                   TptClock    *clock,
                   GError     **error)
{
  g_autofree char *rebuilt = g_strconcat (path, ".rebuilt", NULL);
  g_autofree char *aside = NULL;

  if (!g_file_test (rebuilt, G_FILE_TEST_EXISTS))
    return TRUE;
  aside = get_aside (path, clock);

  return set_aside (path, aside, error) && tpt_data_file_rename (rebuilt, path, error);
}

/* What is missing in @salvaged (nullable) comes from a backup, where there is one. */
static TptBackup *
complete (TptBackup       *salvaged,
          const char      *path,
          TptSeal         *seal,
          TptRestoration  *restoration)
{
  g_autoptr (TptBackup) backup = NULL;

  restoration->source = TPT_RESTORATION_RESCUED;
  if (salvaged != NULL && salvaged->rows[TPT_BACKUP_DECISIONS] != NULL)
    return salvaged;
  backup = tpt_backup_files_load (path, seal);
  if (backup != NULL)
    restoration->backup_at = backup->taken_at;
  if (salvaged == NULL)
    {
      restoration->source = backup != NULL ? TPT_RESTORATION_BACKUP : TPT_RESTORATION_NOTHING;
      return g_steal_pointer (&backup);
    }
  restoration->source = TPT_RESTORATION_PARTLY;
  if (backup != NULL && backup->version == salvaged->version)
    salvaged->rows[TPT_BACKUP_DECISIONS] =
      g_steal_pointer (&backup->rows[TPT_BACKUP_DECISIONS]);

  return salvaged;
}

/* @salvaged: (transfer full) (nullable) */
static gboolean
make_anew (TptBackup       *salvaged,
           const char      *path,
           TptSeal         *seal,
           TptClock        *clock,
           TptRestoration  *restoration,
           GError         **error)
{
  g_autofree char *rebuilt = g_strconcat (path, ".rebuilt", NULL);
  g_autoptr (TptBackup) backup = complete (salvaged, path, seal, restoration);

  if (backup != NULL && !has_version (backup))
    {
      g_set_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_NEWER,
                   "The backup is of version %d and this program knows %d: please update it",
                   backup->version, TPT_SCHEMA_VERSION);
      return FALSE;
    }

  return build (rebuilt, seal, clock, backup, restoration, error);
}

/* What was read may be sound and yet not fit, where the names of the columns are damaged: then the
 * backup has to do. */
static gboolean
make_anew_somehow (TptBackup       *salvaged,
                   const char      *path,
                   TptSeal         *seal,
                   TptClock        *clock,
                   TptRestoration  *restoration,
                   GError         **error)
{
  gboolean was_salvaged = salvaged != NULL;
  g_autoptr (GError) local_error = NULL;

  if (make_anew (salvaged, path, seal, clock, restoration, &local_error))
    return TRUE;
  if (!was_salvaged || !g_error_matches (local_error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_message ("What the damaged database gives back does not fit: %s", local_error->message);

  return make_anew (NULL, path, seal, clock, restoration, error);
}

/**
 * tpt_rescue_run:
 * @path: of a database that is damaged, or gone
 * @reason: what was found
 *
 * Returns: (transfer full): what became of it; on an error nothing is lost, and the next try may
 *   succeed
 */
TptRestoration *
tpt_rescue_run (const char    *path,
                TptSeal       *seal,
                TptClock      *clock,
                const GError  *reason,
                GError       **error)
{
  g_autoptr (TptRestoration) restoration = tpt_restoration_new ();
  g_autoptr (TptBackup) salvaged = NULL;

  restoration->at = tpt_clock_now (clock);
  restoration->reason = g_utf8_make_valid (reason->message, -1);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *aside = get_aside (path, clock);

      restoration->kept_as = g_filename_display_name (aside);
      salvaged = salvage (path, seal, clock);
    }
  if (!make_anew_somehow (g_steal_pointer (&salvaged), path, seal, clock, restoration, error)
      || !tpt_rescue_finish (path, clock, error))
    return NULL;
  if (restoration->kept_as != NULL)
    g_message ("The database was set aside as %s and made anew: %s", restoration->kept_as,
               restoration->reason);
  else
    g_message ("The database was made anew: %s", restoration->reason);

  return g_steal_pointer (&restoration);
}

/* Whether the file called @entry was set aside of the database called @name, or is a part of a
 * copy of it that was being written when the machine went off. */
static gboolean
is_remnant (const char *entry,
            const char *name)
{
  g_autofree char *aside = g_strconcat (name, ASIDE, NULL);
  gsize length = strlen (name);

  return g_str_has_prefix (entry, aside)
         || (g_str_has_prefix (entry, name) && entry[length] == '.'
             && strstr (entry + length, ".part") != NULL);
}

/** tpt_rescue_erase: deletes what is left of the database at @path beside it, but for backups */
gboolean
tpt_rescue_erase (const char  *path,
                  GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GDir) entries = g_dir_open (folder, 0, error);
  const char *entry;

  if (entries == NULL)
    return FALSE;
  while ((entry = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, entry, NULL);

      if (is_remnant (entry, name) && g_unlink (file) != 0)
        {
          tpt_data_file_set_error (error, "A file that was set aside cannot be removed", errno);
          return FALSE;
        }
    }

  return TRUE;
}

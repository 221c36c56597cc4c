/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-backup-files.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "tpt-data-file.h"

#define MAGIC "TptBack1"
#define MAGIC_BYTES 8

/* What can be read without the key: the mark, and when it was taken. */
typedef struct
{
  char magic[MAGIC_BYTES];
  gint64 taken_at;         /* little endian */
} Head;

G_STATIC_ASSERT (sizeof (Head) == MAGIC_BYTES + 8);

/** tpt_backup_files_get_path: (transfer full): @generation from 1, the youngest, on */
char *
tpt_backup_files_get_path (const char *database,
                           int         generation)
{
  return g_strdup_printf ("%s.backup-%d", database, generation);
}

static gboolean
read_time (const char *database,
           int         generation,
           TptTime    *time)
{
  g_autofree char *path = tpt_backup_files_get_path (database, generation);
  FILE *file = g_fopen (path, "rbe");
  Head head;
  gboolean read;

  if (file == NULL)
    return FALSE;
  read = fread (&head, sizeof head, 1, file) == 1 && memcmp (head.magic, MAGIC, MAGIC_BYTES) == 0;
  fclose (file);
  if (read)
    *time = GINT64_FROM_LE (head.taken_at);

  return read;
}

/** tpt_backup_files_exist: whether there is any, whatever key it was sealed with */
gboolean
tpt_backup_files_exist (const char *database)
{
  TptTime time;

  for (int i = 1; i <= TPT_BACKUP_GENERATIONS; i++)
    {
      if (read_time (database, i, &time))
        return TRUE;
    }

  return FALSE;
}

/** tpt_backup_files_get_time: when the youngest was taken; %FALSE: there is none */
gboolean
tpt_backup_files_get_time (const char *database,
                           TptTime    *time)
{
  return read_time (database, 1, time);
}

/* Only as long as the two youngest are at least a day apart: else many changes on one day would
 * push out the one from yesterday. */
static gboolean
should_shift (const char *database)
{
  TptTime first, second;

  if (!read_time (database, 1, &first))
    return FALSE;

  return !read_time (database, 2, &second) || first - second >= TPT_DAY || first < second;
}

static gboolean
shift (const char  *database,
       GError     **error)
{
  for (int i = TPT_BACKUP_GENERATIONS - 1; i >= 1; i--)
    {
      g_autofree char *from = tpt_backup_files_get_path (database, i);
      g_autofree char *to = tpt_backup_files_get_path (database, i + 1);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        {
          tpt_data_file_set_error (error, "An older backup cannot be kept", errno);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * tpt_backup_files_save:
 *
 * The new youngest. It is on the disk as a whole before an older one gives way.
 */
gboolean
tpt_backup_files_save (const char  *database,
                       TptBackup   *backup,
                       TptSeal     *seal,
                       GError     **error)
{
  g_autofree char *path = tpt_backup_files_get_path (database, 1);
  g_autofree char *part = g_strconcat (database, ".backup.part", NULL);
  g_autoptr (GByteArray) sealed = tpt_backup_close (backup, seal);
  Head head = { MAGIC, GINT64_TO_LE (backup->taken_at) };

  g_byte_array_prepend (sealed, (const guint8 *) &head, sizeof head);
  if (!tpt_data_file_write (part, sealed->data, sealed->len, error))
    return FALSE;
  if (!should_shift (database) || shift (database, error))
    {
      if (tpt_data_file_rename (part, path, error))
        return TRUE;
    }
  g_unlink (part);

  return FALSE;
}

static TptBackup *
load_one (const char  *path,
          TptSeal     *seal,
          GError     **error)
{
  g_autofree char *bytes = NULL;
  gsize length;

  if (!g_file_get_contents (path, &bytes, &length, error))
    return NULL;
  if (length < sizeof (Head) || memcmp (bytes, MAGIC, MAGIC_BYTES) != 0)
    {
      g_set_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT, "“%s” is no backup", path);
      return NULL;
    }

  return tpt_backup_open ((const guint8 *) bytes + sizeof (Head), length - sizeof (Head), seal,
                          error);
}

/** tpt_backup_files_load: (transfer full) (nullable): the youngest that this key opens */
TptBackup *
tpt_backup_files_load (const char *database,
                       TptSeal    *seal)
{
  for (int i = 1; i <= TPT_BACKUP_GENERATIONS; i++)
    {
      g_autofree char *path = tpt_backup_files_get_path (database, i);
      g_autoptr (GError) error = NULL;
      TptBackup *backup = load_one (path, seal, &error);

      if (backup != NULL)
        return backup;
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_message ("Backup %d is of no use: %s", i, error->message);
    }

  return NULL;
}

/** tpt_backup_files_remove: all generations: what was erased must not come back */
gboolean
tpt_backup_files_remove (const char  *database,
                         GError     **error)
{
  for (int i = 1; i <= TPT_BACKUP_GENERATIONS; i++)
    {
      g_autofree char *path = tpt_backup_files_get_path (database, i);

      if (g_unlink (path) != 0 && errno != ENOENT)
        {
          tpt_data_file_set_error (error, "A backup cannot be removed", errno);
          return FALSE;
        }
    }

  return TRUE;
}

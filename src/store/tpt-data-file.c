/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-data-file.h"

#include "tpt-config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tpt-store.h"

/* https://www.sqlite.org/fileformat2.html §1.3 */
#define HEADER_BYTES 100
#define HEADER_MAGIC "SQLite format 3"
#define HEADER_APPLICATION_ID 68

/** tpt_data_file_set_error: @message with the reason of the system, under the code that fits it */
void
tpt_data_file_set_error (GError    **error,
                         const char *message,
                         int         cause)
{
  TptStoreError code = TPT_STORE_ERROR_FAILED;

  if (cause == EACCES || cause == EROFS || cause == EPERM)
    code = TPT_STORE_ERROR_READ_ONLY;
  else if (cause == ENOSPC || cause == EDQUOT || cause == EFBIG)
    code = TPT_STORE_ERROR_FULL;
  g_set_error (error, TPT_STORE_ERROR, (int) code, "%s: %s", message, g_strerror (cause));
}

static gboolean
make_private (const char  *folder,
              GError     **error)
{
  GStatBuf info;

  if (g_stat (folder, &info) != 0)
    {
      tpt_data_file_set_error (error, "The folder of the data cannot be read", errno);
      return FALSE;
    }
  /* A sticky folder is shared on purpose: a file in it is private by its own mode. */
  if ((info.st_mode & 0077) == 0 || (info.st_mode & S_ISVTX) != 0)
    return TRUE;
  if (g_chmod (folder, 0700) != 0)
    {
      tpt_data_file_set_error (error, "The folder of the data cannot be made private", errno);
      return FALSE;
    }

  return TRUE;
}

/**
 * tpt_data_file_make_folder:
 *
 * Makes the folder of @path, for its owner only whatever the umask says.
 *
 * Returns: (transfer full) (nullable): @path with the symbolic links of its folder resolved; the
 *   last part of it is kept, so that a link there can be refused
 */
char *
tpt_data_file_make_folder (const char  *path,
                           GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *resolved = NULL;
  char *real;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      tpt_data_file_set_error (error, "The folder of the data cannot be made", errno);
      return NULL;
    }
  if (!make_private (folder, error))
    return NULL;
  real = realpath (folder, NULL);
  if (real == NULL)
    {
      tpt_data_file_set_error (error, "The folder of the data cannot be found", errno);
      return NULL;
    }
  resolved = g_build_filename (real, name, NULL);
  free (real);

  return g_steal_pointer (&resolved);
}

static gboolean
refuse (const char  *path,
        GError     **error)
{
  g_set_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT,
               "“%s” is no database of this program; it was left as it is", path);

  return FALSE;
}

/* Of that there is no backup to restore: who reads it has to see what is there, and where. */
static gboolean
refuse_kind (const char  *path,
             GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_FOREIGN,
               _("“%s” is no file that Touchpoint has made, but a link, a folder or something "
                 "else. It was left as it is. Put the file of your record there, or move away "
                 "what is there, and try again."), name);

  return FALSE;
}

static gboolean
is_blank (const guint8 *bytes,
          gssize        length)
{
  for (gssize i = 0; i < length; i++)
    {
      if (bytes[i] != 0)
        return FALSE;
    }

  return TRUE;
}

/* Whether the header is that of a database with @application_id. An empty file is nobody's yet; one
 * that begins with zeros is what a power cut leaves of a file that was being made, or of a disk
 * that lost it: nothing of anybody's is in there. */
static gboolean
check_header (int          fd,
              const char  *path,
              guint32      application_id,
              GError     **error)
{
  guint8 header[HEADER_BYTES];
  guint32 found;
  gssize length = pread (fd, header, sizeof header, 0);

  if (length < 0)
    {
      tpt_data_file_set_error (error, "The database cannot be read", errno);
      return FALSE;
    }
  if (is_blank (header, length))
    return TRUE;
  if (length < HEADER_BYTES || memcmp (header, HEADER_MAGIC, sizeof HEADER_MAGIC) != 0)
    return refuse (path, error);
  memcpy (&found, header + HEADER_APPLICATION_ID, sizeof found);
  if (GUINT32_FROM_BE (found) != application_id)
    return refuse (path, error);

  return TRUE;
}

/**
 * tpt_data_file_accept:
 *
 * Makes the file where there is none, for its owner only whatever the umask says.
 *
 * Returns: %FALSE with %TPT_STORE_ERROR_CORRUPT when what is there is not a database of this
 *   program, and with %TPT_STORE_ERROR_FOREIGN when it is no file; it was not touched
 */
gboolean
tpt_data_file_accept (const char  *path,
                      guint32      application_id,
                      GError     **error)
{
  GStatBuf info;
  gboolean accepted;
  int fd;

  if (g_lstat (path, &info) == 0 && !S_ISREG (info.st_mode))
    return refuse_kind (path, error);
  fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    {
      tpt_data_file_set_error (error, "The database cannot be opened", errno);
      return FALSE;
    }
  accepted = check_header (fd, path, application_id, error);
  if (accepted && fchmod (fd, 0600) != 0)
    {
      tpt_data_file_set_error (error, "The database cannot be made private", errno);
      accepted = FALSE;
    }
  close (fd);

  return accepted;
}

/* Everything from @from to @to, and on to the disk. */
static gboolean
copy_bytes (int from,
            int to)
{
  char buffer[65536];
  gssize length;

  while ((length = read (from, buffer, sizeof buffer)) > 0)
    {
      if (write (to, buffer, (gsize) length) != length)
        return FALSE;
    }

  return length == 0 && fsync (to) == 0;
}

static gboolean
write_copy (const char  *path,
            const char  *copy,
            GError     **error)
{
  int from = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  int to = g_open (copy, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  gboolean copied = from >= 0 && to >= 0 && fchmod (to, 0600) == 0 && copy_bytes (from, to);

  if (!copied)
    tpt_data_file_set_error (error, "The database cannot be copied", errno);
  if (from >= 0)
    close (from);
  if (to >= 0)
    close (to);

  return copied;
}

/* What happened to the names in the folder of @path is on the disk, too. */
static gboolean
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);

  return synced;
}

/** tpt_data_file_rename: over what is there; lasting when it returns */
gboolean
tpt_data_file_rename (const char  *from,
                      const char  *to,
                      GError     **error)
{
  if (g_rename (from, to) == 0 && sync_folder (to))
    return TRUE;
  tpt_data_file_set_error (error, "A file of the data cannot be renamed", errno);

  return FALSE;
}

/** tpt_data_file_write: a new private file with @bytes, on the disk when it returns */
gboolean
tpt_data_file_write (const char    *path,
                     gconstpointer  bytes,
                     gsize          length,
                     GError       **error)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  const char *rest = bytes;
  gboolean written = fd >= 0 && fchmod (fd, 0600) == 0;

  while (written && length > 0)
    {
      gssize done = write (fd, rest, length);

      written = done > 0;
      rest += MAX (done, 0);
      length -= (gsize) MAX (done, 0);
    }
  written = written && fsync (fd) == 0;
  if (!written)
    {
      tpt_data_file_set_error (error, "A file of the data cannot be written", errno);
      g_unlink (path);
    }
  if (fd >= 0)
    close (fd);

  return written;
}

/** tpt_data_file_copy: a private copy that is there whole or not at all */
gboolean
tpt_data_file_copy (const char  *path,
                    const char  *copy,
                    GError     **error)
{
  g_autofree char *part = g_strconcat (copy, ".part", NULL);

  if (write_copy (path, part, error))
    {
      if (tpt_data_file_rename (part, copy, error))
        return TRUE;
    }
  g_unlink (part);

  return FALSE;
}

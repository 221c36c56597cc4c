/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-secret.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tpt-relay-error.h"

#define SECRET_MAX (64 * 1024)

/* systemd hands out credentials read-only in a directory of its own, with a mode of its own. */
static gboolean
is_credential (const char *path)
{
  const char *directory = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *parent = g_path_get_dirname (path);

  return directory != NULL && strcmp (parent, directory) == 0;
}

/* Whether systemd hands it to a service that this process is not. */
gboolean
tpt_relay_secret_is_of_service (const char *path)
{
  return g_str_has_prefix (path, "/run/credentials/") && !is_credential (path);
}

/* Into one piece of memory of full size: a buffer that grows would leave copies behind. */
static char *
read_descriptor (int          fd,
                 const char  *path,
                 GError     **error)
{
  char *text = g_malloc0 (SECRET_MAX + 2);
  gsize length = 0;
  gssize got;

  while ((got = read (fd, text + length, SECRET_MAX + 1 - length)) > 0)
    length += (gsize) got;
  if (got < 0)
    tpt_relay_error_config (error, "Key file %s cannot be read: %s", path, g_strerror (errno));
  else if (length > SECRET_MAX || strlen (text) != length)
    tpt_relay_error_config (error, "Key file %s is no text of at most 64 KiB", path);
  else
    return text;
  tpt_relay_secret_free (text);

  return NULL;
}

/**
 * tpt_relay_secret_read:
 *
 * Reads a file that nobody else may read: mode 0600 and ours, or a credential of systemd. Looks at
 * the file that it has open, so that nobody swaps it in between; without O_NONBLOCK a pipe in its
 * place would be waited for.
 *
 * Returns: (transfer full): for tpt_relay_secret_free (); NULL with TPT_RELAY_ERROR_CONFIG
 */
char *
tpt_relay_secret_read (const char  *path,
                       GError     **error)
{
  struct stat status;
  char *text = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);

  if (fd < 0)
    {
      tpt_relay_error_config (error, "Key file %s cannot be opened: %s", path, g_strerror (errno));
      return NULL;
    }
  if (fstat (fd, &status) < 0 || !S_ISREG (status.st_mode))
    tpt_relay_error_config (error, "Key file %s is no regular file", path);
  else if (!is_credential (path) && status.st_uid != geteuid ())
    tpt_relay_error_config (error, "Key file %s belongs to another user", path);
  else if (!is_credential (path) && (status.st_mode & 07777) != 0600)
    tpt_relay_error_config (error, "Key file %s has mode %04o; it must be 0600", path,
            (unsigned) status.st_mode & 07777);
  else
    text = read_descriptor (fd, path, error);
  close (fd);

  return text;
}

static gboolean
check_line (const char  *path,
            guint        number,
            const char  *line,
            gsize        shortest,
            gsize        longest,
            GError     **error)
{
  gsize length = strlen (line);

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isgraph (line[i]))
        return tpt_relay_error_config (error,
                                       "Key file %s, line %u: a key holds neither spaces nor "
                                       "anything but ASCII", path, number);
    }
  if (length < shortest || length > longest)
    return tpt_relay_error_config (error, "Key file %s, line %u: a key of %" G_GSIZE_FORMAT
                                   " characters; it must have %" G_GSIZE_FORMAT " to %"
                                   G_GSIZE_FORMAT, path, number, length, shortest, longest);

  return TRUE;
}

/**
 * tpt_relay_secret_read_lines:
 *
 * One key a line; empty lines and lines that begin with a # do not count.
 *
 * Returns: (transfer full): at least one, for tpt_relay_secret_free_lines (); NULL with
 *   TPT_RELAY_ERROR_CONFIG
 */
char **
tpt_relay_secret_read_lines (const char  *path,
                             gsize        shortest,
                             gsize        longest,
                             GError     **error)
{
  char *text = tpt_relay_secret_read (path, error);
  char **lines;
  guint kept = 0;
  gboolean good = TRUE;

  if (text == NULL)
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  tpt_relay_secret_free (text);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_steal_pointer (&lines[i]);

      g_strstrip (line);
      if (good && line[0] != '\0' && line[0] != '#')
        good = check_line (path, i + 1, line, shortest, longest, error);
      if (line[0] != '\0' && line[0] != '#')
        lines[kept++] = line;
      else
        g_free (line);
    }
  if (good && kept > 0)
    return lines;
  if (good)
    tpt_relay_error_config (error, "Key file %s holds no key", path);
  tpt_relay_secret_free_lines (lines);

  return NULL;
}

/* @secret: (nullable): */
void
tpt_relay_secret_free (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/* @secrets: (nullable): */
void
tpt_relay_secret_free_lines (char **secrets)
{
  for (guint i = 0; secrets != NULL && secrets[i] != NULL; i++)
    tpt_relay_secret_free (secrets[i]);
  g_free (secrets);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-paths.h"

#include "tpt-config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "tpt-services.h"

#define FOLDER "touchpoint"

/**
 * tpt_paths_ignore_relative:
 *
 * A relative path in one of these variables is invalid and to be ignored (XDG Base Directory
 * Specification); GLib takes it, and every working directory gets a record of its own. So they
 * leave the environment: before anything has asked GLib for a folder, and from the only thread.
 */
void
tpt_paths_ignore_relative (void)
{
  static const char *const variables[] = { "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME",
                                           "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", NULL };

  for (gsize i = 0; variables[i] != NULL; i++)
    {
      const char *path = g_getenv (variables[i]);

      if (path != NULL && !g_path_is_absolute (path))
        g_unsetenv (variables[i]);
    }
}

/* Returns: (transfer full) */
char *
tpt_paths_get_database (void)
{
  return g_build_filename (g_get_user_data_dir (), FOLDER, "touchpoint.db", NULL);
}

/* Returns: (transfer full): by what processes that renew the sign-in, or make the key of the
 * database, know of each other */
char *
tpt_paths_get_lock (gboolean is_session_only)
{
  if (is_session_only)
    return g_build_filename (g_get_user_runtime_dir (), "touchpoint-sign-in.lock", NULL);

  return g_build_filename (g_get_user_state_dir (), FOLDER, "sign-in.lock", NULL);
}

static gboolean
make_private (const char  *path,
              GError     **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0 && g_chmod (path, 0700) == 0)
    return TRUE;

  g_set_error (error, TPT_SERVICES_ERROR, TPT_SERVICES_ERROR_READ_ONLY,
               _ ("The folder %s cannot be used: %s."), path, g_strerror (errno));

  return FALSE;
}

/* Makes the folders, for this user alone. */
gboolean
tpt_paths_prepare (GError **error)
{
  g_autofree char *data = g_build_filename (g_get_user_data_dir (), FOLDER, NULL);
  g_autofree char *state = g_build_filename (g_get_user_state_dir (), FOLDER, NULL);

  return make_private (data, error) && make_private (state, error);
}

/* Returns: (transfer full): a name that no file has yet: what lies there is a record, too */
static char *
make_aside (const char *database)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%S");
  char *aside = g_strconcat (database, ".orphan-", stamp, NULL);

  for (guint i = 2; g_file_test (aside, G_FILE_TEST_EXISTS); i++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.orphan-%s-%u", database, stamp, i);
    }

  return aside;
}

/* The database and what can be read with the same key alone. */
static const char *const suffixes[] = { "", "-wal", "-journal", ".before-migration", ".rebuilt",
                                        ".backup-1", ".backup-2", ".backup-3", NULL };

/* Whether there is anything of a record: also where only its backups are left. */
gboolean
tpt_paths_has_record (const char *database)
{
  for (gsize i = 0; suffixes[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (database, suffixes[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
    }

  return FALSE;
}

/* The database and what belongs to it get another name; nothing is deleted. */
gboolean
tpt_paths_put_aside (const char  *database,
                     GError     **error)
{
  g_autofree char *aside = make_aside (database);

  for (gsize i = 0; suffixes[i] != NULL; i++)
    {
      g_autofree char *from = g_strconcat (database, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        {
          g_set_error (error, TPT_SERVICES_ERROR, TPT_SERVICES_ERROR_READ_ONLY,
                       _ ("The old database could not be put aside: %s."), g_strerror (errno));
          return FALSE;
        }
    }

  return TRUE;
}

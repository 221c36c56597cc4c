/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-schema.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "tpt-data-file.h"
#include "tpt-schema-key.h"
#include "tpt-store.h"

static gboolean
set_number (TptSqlite   *sqlite,
            const char  *pragma,
            int          value,
            GError     **error)
{
  /* A pragma takes no bound value; both parts are of our own making. */
  g_autofree char *sql = g_strdup_printf ("PRAGMA %s = %d", pragma, value);

  return tpt_sqlite_execute (sqlite, sql, error);
}

/* A transaction cannot change whether references are checked. While they are, what is dropped would
 * take along what refers to it. */
static gboolean
set_references (TptSqlite            *sqlite,
                const TptSchemaStep  *step,
                gboolean              are_checked,
                GError              **error)
{
  return !step->rebuilds || set_number (sqlite, "foreign_keys", are_checked, error);
}

static gboolean
run_step (TptSqlite            *sqlite,
          TptSeal              *seal,
          const TptSchemaStep  *step,
          GError              **error)
{
  if (set_references (sqlite, step, FALSE, error)
      && tpt_sqlite_execute (sqlite, "BEGIN IMMEDIATE", error)
      && tpt_sqlite_execute (sqlite, step->sql, error)
      && (step->func == NULL || step->func (sqlite, seal, error))
      && set_number (sqlite, "user_version", step->version, error)
      && tpt_sqlite_execute (sqlite, "COMMIT", error))
    return set_references (sqlite, step, TRUE, error);

  /* The error of the step is the one to tell: where the rollback fails, the next open does it. */
  tpt_sqlite_rollback (sqlite, NULL);
  set_references (sqlite, step, TRUE, NULL);
  g_prefix_error (error, "Step %d of the database failed: ", step->version);

  return FALSE;
}

static gboolean
run_steps (TptSqlite            *sqlite,
           TptSeal              *seal,
           int                   version,
           const TptSchemaStep  *steps,
           int                   newest,
           GError              **error)
{
  for (int i = version; i < newest; i++)
    {
      g_assert (steps[i].version == i + 1);
      if (!run_step (sqlite, seal, &steps[i], error))
        return FALSE;
    }

  return TRUE;
}

/* Takes the file over. An empty one gets its mark before the log is switched on, while the header
 * is still written to the file itself, so that a look at the file is enough to know it. */
static gboolean
take_over (TptSqlite  *sqlite,
           int         version,
           GError    **error)
{
  if (version == 0
      && !set_number (sqlite, "application_id", TPT_SCHEMA_APPLICATION_ID, error))
    return FALSE;

  return tpt_sqlite_use_log (sqlite, error);
}

static gboolean
remove_copy (const char  *copy,
             GError     **error)
{
  if (g_unlink (copy) == 0 || errno == ENOENT)
    return TRUE;
  tpt_data_file_set_error (error, "The copy of the older database cannot be removed", errno);

  return FALSE;
}

static gboolean
migrate_file (TptSqlite            *sqlite,
              TptSeal              *seal,
              const char           *path,
              int                   version,
              const TptSchemaStep  *steps,
              int                   newest,
              GError              **error)
{
  g_autofree char *copy = g_strconcat (path, ".before-migration", NULL);

  /* A copy that is there already is from a migration that was cut off: it is the older one. */
  if (version > 0 && version < newest && !g_file_test (copy, G_FILE_TEST_EXISTS)
      && (!tpt_sqlite_checkpoint (sqlite, error) || !tpt_data_file_copy (path, copy, error)))
    return FALSE;

  return run_steps (sqlite, seal, version, steps, newest, error) && remove_copy (copy, error);
}

/* Without writing. @version: (out): 0 for a database that is not ours yet */
static gboolean
check_version (TptSqlite  *sqlite,
               TptSeal    *seal,
               int         newest,
               gint64     *version,
               GError    **error)
{
  if (!tpt_sqlite_query_int (sqlite, "PRAGMA user_version", version, error))
    return FALSE;
  if (*version < 0 || *version > newest)
    {
      g_set_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_NEWER,
                   "The database is of version %d and this program knows %d: please update it",
                   (int) *version, newest);
      return FALSE;
    }

  return *version == 0 || tpt_schema_key_check (sqlite, seal, error);
}

static gint64
get_key (const char *text,
         gpointer    seal)
{
  return tpt_seal_index (seal, "uri", text);
}

/**
 * tpt_schema_check:
 *
 * Reads only: whether tpt_schema_migrate() would take the file, with the same errors where not.
 */
gboolean
tpt_schema_check (TptSqlite  *sqlite,
                  TptSeal    *seal,
                  int         newest,
                  GError    **error)
{
  gint64 version;

  return check_version (sqlite, seal, newest, &version, error);
}

/**
 * tpt_schema_migrate:
 * @path: of the file, or %TPT_SQLITE_MEMORY
 * @steps: @newest of them
 *
 * Brings the database to version @newest. A copy of an older file is kept beside it until all steps
 * are done. @seal has to stay for as long as @sqlite does.
 *
 * Returns: %FALSE with %TPT_STORE_ERROR_NEWER for a database of a later version, and with
 *   %TPT_STORE_ERROR_KEY for one that another key has sealed: both are left untouched
 */
gboolean
tpt_schema_migrate (TptSqlite            *sqlite,
                    TptSeal              *seal,
                    const char           *path,
                    const TptSchemaStep  *steps,
                    int                   newest,
                    GError              **error)
{
  gint64 version;

  if (!check_version (sqlite, seal, newest, &version, error))
    return FALSE;
  if (!tpt_sqlite_use_key (sqlite, get_key, seal, error)
      || !take_over (sqlite, (int) version, error))
    return FALSE;
  if (g_str_equal (path, TPT_SQLITE_MEMORY))
    return run_steps (sqlite, seal, (int) version, steps, newest, error);

  return migrate_file (sqlite, seal, path, (int) version, steps, newest, error);
}

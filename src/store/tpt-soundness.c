/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-soundness.h"

#include "tpt-schema-key.h"
#include "tpt-schema.h"
#include "tpt-store.h"

#define LIST_SCHEMA "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"
#define LIST_TABLES                                                                                \
  "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"

static gboolean
set_damaged (GError     **error,
             const char  *what)
{
  g_set_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT, "The database is damaged: %s",
               what);

  return FALSE;
}

/* A database of that version as it was meant. */
static TptSqlite *
make_model (TptSeal  *seal,
            int       version,
            GError  **error)
{
  g_autoptr (TptSqlite) model = tpt_sqlite_open (TPT_SQLITE_MEMORY, error);

  if (model == NULL
      || !tpt_schema_migrate (model, seal, TPT_SQLITE_MEMORY, tpt_schema_steps, version, error))
    return NULL;

  return g_steal_pointer (&model);
}

static gboolean
compare_schema (TptSqlite  *sqlite,
                TptSqlite  *model,
                GError    **error)
{
  g_autoptr (TptStatement) found = tpt_sqlite_get (sqlite, LIST_SCHEMA);
  g_autoptr (TptStatement) meant = tpt_sqlite_get (model, LIST_SCHEMA);
  gboolean more = TRUE;

  while (more)
    {
      more = tpt_statement_next (meant);
      if (tpt_statement_next (found) != more)
        break;
      if (more
          && (g_strcmp0 (tpt_statement_get_text (found, 0), tpt_statement_get_text (meant, 0)) != 0
              || g_strcmp0 (tpt_statement_get_text (found, 1),
                            tpt_statement_get_text (meant, 1)) != 0))
        break;
    }
  if (!tpt_statement_check (found, error) || !tpt_statement_check (meant, error))
    return FALSE;

  return !more || set_damaged (error, "its tables are not what they were");
}

/* Every blob is sealed at its place, so that the smallest change of one is seen. */
static gboolean
check_row (TptSeal       *seal,
           const char    *table,
           TptStatement  *statement,
           GByteArray    *plain,
           GError       **error)
{
  gint64 row = tpt_statement_get_int (statement, 0);

  for (int i = 0; i < tpt_statement_get_width (statement); i++)
    {
      gsize length;
      const guint8 *bytes;

      if (tpt_statement_get_type (statement, i) != SQLITE_BLOB)
        continue;
      bytes = tpt_statement_get_blob (statement, i, &length);
      if (!tpt_seal_open (seal, table, tpt_statement_get_name (statement, i), row, bytes, length,
                          plain, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_seals (TptSqlite   *sqlite,
             TptSeal     *seal,
             const char  *table,
             GError     **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", table);
  g_autoptr (TptStatement) statement = tpt_sqlite_get (sqlite, sql);
  g_autoptr (GByteArray) plain = g_byte_array_new ();

  while (tpt_statement_next (statement))
    {
      if (!check_row (seal, table, statement, plain, error))
        return FALSE;
    }

  return tpt_statement_check (statement, error);
}

/**
 * tpt_soundness_check:
 *
 * Reads everything that can be checked: the file's structure, its tables and indexes, and every
 * sealed field. For when something was found already: it takes its time.
 *
 * Returns: %FALSE with %TPT_STORE_ERROR_CORRUPT where there is damage
 */
gboolean
tpt_soundness_check (TptSqlite  *sqlite,
                     TptSeal    *seal,
                     GError    **error)
{
  g_autoptr (TptSqlite) model = NULL;
  g_autoptr (TptStatement) tables = NULL;
  gint64 version;

  if (!tpt_sqlite_check_all (sqlite, error)
      || !tpt_sqlite_query_int (sqlite, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version < 1 || version > TPT_SCHEMA_VERSION)
    return set_damaged (error, "it does not say its version");
  if (!tpt_schema_key_check (sqlite, seal, error))
    return FALSE;
  model = make_model (seal, (int) version, error);
  if (model == NULL || !compare_schema (sqlite, model, error))
    return FALSE;
  tables = tpt_sqlite_get (model, LIST_TABLES);
  while (tpt_statement_next (tables))
    {
      if (!check_seals (sqlite, seal, tpt_statement_get_text (tables, 0), error))
        return FALSE;
    }

  return tpt_statement_check (tables, error);
}

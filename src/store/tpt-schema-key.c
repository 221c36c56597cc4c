/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-schema-key.h"

#include <string.h>

#include "tpt-store.h"

#define KEY_ROW 1
#define KEY_TEXT "touchpoint"

gboolean
tpt_schema_key_write (TptSqlite  *sqlite,
                      TptSeal    *seal,
                      GError    **error)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GByteArray) sealed = g_byte_array_new ();
  g_autoptr (TptStatement) statement = NULL;

  g_byte_array_append (plain, (const guint8 *) KEY_TEXT, strlen (KEY_TEXT));
  tpt_seal_close (seal, "meta", "sealed", KEY_ROW, plain, sealed);
  statement = tpt_sqlite_get (sqlite, "INSERT INTO meta (id, sealed) VALUES (?1, ?2)");
  tpt_statement_bind_int (statement, 1, KEY_ROW);
  tpt_statement_bind_blob (statement, 2, sealed);

  return tpt_statement_run (statement, error);
}

/**
 * tpt_schema_key_check:
 *
 * %FALSE with %TPT_STORE_ERROR_KEY when the file was sealed with another key.
 */
gboolean
tpt_schema_key_check (TptSqlite  *sqlite,
                      TptSeal    *seal,
                      GError    **error)
{
  g_autoptr (TptStatement) statement = NULL;
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  const guint8 *sealed;
  gsize length;

  statement = tpt_sqlite_get (sqlite, "SELECT sealed FROM meta WHERE id = ?1");
  tpt_statement_bind_int (statement, 1, KEY_ROW);
  if (!tpt_statement_next (statement))
    {
      if (tpt_statement_check (statement, error))
        g_set_error_literal (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT,
                             "The database does not say how it was sealed");
      return FALSE;
    }
  sealed = tpt_statement_get_blob (statement, 0, &length);
  if (tpt_seal_open (seal, "meta", "sealed", KEY_ROW, sealed, length, plain, NULL))
    return TRUE;
  g_set_error_literal (error, TPT_STORE_ERROR, TPT_STORE_ERROR_KEY,
                       "The database was sealed with another key than the one in the keyring");

  return FALSE;
}

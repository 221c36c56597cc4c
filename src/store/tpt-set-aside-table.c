/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-set-aside-table.h"

#include "tpt-session.h"

#define TABLE "set_aside"

void
tpt_set_aside_free (TptSetAside *self)
{
  g_free (self->uri);
  g_free (self->reason);
  g_free (self->label);
  g_free (self);
}

static TptSetAside *
read_record (TptSession    *session,
             TptStatement  *statement,
             GError       **error)
{
  g_autoptr (TptSetAside) record = g_new0 (TptSetAside, 1);
  g_auto (TptPack) pack = { 0 };
  gint64 row = tpt_statement_get_int (statement, 0);

  tpt_pack_init (&pack);
  record->uri = tpt_statement_dup_text (statement, 1);
  record->at = tpt_statement_get_int (statement, 2);
  if (!tpt_session_unseal (session, TABLE, "sealed", row, statement, 3, &pack, error))
    return NULL;
  record->reason = tpt_pack_take_string (&pack);
  record->label = tpt_pack_take_string (&pack);
  if (!tpt_session_check_pack (&pack, TABLE, row, error))
    return NULL;

  return g_steal_pointer (&record);
}

/** tpt_set_aside_table_list: (element-type TptSetAside): newest first */
gboolean
tpt_set_aside_table_list (TptSession  *session,
                          GPtrArray  **records,
                          GError     **error)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (TptStatement) statement = NULL;

  found = g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_set_aside_free);
  statement = tpt_session_get (session, "SELECT id, uri, at, sealed FROM set_aside "
                                        "ORDER BY at DESC, id DESC");
  while (tpt_statement_next (statement))
    {
      TptSetAside *record = read_record (session, statement, error);

      if (record == NULL)
        return FALSE;
      g_ptr_array_add (found, record);
    }
  *records = g_steal_pointer (&found);

  return tpt_statement_check (statement, error);
}

/** tpt_set_aside_table_save: the newest reason for @uri, as of now */
gboolean
tpt_set_aside_table_save (TptSession  *session,
                          const char  *uri,
                          const char  *reason,
                          const char  *label,
                          GError     **error)
{
  g_autoptr (GByteArray) sealed = NULL;
  g_autoptr (TptStatement) statement = NULL;
  g_auto (TptPack) pack = { 0 };
  gint64 row;

  if (!tpt_session_lookup (session,
                           "SELECT id FROM set_aside WHERE uri = ?1 UNION ALL "
                           "SELECT coalesce (max (id), 0) + 1 FROM set_aside LIMIT 1",
                           uri, &row, error))
    return FALSE;
  tpt_pack_init (&pack);
  tpt_pack_put_string (&pack, reason);
  tpt_pack_put_string (&pack, label);
  sealed = tpt_session_seal (session, TABLE, "sealed", row, &pack);
  statement = tpt_session_get (session, "INSERT INTO set_aside (id, uri, at, sealed) "
                                        "VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE SET "
                                        "at = excluded.at, sealed = excluded.sealed");
  tpt_statement_bind_int (statement, 1, row);
  tpt_statement_bind_text (statement, 2, uri);
  tpt_statement_bind_int (statement, 3, tpt_clock_now (session->clock));
  tpt_statement_bind_blob (statement, 4, sealed);
  tpt_session_mark (session, TPT_CHANGE_SET_ASIDE, 0);

  return tpt_statement_run (statement, error);
}

gboolean
tpt_set_aside_table_is_empty (TptSession  *session,
                              gboolean    *empty,
                              GError     **error)
{
  gint64 some;

  if (!tpt_sqlite_query_int (session->sqlite, "SELECT EXISTS (SELECT 1 FROM set_aside)", &some,
                             error))
    return FALSE;
  *empty = some == 0;

  return TRUE;
}

/* Most of what is taken was never set aside. */
static gboolean
run_removal (TptSession    *session,
             TptStatement  *statement,
             GError       **error)
{
  while (tpt_statement_next (statement))
    tpt_session_mark (session, TPT_CHANGE_SET_ASIDE, 0);

  return tpt_statement_check (statement, error);
}

/** tpt_set_aside_table_remove: it could be taken after all */
gboolean
tpt_set_aside_table_remove (TptSession  *session,
                            const char  *uri,
                            GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "DELETE FROM set_aside WHERE uri = ?1 RETURNING id");
  tpt_statement_bind_text (statement, 1, uri);

  return run_removal (session, statement, error);
}

/** tpt_set_aside_table_remove_meeting: the one called @uri could be taken, with its bookings */
gboolean
tpt_set_aside_table_remove_meeting (TptSession  *session,
                                    const char  *uri,
                                    GError     **error)
{
  g_autofree char *bookings = g_strconcat (uri, "/invitees/", NULL);
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "DELETE FROM set_aside WHERE uri = ?1 "
                                        "OR substr (uri, 1, length (?2)) = ?2 RETURNING id");
  tpt_statement_bind_text (statement, 1, uri);
  tpt_statement_bind_text (statement, 2, bookings);

  return run_removal (session, statement, error);
}

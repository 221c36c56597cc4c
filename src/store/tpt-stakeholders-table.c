/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-stakeholders-table.h"

#include "tpt-session.h"

#define TABLE "stakeholders"
#define SELECT_STAKEHOLDERS "SELECT id, customer, created_at, sealed FROM stakeholders "
#define COLUMN_SEALED 3

/* Records of schema 4 and before end behind the time zone: nobody had a second address. Behind the
 * addresses stands what was written by hand, which a form does since. */
static void
unpack_stakeholder (TptPack        *pack,
                    TptStakeholder *stakeholder)
{
  g_autofree char *email = NULL;
  g_auto (GStrv) others = NULL;

  stakeholder->name = tpt_pack_take_string (pack);
  email = tpt_pack_take_string (pack);
  stakeholder->role = tpt_pack_take_string (pack);
  stakeholder->phone = tpt_pack_take_string (pack);
  stakeholder->timezone = tpt_pack_take_string (pack);
  others = tpt_pack_take_strv (pack);
  stakeholder->by_hand = (TptStakeholderParts) tpt_pack_take_int (pack);
  tpt_stakeholder_add_email (stakeholder, email);
  for (char **next = others; *next != NULL; next++)
    tpt_stakeholder_add_email (stakeholder, *next);
}

static void
pack_stakeholder (TptPack        *pack,
                  TptStakeholder *stakeholder)
{
  char **others = stakeholder->emails[0] != NULL ? stakeholder->emails + 1 : stakeholder->emails;

  tpt_pack_put_string (pack, stakeholder->name);
  tpt_pack_put_string (pack, stakeholder->emails[0]);
  tpt_pack_put_string (pack, stakeholder->role);
  tpt_pack_put_string (pack, stakeholder->phone);
  tpt_pack_put_string (pack, stakeholder->timezone);
  tpt_pack_put_strv (pack, (const char *const *) others);
  tpt_pack_put_int (pack, stakeholder->by_hand);
}

static TptStakeholder *
read_stakeholder (TptSession    *session,
                  TptStatement  *statement,
                  GError       **error)
{
  g_autoptr (TptStakeholder) stakeholder = tpt_stakeholder_new ();
  g_auto (TptPack) pack = { 0 };

  tpt_pack_init (&pack);
  stakeholder->id = tpt_statement_get_int (statement, 0);
  stakeholder->customer = tpt_statement_get_int (statement, 1);
  stakeholder->created_at = tpt_statement_get_int (statement, 2);
  if (!tpt_session_unseal (session, TABLE, "sealed", stakeholder->id, statement, COLUMN_SEALED,
                           &pack, error))
    return NULL;
  unpack_stakeholder (&pack, stakeholder);
  if (!tpt_session_check_pack (&pack, TABLE, stakeholder->id, error))
    return NULL;

  return g_steal_pointer (&stakeholder);
}

static gboolean
append_all (TptSession    *session,
            TptStatement  *statement,
            GPtrArray     *stakeholders,
            GError       **error)
{
  while (tpt_statement_next (statement))
    {
      TptStakeholder *stakeholder = read_stakeholder (session, statement, error);

      if (stakeholder == NULL)
        return FALSE;
      g_ptr_array_add (stakeholders, stakeholder);
    }

  return tpt_statement_check (statement, error);
}

/** tpt_stakeholders_table_list: adds to @stakeholders those of one customer */
gboolean
tpt_stakeholders_table_list (TptSession  *session,
                             gint64       customer,
                             GPtrArray   *stakeholders,
                             GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, SELECT_STAKEHOLDERS "WHERE customer = ?1 ORDER BY id");
  tpt_statement_bind_int (statement, 1, customer);

  return append_all (session, statement, stakeholders, error);
}

/**
 * tpt_stakeholders_table_load:
 * @stakeholder: (out) (nullable): %NULL where nobody is in that row
 */
gboolean
tpt_stakeholders_table_load (TptSession      *session,
                             gint64           row,
                             TptStakeholder **stakeholder,
                             GError         **error)
{
  g_autoptr (TptStatement) statement = tpt_session_get (session,
                                                        SELECT_STAKEHOLDERS "WHERE id = ?1");

  *stakeholder = NULL;
  tpt_statement_bind_int (statement, 1, row);
  if (!tpt_statement_next (statement))
    return tpt_statement_check (statement, error);
  *stakeholder = read_stakeholder (session, statement, error);

  return *stakeholder != NULL;
}

/**
 * tpt_stakeholders_table_list_email:
 *
 * Who has @email among theirs, in any case of its letters; of all customers.
 */
gboolean
tpt_stakeholders_table_list_email (TptSession  *session,
                                   const char  *email,
                                   GPtrArray  **stakeholders,
                                   GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  statement = tpt_session_get (session,
    SELECT_STAKEHOLDERS "WHERE id IN (SELECT stakeholder FROM stakeholder_emails "
    "WHERE email_key = ?1) ORDER BY id");
  tpt_statement_bind_int (statement, 1, tpt_session_email_key (session, email));
  if (!append_all (session, statement, found, error))
    return FALSE;
  *stakeholders = g_steal_pointer (&found);

  return TRUE;
}

/* The row of who is at @customer and has @email; 0 nobody's */
static gboolean
find_email (TptSession  *session,
            gint64       customer,
            const char  *email,
            gint64      *row,
            GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session,
    "SELECT id FROM stakeholders WHERE customer = ?1 AND id IN "
    "(SELECT stakeholder FROM stakeholder_emails WHERE email_key = ?2) ORDER BY id LIMIT 1");
  tpt_statement_bind_int (statement, 1, customer);
  tpt_statement_bind_int (statement, 2, tpt_session_email_key (session, email));
  *row = tpt_statement_next (statement) ? tpt_statement_get_int (statement, 0) : 0;

  return tpt_statement_check (statement, error);
}

/* The row of a stakeholder who is known by e-mail address only: the first of theirs that somebody
 * has counts. */
static gboolean
find_row (TptSession      *session,
          TptStakeholder  *stakeholder,
          GError         **error)
{
  for (char **email = stakeholder->emails; *email != NULL && stakeholder->id == 0; email++)
    {
      if (!find_email (session, stakeholder->customer, *email, &stakeholder->id, error))
        return FALSE;
    }

  return stakeholder->id != 0
         || tpt_sqlite_query_int (session->sqlite,
                                  "SELECT coalesce (max (id), 0) + 1 FROM stakeholders",
                                  &stakeholder->id, error);
}

static gboolean
write_emails (TptSession      *session,
              TptStakeholder  *stakeholder,
              GError         **error)
{
  g_autoptr (TptStatement) removal = NULL;

  removal = tpt_session_get (session, "DELETE FROM stakeholder_emails WHERE stakeholder = ?1");
  tpt_statement_bind_int (removal, 1, stakeholder->id);
  if (!tpt_statement_run (removal, error))
    return FALSE;
  for (char **email = stakeholder->emails; *email != NULL; email++)
    {
      g_autoptr (TptStatement) statement = NULL;

      statement = tpt_session_get (session, "INSERT OR IGNORE INTO stakeholder_emails "
                                            "(stakeholder, email_key) VALUES (?1, ?2)");
      tpt_statement_bind_int (statement, 1, stakeholder->id);
      tpt_statement_bind_int (statement, 2, tpt_session_email_key (session, *email));
      if (!tpt_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * tpt_stakeholders_table_save:
 *
 * Writes @stakeholder; where its row is 0, over the one of the same customer with one of the same
 * e-mail addresses, else as a new one. Sets the row, and the time of creation where there is none.
 */
gboolean
tpt_stakeholders_table_save (TptSession      *session,
                             TptStakeholder  *stakeholder,
                             GError         **error)
{
  g_autoptr (GByteArray) sealed = NULL;
  g_autoptr (TptStatement) statement = NULL;
  g_auto (TptPack) pack = { 0 };

  g_return_val_if_fail (stakeholder->customer != 0, FALSE);

  if (stakeholder->id == 0 && !find_row (session, stakeholder, error))
    return FALSE;
  if (stakeholder->created_at == TPT_TIME_NONE)
    stakeholder->created_at = tpt_clock_now (session->clock);
  tpt_pack_init (&pack);
  pack_stakeholder (&pack, stakeholder);
  sealed = tpt_session_seal (session, TABLE, "sealed", stakeholder->id, &pack);
  statement = tpt_session_get (session,
    "INSERT INTO stakeholders (id, customer, created_at, sealed) VALUES (?1, ?2, ?3, ?4) "
    "ON CONFLICT (id) DO UPDATE SET customer = excluded.customer, "
    "created_at = excluded.created_at, sealed = excluded.sealed");
  tpt_statement_bind_int (statement, 1, stakeholder->id);
  tpt_statement_bind_int (statement, 2, stakeholder->customer);
  tpt_statement_bind_int (statement, 3, stakeholder->created_at);
  tpt_statement_bind_blob (statement, 4, sealed);
  tpt_session_mark (session, TPT_CHANGE_CUSTOMERS, stakeholder->customer);

  return tpt_statement_run (statement, error) && write_emails (session, stakeholder, error);
}

/**
 * tpt_stakeholders_table_restore:
 *
 * Writes somebody who was removed into the row of before, or where that is somebody else's by now,
 * into a new one.
 */
gboolean
tpt_stakeholders_table_restore (TptSession      *session,
                                TptStakeholder  *stakeholder,
                                GError         **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "SELECT 1 FROM stakeholders WHERE id = ?1");
  tpt_statement_bind_int (statement, 1, stakeholder->id);
  while (tpt_statement_next (statement))
    stakeholder->id = 0;

  return tpt_statement_check (statement, error)
         && tpt_stakeholders_table_save (session, stakeholder, error);
}

/** tpt_stakeholders_table_move: to another customer; what names the row goes on naming it */
gboolean
tpt_stakeholders_table_move (TptSession  *session,
                             gint64       row,
                             gint64       customer,
                             GError     **error)
{
  g_autoptr (TptStatement) former = NULL;
  g_autoptr (TptStatement) statement = NULL;

  former = tpt_session_get (session, "SELECT customer FROM stakeholders WHERE id = ?1");
  tpt_statement_bind_int (former, 1, row);
  while (tpt_statement_next (former))
    tpt_session_mark (session, TPT_CHANGE_CUSTOMERS, tpt_statement_get_int (former, 0));
  if (!tpt_statement_check (former, error))
    return FALSE;
  statement = tpt_session_get (session, "UPDATE stakeholders SET customer = ?2 WHERE id = ?1");
  tpt_statement_bind_int (statement, 1, row);
  tpt_statement_bind_int (statement, 2, customer);
  tpt_session_mark (session, TPT_CHANGE_CUSTOMERS, customer);

  return tpt_statement_run (statement, error);
}

gboolean
tpt_stakeholders_table_remove (TptSession  *session,
                               gint64       row,
                               GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "DELETE FROM stakeholders WHERE id = ?1 "
                                        "RETURNING customer");
  tpt_statement_bind_int (statement, 1, row);
  while (tpt_statement_next (statement))
    tpt_session_mark (session, TPT_CHANGE_CUSTOMERS, tpt_statement_get_int (statement, 0));

  return tpt_statement_check (statement, error);
}

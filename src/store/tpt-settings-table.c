/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-settings-table.h"

#include "tpt-session.h"

#define TABLE "settings"
#define ACCOUNT "account"
#define ROW_FOR_NAME                                                                               \
  "(SELECT id FROM settings WHERE name = ?1 UNION ALL "                                            \
  "SELECT coalesce (max (id), 0) + 1 FROM settings LIMIT 1)"

static gboolean
remove_setting (TptSession  *session,
                const char  *name,
                GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "DELETE FROM settings WHERE name = ?1");
  tpt_statement_bind_text (statement, 1, name);
  tpt_session_mark (session, TPT_CHANGE_SETTINGS, 0);

  return tpt_statement_run (statement, error);
}

gboolean
tpt_settings_table_get_int (TptSession  *session,
                            const char  *name,
                            gint64      *value,
                            GError     **error)
{
  return tpt_session_lookup (session, "SELECT number FROM settings WHERE name = ?1", name, value,
                             error);
}

gboolean
tpt_settings_table_set_int (TptSession  *session,
                            const char  *name,
                            gint64       value,
                            GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  if (value == 0)
    return remove_setting (session, name, error);
  statement = tpt_session_get (session, "INSERT INTO settings (id, name, number) VALUES ("
                                        ROW_FOR_NAME ", ?1, ?2) "
                                        "ON CONFLICT (id) DO UPDATE SET number = ?2");
  tpt_statement_bind_text (statement, 1, name);
  tpt_statement_bind_int (statement, 2, value);
  tpt_session_mark (session, TPT_CHANGE_SETTINGS, 0);

  return tpt_statement_run (statement, error);
}

gboolean
tpt_settings_table_get_text (TptSession  *session,
                             const char  *name,
                             char       **value,
                             GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "SELECT text FROM settings WHERE name = ?1");
  tpt_statement_bind_text (statement, 1, name);
  *value = tpt_statement_next (statement) ? tpt_statement_dup_text (statement, 0) : NULL;

  return tpt_statement_check (statement, error);
}

/** tpt_settings_table_set_text: for what may be read by anybody who has the file */
gboolean
tpt_settings_table_set_text (TptSession  *session,
                             const char  *name,
                             const char  *value,
                             GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  if (value == NULL)
    return remove_setting (session, name, error);
  statement = tpt_session_get (session, "INSERT INTO settings (id, name, text) VALUES ("
                                        ROW_FOR_NAME ", ?1, ?2) "
                                        "ON CONFLICT (id) DO UPDATE SET text = ?2");
  tpt_statement_bind_text (statement, 1, name);
  tpt_statement_bind_text (statement, 2, value);
  tpt_session_mark (session, TPT_CHANGE_SETTINGS, 0);

  return tpt_statement_run (statement, error);
}

/* Leaves @pack without a field where there is no such setting. */
static gboolean
get_pack (TptSession  *session,
          const char  *name,
          TptPack     *pack,
          GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "SELECT id, sealed FROM settings "
                                        "WHERE name = ?1 AND sealed IS NOT NULL");
  tpt_statement_bind_text (statement, 1, name);
  if (!tpt_statement_next (statement))
    return tpt_statement_check (statement, error);

  return tpt_session_unseal (session, TABLE, "sealed", tpt_statement_get_int (statement, 0),
                             statement, 1, pack, error);
}

static gboolean
set_pack (TptSession  *session,
          const char  *name,
          TptPack     *pack,
          GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;
  g_autoptr (GByteArray) sealed = NULL;
  gint64 row;

  if (!tpt_session_lookup (session, "SELECT " ROW_FOR_NAME, name, &row, error))
    return FALSE;
  sealed = tpt_session_seal (session, TABLE, "sealed", row, pack);
  statement = tpt_session_get (session, "INSERT INTO settings (id, name, sealed) "
                                        "VALUES (?1, ?2, ?3) "
                                        "ON CONFLICT (id) DO UPDATE SET sealed = ?3");
  tpt_statement_bind_int (statement, 1, row);
  tpt_statement_bind_text (statement, 2, name);
  tpt_statement_bind_blob (statement, 3, sealed);
  tpt_session_mark (session, TPT_CHANGE_SETTINGS, 0);

  return tpt_statement_run (statement, error);
}

gboolean
tpt_settings_table_get_sealed (TptSession  *session,
                               const char  *name,
                               char       **value,
                               GError     **error)
{
  g_auto (TptPack) pack = { 0 };

  *value = NULL;
  tpt_pack_init (&pack);
  if (!get_pack (session, name, &pack, error))
    return FALSE;
  *value = tpt_pack_take_string (&pack);

  return tpt_session_check_pack (&pack, TABLE, 0, error);
}

gboolean
tpt_settings_table_set_sealed (TptSession  *session,
                               const char  *name,
                               const char  *value,
                               GError     **error)
{
  g_auto (TptPack) pack = { 0 };

  if (value == NULL)
    return remove_setting (session, name, error);
  tpt_pack_init (&pack);
  tpt_pack_put_string (&pack, value);

  return set_pack (session, name, &pack, error);
}

/**
 * tpt_settings_table_get_account:
 *
 * (nullable): whose data this is; stays after signing out with the data kept.
 */
gboolean
tpt_settings_table_get_account (TptSession  *session,
                                TptUser    **account,
                                GError     **error)
{
  g_autoptr (TptUser) user = tpt_user_new ();
  g_auto (TptPack) pack = { 0 };

  *account = NULL;
  tpt_pack_init (&pack);
  if (!get_pack (session, ACCOUNT, &pack, error))
    return FALSE;
  user->uri = tpt_pack_take_string (&pack);
  user->name = tpt_pack_take_string (&pack);
  user->email = tpt_pack_take_string (&pack);
  user->organization = tpt_pack_take_string (&pack);
  user->timezone = tpt_pack_take_string (&pack);
  user->scheduling_url = tpt_pack_take_string (&pack);
  user->role = tpt_pack_take_string (&pack);
  user->plan = tpt_pack_take_string (&pack);
  user->organization_name = tpt_pack_take_string (&pack);
  if (!tpt_session_check_pack (&pack, TABLE, 0, error))
    return FALSE;
  if (user->uri != NULL)
    *account = g_steal_pointer (&user);

  return TRUE;
}

/** tpt_settings_table_set_account: @account may be %NULL */
gboolean
tpt_settings_table_set_account (TptSession  *session,
                                TptUser     *account,
                                GError     **error)
{
  g_auto (TptPack) pack = { 0 };

  if (account == NULL)
    return remove_setting (session, ACCOUNT, error);
  tpt_pack_init (&pack);
  tpt_pack_put_string (&pack, account->uri);
  tpt_pack_put_string (&pack, account->name);
  tpt_pack_put_string (&pack, account->email);
  tpt_pack_put_string (&pack, account->organization);
  tpt_pack_put_string (&pack, account->timezone);
  tpt_pack_put_string (&pack, account->scheduling_url);
  tpt_pack_put_string (&pack, account->role);
  tpt_pack_put_string (&pack, account->plan);
  tpt_pack_put_string (&pack, account->organization_name);

  return set_pack (session, ACCOUNT, &pack, error);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-event-types-table.h"

#include "tpt-session.h"
#include "tpt-settings-table.h"

#define TABLE "event_types"
#define COLUMNS                                                                                    \
  "id, uri, duration, active, secret, is_paid, deleted, created_at, updated_at, sealed"

/* What a person said stands in the settings, where no pull comes and every backup looks. */
#define OWN_CATEGORY "event-type.category "
#define SELECT                                                                                     \
  "SELECT " COLUMNS ", (SELECT text FROM settings WHERE name = '" OWN_CATEGORY "' || uri) "        \
  "FROM event_types "

#define COLUMN_SEALED 9
#define COLUMN_OWN_CATEGORY 10

static void
pack_event_type (TptPack      *pack,
                 TptEventType *event_type)
{
  tpt_pack_put_string (pack, event_type->name);
  tpt_pack_put_string (pack, event_type->slug);
  tpt_pack_put_string (pack, event_type->scheduling_url);
  tpt_pack_put_string (pack, event_type->description);
  tpt_pack_put_string (pack, event_type->kind);
  tpt_pack_put_string (pack, event_type->pooling_type);
  tpt_pack_put_string (pack, event_type->type);
  tpt_pack_put_string (pack, event_type->category);
  tpt_pack_put_string (pack, event_type->color);
  tpt_pack_put_string (pack, event_type->profile_owner);
  tpt_pack_put_string (pack, event_type->location_kind);
}

static void
unpack_event_type (TptPack      *pack,
                   TptEventType *event_type)
{
  event_type->name = tpt_pack_take_string (pack);
  event_type->slug = tpt_pack_take_string (pack);
  event_type->scheduling_url = tpt_pack_take_string (pack);
  event_type->description = tpt_pack_take_string (pack);
  event_type->kind = tpt_pack_take_string (pack);
  event_type->pooling_type = tpt_pack_take_string (pack);
  event_type->type = tpt_pack_take_string (pack);
  event_type->category = tpt_pack_take_string (pack);
  event_type->color = tpt_pack_take_string (pack);
  event_type->profile_owner = tpt_pack_take_string (pack);
  event_type->location_kind = tpt_pack_take_string (pack);
}

static TptEventType *
read_event_type (TptSession    *session,
                 TptStatement  *statement,
                 GError       **error)
{
  g_autoptr (TptEventType) event_type = tpt_event_type_new ();
  g_auto (TptPack) pack = { 0 };
  gint64 row = tpt_statement_get_int (statement, 0);

  tpt_pack_init (&pack);
  event_type->uri = tpt_statement_dup_text (statement, 1);
  event_type->duration = (int) tpt_statement_get_int (statement, 2);
  event_type->active = tpt_statement_get_int (statement, 3) != 0;
  event_type->secret = tpt_statement_get_int (statement, 4) != 0;
  event_type->is_paid = tpt_statement_get_int (statement, 5) != 0;
  event_type->deleted = tpt_statement_get_int (statement, 6) != 0;
  event_type->created_at = tpt_statement_get_int (statement, 7);
  event_type->updated_at = tpt_statement_get_int (statement, 8);
  event_type->own_category = tpt_statement_dup_text (statement, COLUMN_OWN_CATEGORY);
  if (!tpt_session_unseal (session, TABLE, "sealed", row, statement, COLUMN_SEALED, &pack, error))
    return NULL;
  unpack_event_type (&pack, event_type);
  if (!tpt_session_check_pack (&pack, TABLE, row, error))
    return NULL;

  return g_steal_pointer (&event_type);
}

/** tpt_event_types_table_list: (element-type TptEventType): all, in the order in which they came */
gboolean
tpt_event_types_table_list (TptSession  *session,
                            GPtrArray  **event_types,
                            GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  statement = tpt_session_get (session, SELECT "ORDER BY id");
  while (tpt_statement_next (statement))
    {
      TptEventType *event_type = read_event_type (session, statement, error);

      if (event_type == NULL)
        return FALSE;
      g_ptr_array_add (found, event_type);
    }
  *event_types = g_steal_pointer (&found);

  return tpt_statement_check (statement, error);
}

gboolean
tpt_event_types_table_find (TptSession    *session,
                            const char    *uri,
                            TptEventType **event_type,
                            GError       **error)
{
  g_autoptr (TptStatement) statement = NULL;

  *event_type = NULL;
  statement = tpt_session_get (session, SELECT "WHERE uri = ?1");
  tpt_statement_bind_text (statement, 1, uri);
  if (!tpt_statement_next (statement))
    return tpt_statement_check (statement, error);
  *event_type = read_event_type (session, statement, error);

  return *event_type != NULL;
}

/** tpt_event_types_table_save: new, or known by its URI; its own category stays as it is */
gboolean
tpt_event_types_table_save (TptSession    *session,
                            TptEventType  *event_type,
                            GError       **error)
{
  g_autoptr (GByteArray) sealed = NULL;
  g_autoptr (TptStatement) statement = NULL;
  g_auto (TptPack) pack = { 0 };
  gint64 row;

  g_return_val_if_fail (event_type->uri != NULL, FALSE);

  if (!tpt_session_lookup (session,
                           "SELECT id FROM event_types WHERE uri = ?1 UNION ALL "
                           "SELECT coalesce (max (id), 0) + 1 FROM event_types LIMIT 1",
                           event_type->uri, &row, error))
    return FALSE;
  tpt_pack_init (&pack);
  pack_event_type (&pack, event_type);
  sealed = tpt_session_seal (session, TABLE, "sealed", row, &pack);
  statement = tpt_session_get (session,
    "INSERT INTO event_types (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
    "ON CONFLICT (id) DO UPDATE SET duration = excluded.duration, active = excluded.active, "
    "secret = excluded.secret, is_paid = excluded.is_paid, deleted = excluded.deleted, "
    "created_at = excluded.created_at, updated_at = excluded.updated_at, "
    "sealed = excluded.sealed");
  tpt_statement_bind_int (statement, 1, row);
  tpt_statement_bind_text (statement, 2, event_type->uri);
  tpt_statement_bind_int (statement, 3, event_type->duration);
  tpt_statement_bind_int (statement, 4, event_type->active);
  tpt_statement_bind_int (statement, 5, event_type->secret);
  tpt_statement_bind_int (statement, 6, event_type->is_paid);
  tpt_statement_bind_int (statement, 7, event_type->deleted);
  tpt_statement_bind_int (statement, 8, event_type->created_at);
  tpt_statement_bind_int (statement, 9, event_type->updated_at);
  tpt_statement_bind_blob (statement, 10, sealed);
  tpt_session_mark (session, TPT_CHANGE_EVENT_TYPES, 0);

  return tpt_statement_run (statement, error);
}

gboolean
tpt_event_types_table_remove (TptSession  *session,
                              const char  *uri,
                              GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "DELETE FROM event_types WHERE uri = ?1");
  tpt_statement_bind_text (statement, 1, uri);
  tpt_session_mark (session, TPT_CHANGE_EVENT_TYPES, 0);

  return tpt_statement_run (statement, error);
}

/**
 * tpt_event_types_table_set_category:
 * @category: (nullable): one of tpt_event_type_categories; %NULL: what its name says
 *
 * What a person says of the event type @uri. No pull changes it.
 */
gboolean
tpt_event_types_table_set_category (TptSession  *session,
                                    const char  *uri,
                                    const char  *category,
                                    GError     **error)
{
  g_autofree char *name = g_strconcat (OWN_CATEGORY, uri, NULL);

  g_return_val_if_fail (category == NULL
                        || g_strv_contains (tpt_event_type_categories, category), FALSE);

  tpt_session_mark (session, TPT_CHANGE_EVENT_TYPES, 0);

  return tpt_settings_table_set_text (session, name, category, error);
}

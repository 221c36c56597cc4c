/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-links-table.h"

#include "tpt-session.h"

#define TABLE "links"
#define COLUMNS                                                                                    \
  "id, tracking, kind, event_type, customer, stakeholder, origin, created_at, state, "             \
  "attribution, booked_at, invitee, meeting, sealed"

#define COLUMN_SEALED 13

static void
read_columns (TptLink      *link,
              TptStatement *statement)
{
  int i = 1;

  link->id = tpt_statement_dup_text (statement, i++);
  link->kind = (TptLinkKind) tpt_statement_get_int (statement, i++);
  link->event_type = tpt_statement_dup_text (statement, i++);
  link->customer = tpt_statement_get_int (statement, i++);
  link->stakeholder = tpt_statement_get_int (statement, i++);
  link->origin = tpt_statement_dup_text (statement, i++);
  link->created_at = tpt_statement_get_int (statement, i++);
  link->state = (TptLinkState) tpt_statement_get_int (statement, i++);
  link->attribution = (TptAttribution) tpt_statement_get_int (statement, i++);
  link->booked_at = tpt_statement_get_int (statement, i++);
  link->invitee = tpt_statement_dup_text (statement, i++);
  link->meeting = tpt_statement_dup_text (statement, i++);
  g_assert (i == COLUMN_SEALED);
}

static TptLink *
read_link (TptSession    *session,
           TptStatement  *statement,
           GError       **error)
{
  g_autoptr (TptLink) link = tpt_link_new ();
  g_auto (TptPack) pack = { 0 };
  gint64 row = tpt_statement_get_int (statement, 0);

  tpt_pack_init (&pack);
  read_columns (link, statement);
  if (!tpt_session_unseal (session, TABLE, "sealed", row, statement, COLUMN_SEALED, &pack, error))
    return NULL;
  link->booking_url = tpt_pack_take_string (&pack);
  link->url = tpt_pack_take_string (&pack);
  link->event_type_name = tpt_pack_take_string (&pack);
  link->customer_name = tpt_pack_take_string (&pack);
  link->invitee_name = tpt_pack_take_string (&pack);
  link->invitee_email = tpt_pack_take_string (&pack);
  if (!tpt_session_check_pack (&pack, TABLE, row, error))
    return NULL;

  return g_steal_pointer (&link);
}

static gboolean
list_by_number (TptSession  *session,
                const char  *sql,
                gint64       number,
                GPtrArray  **links,
                GError     **error)
{
  g_autoptr (TptStatement) statement = tpt_session_get (session, sql);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  tpt_statement_bind_int (statement, 1, number);
  while (tpt_statement_next (statement))
    {
      TptLink *link = read_link (session, statement, error);

      if (link == NULL)
        return FALSE;
      g_ptr_array_add (found, link);
    }
  *links = g_steal_pointer (&found);

  return tpt_statement_check (statement, error);
}

static gboolean
find_one (TptSession  *session,
          const char  *sql,
          const char  *text,
          TptLink    **link,
          GError     **error)
{
  g_autoptr (TptStatement) statement = tpt_session_get (session, sql);

  *link = NULL;
  tpt_statement_bind_text (statement, 1, text);
  if (!tpt_statement_next (statement))
    return tpt_statement_check (statement, error);
  *link = read_link (session, statement, error);

  return *link != NULL;
}

/** tpt_links_table_list: (element-type TptLink): of @customer, 0 all; newest first */
gboolean
tpt_links_table_list (TptSession  *session,
                      gint64       customer,
                      GPtrArray  **links,
                      GError     **error)
{
  if (customer == 0)
    return list_by_number (session,
                           "SELECT " COLUMNS " FROM links WHERE ?1 = 0 "
                           "ORDER BY created_at DESC, id DESC",
                           0, links, error);

  return list_by_number (session,
                         "SELECT " COLUMNS " FROM links WHERE customer = ?1 "
                         "ORDER BY created_at DESC, id DESC",
                         customer, links, error);
}

/** tpt_links_table_list_email: those that were made for that address; newest first */
gboolean
tpt_links_table_list_email (TptSession  *session,
                            const char  *email,
                            GPtrArray  **links,
                            GError     **error)
{
  return list_by_number (session,
                         "SELECT " COLUMNS " FROM links WHERE email_key = ?1 "
                         "ORDER BY created_at DESC, id DESC",
                         tpt_session_email_key (session, email), links, error);
}

gboolean
tpt_links_table_find (TptSession  *session,
                      const char  *id,
                      TptLink    **link,
                      GError     **error)
{
  return find_one (session, "SELECT " COLUMNS " FROM links WHERE tracking = ?1", id, link, error);
}

/** tpt_links_table_find_invitee: the link whose newest booking @invitee (a URI) is */
gboolean
tpt_links_table_find_invitee (TptSession  *session,
                              const char  *invitee,
                              TptLink    **link,
                              GError     **error)
{
  return find_one (session,
                   "SELECT " COLUMNS " FROM links WHERE invitee = ?1 ORDER BY id LIMIT 1",
                   invitee, link, error);
}

gboolean
tpt_links_table_is_empty (TptSession  *session,
                          gboolean    *empty,
                          GError     **error)
{
  gint64 any;

  if (!tpt_sqlite_query_int (session->sqlite, "SELECT EXISTS (SELECT 1 FROM links)", &any, error))
    return FALSE;
  *empty = any == 0;

  return TRUE;
}

static GByteArray *
seal_link (TptSession *session,
           TptLink    *link,
           gint64      row)
{
  g_auto (TptPack) pack = { 0 };

  tpt_pack_init (&pack);
  tpt_pack_put_string (&pack, link->booking_url);
  tpt_pack_put_string (&pack, link->url);
  tpt_pack_put_string (&pack, link->event_type_name);
  tpt_pack_put_string (&pack, link->customer_name);
  tpt_pack_put_string (&pack, link->invitee_name);
  tpt_pack_put_string (&pack, link->invitee_email);

  return tpt_session_seal (session, TABLE, "sealed", row, &pack);
}

static void
bind_columns (TptStatement *statement,
              TptLink      *link,
              gint64        row)
{
  int i = 1;

  tpt_statement_bind_int (statement, i++, row);
  tpt_statement_bind_text (statement, i++, link->id);
  tpt_statement_bind_int (statement, i++, link->kind);
  tpt_statement_bind_text (statement, i++, link->event_type);
  tpt_statement_bind_row (statement, i++, link->customer);
  tpt_statement_bind_row (statement, i++, link->stakeholder);
  tpt_statement_bind_text (statement, i++, link->origin);
  tpt_statement_bind_int (statement, i++, link->created_at);
  tpt_statement_bind_int (statement, i++, link->state);
  tpt_statement_bind_int (statement, i++, link->attribution);
  tpt_statement_bind_int (statement, i++, link->booked_at);
  tpt_statement_bind_text (statement, i++, link->invitee);
  tpt_statement_bind_text (statement, i++, link->meeting);
}

/** tpt_links_table_save: a new line of the ledger, or one known by its id */
gboolean
tpt_links_table_save (TptSession  *session,
                      TptLink     *link,
                      GError     **error)
{
  g_autoptr (GByteArray) sealed = NULL;
  g_autoptr (TptStatement) statement = NULL;
  gint64 row;

  g_return_val_if_fail (link->id != NULL, FALSE);

  if (!tpt_session_lookup (session,
                           "SELECT id FROM links WHERE tracking = ?1 UNION ALL "
                           "SELECT coalesce (max (id), 0) + 1 FROM links LIMIT 1",
                           link->id, &row, error))
    return FALSE;
  sealed = seal_link (session, link, row);
  statement = tpt_session_get (session,
    "INSERT INTO links (" COLUMNS ", email_key) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
    "?11, ?12, ?13, ?14, ?15) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, "
    "event_type = excluded.event_type, customer = excluded.customer, "
    "stakeholder = excluded.stakeholder, origin = excluded.origin, "
    "created_at = excluded.created_at, state = excluded.state, "
    "attribution = excluded.attribution, booked_at = excluded.booked_at, "
    "invitee = excluded.invitee, meeting = excluded.meeting, sealed = excluded.sealed, "
    "email_key = excluded.email_key");
  bind_columns (statement, link, row);
  tpt_statement_bind_blob (statement, COLUMN_SEALED + 1, sealed);
  tpt_statement_bind_row (statement, COLUMN_SEALED + 2,
                          tpt_session_email_key (session, link->invitee_email));
  tpt_session_mark (session, TPT_CHANGE_LINKS, link->customer);

  return tpt_statement_run (statement, error);
}

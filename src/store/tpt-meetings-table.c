/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-meetings-table.h"

#include "tpt-invitees-table.h"
#include "tpt-session.h"

#define TABLE "meetings"

#define COLUMNS                                                                                    \
  "id, uri, event_type, start_at, end_at, location_type, location_status, booking_method, "        \
  "created_at, updated_at, canceled_at, canceler, canceled, invitees_total, invitees_active, "     \
  "invitees_limit, first_synced_at, last_synced_at, source, sealed"

#define BY_URI "WHERE uri_key = key_of (?1) AND uri = ?1"

enum
{
  COLUMN_SEALED = 19,
};

static void
pack_meeting (TptPack    *pack,
              TptMeeting *meeting)
{
  tpt_pack_put_string (pack, meeting->name);
  tpt_pack_put_string (pack, meeting->location);
  tpt_pack_put_string (pack, meeting->join_url);
  tpt_pack_put_string (pack, meeting->notes_plain);
  tpt_pack_put_string (pack, meeting->notes_html);
  tpt_pack_put_string (pack, meeting->cancel_reason);
  tpt_pack_put_string (pack, meeting->canceled_by);
  tpt_pack_put_strv (pack, (const char *const *) meeting->guests);
  tpt_pack_put_count (pack, meeting->hosts->len);
  for (guint i = 0; i < meeting->hosts->len; i++)
    {
      TptHost *host = g_ptr_array_index (meeting->hosts, i);

      tpt_pack_put_string (pack, host->uri);
      tpt_pack_put_string (pack, host->name);
      tpt_pack_put_string (pack, host->email);
    }
}

static void
unpack_meeting (TptPack    *pack,
                TptMeeting *meeting)
{
  guint count;

  meeting->name = tpt_pack_take_string (pack);
  meeting->location = tpt_pack_take_string (pack);
  meeting->join_url = tpt_pack_take_string (pack);
  meeting->notes_plain = tpt_pack_take_string (pack);
  meeting->notes_html = tpt_pack_take_string (pack);
  meeting->cancel_reason = tpt_pack_take_string (pack);
  meeting->canceled_by = tpt_pack_take_string (pack);
  g_strfreev (meeting->guests);
  meeting->guests = tpt_pack_take_strv (pack);
  count = tpt_pack_take_count (pack);
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *uri = tpt_pack_take_string (pack);
      g_autofree char *name = tpt_pack_take_string (pack);
      g_autofree char *email = tpt_pack_take_string (pack);

      tpt_meeting_add_host (meeting, uri, name, email);
    }
}

static void
read_columns (TptMeeting   *meeting,
              TptStatement *statement)
{
  int i = 0;

  meeting->id = tpt_statement_get_int (statement, i++);
  meeting->uri = tpt_statement_dup_text (statement, i++);
  meeting->event_type = tpt_statement_dup_text (statement, i++);
  meeting->start = tpt_statement_get_int (statement, i++);
  meeting->end = tpt_statement_get_int (statement, i++);
  meeting->location_type = tpt_statement_dup_text (statement, i++);
  meeting->location_status = tpt_statement_dup_text (statement, i++);
  meeting->booking_method = tpt_statement_dup_text (statement, i++);
  meeting->created_at = tpt_statement_get_int (statement, i++);
  meeting->updated_at = tpt_statement_get_int (statement, i++);
  meeting->canceled_at = tpt_statement_get_int (statement, i++);
  meeting->canceler = (TptCanceler) tpt_statement_get_int (statement, i++);
  meeting->canceled = tpt_statement_get_int (statement, i++) != 0;
  meeting->invitees_total = (int) tpt_statement_get_int (statement, i++);
  meeting->invitees_active = (int) tpt_statement_get_int (statement, i++);
  meeting->invitees_limit = (int) tpt_statement_get_int (statement, i++);
  meeting->first_synced_at = tpt_statement_get_int (statement, i++);
  meeting->last_synced_at = tpt_statement_get_int (statement, i++);
  meeting->source = (TptSource) tpt_statement_get_int (statement, i++);
  g_assert (i == COLUMN_SEALED);
}

/* The meeting in the current row of @statement, with its invitees. */
static TptMeeting *
read_meeting (TptSession    *session,
              TptStatement  *statement,
              GError       **error)
{
  g_autoptr (TptMeeting) meeting = tpt_meeting_new ();
  g_auto (TptPack) pack = { 0 };

  tpt_pack_init (&pack);
  read_columns (meeting, statement);
  if (!tpt_session_unseal (session, TABLE, "sealed", meeting->id, statement, COLUMN_SEALED, &pack,
                           error))
    return NULL;
  unpack_meeting (&pack, meeting);
  if (!tpt_session_check_pack (&pack, TABLE, meeting->id, error)
      || !tpt_invitees_table_list_meeting (session, meeting->id, meeting->invitees, error))
    return NULL;

  return g_steal_pointer (&meeting);
}

/* The one meeting that @statement finds, with everything that is stored of it. */
static gboolean
read_one (TptSession    *session,
          TptStatement  *statement,
          TptMeeting   **meeting,
          GError       **error)
{
  g_autoptr (TptMeeting) found = NULL;

  *meeting = NULL;
  if (!tpt_statement_next (statement))
    return tpt_statement_check (statement, error);
  found = read_meeting (session, statement, error);
  if (found == NULL)
    return FALSE;
  *meeting = g_steal_pointer (&found);

  return TRUE;
}

/** tpt_meetings_table_find: with its invitees */
gboolean
tpt_meetings_table_find (TptSession  *session,
                         const char  *uri,
                         TptMeeting **meeting,
                         GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "SELECT " COLUMNS " FROM meetings " BY_URI);
  tpt_statement_bind_text (statement, 1, uri);

  return read_one (session, statement, meeting, error);
}

/** tpt_meetings_table_find_row: @row is 0 where the meeting is not known */
gboolean
tpt_meetings_table_find_row (TptSession  *session,
                             const char  *uri,
                             gint64      *row,
                             GError     **error)
{
  return tpt_session_lookup (session, "SELECT id FROM meetings " BY_URI, uri, row, error);
}

/** tpt_meetings_table_load: as tpt_meetings_table_find(), by row */
gboolean
tpt_meetings_table_load (TptSession  *session,
                         gint64       row,
                         TptMeeting **meeting,
                         GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "SELECT " COLUMNS " FROM meetings WHERE id = ?1");
  tpt_statement_bind_int (statement, 1, row);

  return read_one (session, statement, meeting, error);
}

/* Only the conditions that are set, so that SQLite can choose the best index for them. Whether a
 * booking was superseded is asked of the customer's own, where there is one: in a group, another
 * one may still stand. */
static char *
make_list_sql (const TptMeetingQuery *query)
{
  GString *sql = g_string_new ("SELECT " COLUMNS " FROM meetings AS m WHERE 1");

  if (query->uri != NULL)
    g_string_append (sql, " AND uri_key = key_of (?1) AND uri = ?1");
  if (query->customer != 0)
    g_string_append_printf (sql, " AND id IN (SELECT meeting FROM invitees WHERE customer = ?2%s)",
                            query->with_superseded ? "" : " AND NOT (canceled AND rescheduled)");
  if (query->range.start != TPT_TIME_NONE)
    g_string_append (sql, " AND start_at >= ?3");
  if (query->range.end != TPT_TIME_NONE)
    g_string_append (sql, " AND start_at < ?4");
  if (query->host_email != NULL)
    g_string_append (sql, " AND id IN (SELECT meeting FROM hosts WHERE email_key = ?5)");
  if (!query->with_superseded && query->customer == 0)
    g_string_append (sql, " AND (EXISTS (SELECT 1 FROM invitees AS i WHERE i.meeting = m.id"
                          " AND NOT (i.canceled AND i.rescheduled))"
                          " OR NOT EXISTS (SELECT 1 FROM invitees AS i WHERE i.meeting = m.id))");
  g_string_append (sql, query->descending ? " ORDER BY start_at DESC, id DESC"
                                          : " ORDER BY start_at, id");
  g_string_append (sql, " LIMIT ?6");

  return g_string_free (sql, FALSE);
}

static void
bind_query (TptSession            *session,
            TptStatement          *statement,
            const TptMeetingQuery *query)
{
  if (query->uri != NULL)
    tpt_statement_bind_text (statement, 1, query->uri);
  if (query->customer != 0)
    tpt_statement_bind_int (statement, 2, query->customer);
  if (query->range.start != TPT_TIME_NONE)
    tpt_statement_bind_int (statement, 3, query->range.start);
  if (query->range.end != TPT_TIME_NONE)
    tpt_statement_bind_int (statement, 4, query->range.end);
  if (query->host_email != NULL)
    tpt_statement_bind_int (statement, 5, tpt_session_email_key (session, query->host_email));
  tpt_statement_bind_int (statement, 6, query->limit != 0 ? (gint64) query->limit : -1);
}

/**
 * tpt_meetings_table_list:
 * @meetings: (out) (element-type TptMeeting): with their invitees
 */
gboolean
tpt_meetings_table_list (TptSession             *session,
                         const TptMeetingQuery  *query,
                         GPtrArray             **meetings,
                         GError                **error)
{
  g_autofree char *sql = make_list_sql (query);
  g_autoptr (TptStatement) statement = tpt_session_get (session, sql);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  bind_query (session, statement, query);
  while (tpt_statement_next (statement))
    {
      TptMeeting *meeting = read_meeting (session, statement, error);

      if (meeting == NULL)
        return FALSE;
      g_ptr_array_add (found, meeting);
    }
  *meetings = g_steal_pointer (&found);

  return tpt_statement_check (statement, error);
}

gboolean
tpt_meetings_table_count (TptSession  *session,
                          gint64      *count,
                          GError     **error)
{
  return tpt_sqlite_query_int (session->sqlite, "SELECT count(*) FROM meetings", count, error);
}

static gboolean
clear_hosts (TptSession  *session,
             gint64       row,
             GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "DELETE FROM hosts WHERE meeting = ?1");
  tpt_statement_bind_int (statement, 1, row);

  return tpt_statement_run (statement, error);
}

static gboolean
save_hosts (TptSession  *session,
            TptMeeting  *meeting,
            GError     **error)
{
  for (guint i = 0; i < meeting->hosts->len; i++)
    {
      g_autoptr (TptStatement) statement = NULL;
      TptHost *host = g_ptr_array_index (meeting->hosts, i);

      if (host->email == NULL)
        continue;
      statement = tpt_session_get (session, "INSERT OR IGNORE INTO hosts (meeting, email_key) "
                                            "VALUES (?1, ?2)");
      tpt_statement_bind_int (statement, 1, meeting->id);
      tpt_statement_bind_int (statement, 2, tpt_session_email_key (session, host->email));
      if (!tpt_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

/* The customers who are in it, as their figures depend on its times. */
static gboolean
mark_customers (TptSession  *session,
                gint64       row,
                GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "SELECT DISTINCT customer FROM invitees "
                                        "WHERE meeting = ?1 AND customer IS NOT NULL");
  tpt_statement_bind_int (statement, 1, row);
  while (tpt_statement_next (statement))
    tpt_session_mark (session, TPT_CHANGE_MEETINGS, tpt_statement_get_int (statement, 0));

  return tpt_statement_check (statement, error);
}

static void
bind_columns (TptStatement *statement,
              TptMeeting   *meeting)
{
  int i = 1;

  tpt_statement_bind_int (statement, i++, meeting->id);
  tpt_statement_bind_text (statement, i++, meeting->uri);
  tpt_statement_bind_text (statement, i++, meeting->event_type);
  tpt_statement_bind_int (statement, i++, meeting->start);
  tpt_statement_bind_int (statement, i++, meeting->end);
  tpt_statement_bind_text (statement, i++, meeting->location_type);
  tpt_statement_bind_text (statement, i++, meeting->location_status);
  tpt_statement_bind_text (statement, i++, meeting->booking_method);
  tpt_statement_bind_int (statement, i++, meeting->created_at);
  tpt_statement_bind_int (statement, i++, meeting->updated_at);
  tpt_statement_bind_int (statement, i++, meeting->canceled_at);
  tpt_statement_bind_int (statement, i++, meeting->canceler);
  tpt_statement_bind_int (statement, i++, meeting->canceled);
  tpt_statement_bind_int (statement, i++, meeting->invitees_total);
  tpt_statement_bind_int (statement, i++, meeting->invitees_active);
  tpt_statement_bind_int (statement, i++, meeting->invitees_limit);
  tpt_statement_bind_int (statement, i++, meeting->first_synced_at);
  tpt_statement_bind_int (statement, i++, meeting->last_synced_at);
  tpt_statement_bind_int (statement, i++, meeting->source);
}

/**
 * tpt_meetings_table_save_at:
 * @row: where the event is, or 0: nothing is known of its URI in this transaction
 *
 * As tpt_meetings_table_save(), for who has looked already.
 */
gboolean
tpt_meetings_table_save_at (TptSession  *session,
                            TptMeeting  *meeting,
                            gint64       row,
                            GError     **error)
{
  g_autoptr (GByteArray) sealed = NULL;
  g_autoptr (TptStatement) statement = NULL;
  g_auto (TptPack) pack = { 0 };
  gboolean is_new = row == 0;

  g_return_val_if_fail (meeting->uri != NULL, FALSE);

  meeting->id = row;
  if (is_new
      && !tpt_session_take_row (session, &session->next_meeting,
                                "SELECT coalesce (max (id), 0) + 1 FROM meetings", &meeting->id,
                                error))
    return FALSE;

  tpt_pack_init (&pack);
  pack_meeting (&pack, meeting);
  sealed = tpt_session_seal (session, TABLE, "sealed", meeting->id, &pack);
  statement = tpt_session_get (session,
    "INSERT INTO meetings (" COLUMNS ", uri_key, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
    "?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, key_of (?2), 0) "
    "ON CONFLICT (id) DO UPDATE SET "
    "event_type = excluded.event_type, start_at = excluded.start_at, end_at = excluded.end_at, "
    "location_type = excluded.location_type, location_status = excluded.location_status, "
    "booking_method = excluded.booking_method, created_at = excluded.created_at, "
    "updated_at = excluded.updated_at, canceled_at = excluded.canceled_at, "
    "canceler = excluded.canceler, canceled = excluded.canceled, "
    "invitees_total = excluded.invitees_total, invitees_active = excluded.invitees_active, "
    "invitees_limit = excluded.invitees_limit, first_synced_at = excluded.first_synced_at, "
    "last_synced_at = excluded.last_synced_at, source = excluded.source, "
    "sealed = excluded.sealed, digest = 0");
  bind_columns (statement, meeting);
  tpt_statement_bind_blob (statement, COLUMN_SEALED + 1, sealed);
  tpt_session_mark_meeting (session, meeting->id);

  /* What is new has neither hosts nor invitees yet. */
  return tpt_statement_run (statement, error)
         && (is_new || clear_hosts (session, meeting->id, error))
         && save_hosts (session, meeting, error)
         && (is_new || mark_customers (session, meeting->id, error));
}

/**
 * tpt_meetings_table_save:
 *
 * Writes the event itself, new or known by its URI, as it is; its invitees have a table of their
 * own. Sets the row of @meeting.
 */
gboolean
tpt_meetings_table_save (TptSession  *session,
                         TptMeeting  *meeting,
                         GError     **error)
{
  gint64 row;

  return tpt_meetings_table_find_row (session, meeting->uri, &row, error)
         && tpt_meetings_table_save_at (session, meeting, row, error);
}

/** tpt_meetings_table_set_synced: seen again and unchanged; not a change that anybody is told of */
gboolean
tpt_meetings_table_set_synced (TptSession  *session,
                               gint64       row,
                               TptTime      at,
                               GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "UPDATE meetings SET last_synced_at = ?2 WHERE id = ?1");
  tpt_statement_bind_int (statement, 1, row);
  tpt_statement_bind_int (statement, 2, at);

  return tpt_statement_run (statement, error);
}

/** tpt_meetings_table_remove: with its invitees */
gboolean
tpt_meetings_table_remove (TptSession  *session,
                           const char  *uri,
                           GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;
  gint64 row;

  if (!tpt_meetings_table_find_row (session, uri, &row, error))
    return FALSE;
  if (row == 0)
    return TRUE;
  tpt_session_mark_meeting (session, row);
  if (!mark_customers (session, row, error))
    return FALSE;
  statement = tpt_session_get (session, "DELETE FROM meetings WHERE id = ?1");
  tpt_statement_bind_int (statement, 1, row);

  return tpt_statement_run (statement, error);
}

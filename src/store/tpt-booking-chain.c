/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-booking-chain.h"

#define BY_URI "WHERE uri_key = key_of (?1) AND uri = ?1"

static gboolean
contains (GArray *rows,
          gint64  row)
{
  for (guint i = 0; i < rows->len; i++)
    {
      if (g_array_index (rows, gint64, i) == row)
        return TRUE;
    }

  return FALSE;
}

/* Adds the rows that @statement gives; claims that lead in a circle come to an end here. */
static gboolean
take_rows (TptStatement  *statement,
           GArray        *rows,
           GError       **error)
{
  while (tpt_statement_next (statement))
    {
      gint64 row = tpt_statement_get_int (statement, 0);

      if (row != 0 && !contains (rows, row))
        g_array_append_val (rows, row);
    }

  return tpt_statement_check (statement, error);
}

static gboolean
take_by_row (TptSession  *session,
             const char  *sql,
             gint64       row,
             GArray      *rows,
             GError     **error)
{
  g_autoptr (TptStatement) statement = tpt_session_get (session, sql);

  tpt_statement_bind_int (statement, 1, row);

  return take_rows (statement, rows, error);
}

static gboolean
take_by_text (TptSession  *session,
              const char  *sql,
              const char  *text,
              GArray      *rows,
              GError     **error)
{
  g_autoptr (TptStatement) statement = tpt_session_get (session, sql);

  tpt_statement_bind_text (statement, 1, text);

  return take_rows (statement, rows, error);
}

static gboolean
take_previous (TptSession  *session,
               gint64       row,
               GArray      *rows,
               GError     **error)
{
  return take_by_row (session, "SELECT previous FROM invitees WHERE id = ?1", row, rows, error);
}

static gboolean
take_next (TptSession  *session,
           gint64       row,
           GArray      *rows,
           GError     **error)
{
  return take_by_row (session, "SELECT id FROM invitees WHERE previous = ?1", row, rows, error);
}

/* From the one booking in @rows to all of its chain. */
static gboolean
walk (TptSession  *session,
      GArray      *rows,
      GError     **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);

      if (!take_previous (session, row, rows, error) || !take_next (session, row, rows, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * tpt_booking_chain_list:
 * @rows: (out) (element-type gint64): in no order; none where @uri is not known
 */
gboolean
tpt_booking_chain_list (TptSession  *session,
                        const char  *uri,
                        GArray     **rows,
                        GError     **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!take_by_text (session, "SELECT id FROM invitees " BY_URI, uri, found, error)
      || !walk (session, found, error))
    return FALSE;
  *rows = g_steal_pointer (&found);

  return TRUE;
}

/**
 * tpt_booking_chain_list_alike:
 * @rows: (out) (element-type gint64): of the chain of the booking in @row, itself included, those
 *   that have the same customer for the same reason
 */
gboolean
tpt_booking_chain_list_alike (TptSession  *session,
                              gint64       row,
                              GArray     **rows,
                              GError     **error)
{
  g_autoptr (GArray) chain = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (chain, row);
  if (!walk (session, chain, error))
    return FALSE;
  for (guint i = 0; i < chain->len; i++)
    {
      g_autoptr (TptStatement) statement = NULL;

      statement = tpt_session_get (session,
                                   "SELECT other.id FROM invitees AS own, invitees AS other "
                                   "WHERE own.id = ?1 AND other.id = ?2 "
                                   "AND other.match = own.match "
                                   "AND other.customer IS own.customer");
      tpt_statement_bind_int (statement, 1, row);
      tpt_statement_bind_int (statement, 2, g_array_index (chain, gint64, i));
      if (!take_rows (statement, found, error))
        return FALSE;
    }
  *rows = g_steal_pointer (&found);

  return TRUE;
}

/* Whether the booking in @row says that it has replaced one that is not here: it may be older than
 * what was asked for, or a colleague's. */
static gboolean
names_unknown (TptSession  *session,
               gint64       row,
               gboolean    *does,
               GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "SELECT 1 FROM invitees WHERE id = ?1 AND previous IS NULL "
                                        "AND old_invitee IS NOT NULL AND old_invitee <> uri");
  tpt_statement_bind_int (statement, 1, row);
  *does = tpt_statement_next (statement);

  return tpt_statement_check (statement, error);
}

/**
 * tpt_booking_chain_count:
 * @before: (out): how many bookings the one in @row has replaced, as far as they are known: of
 *   those before the first one that is here, one
 */
gboolean
tpt_booking_chain_count (TptSession  *session,
                         gint64       row,
                         guint       *before,
                         GError     **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean has_more;

  g_array_append_val (rows, row);
  for (guint i = 0; i < rows->len; i++)
    {
      if (!take_previous (session, g_array_index (rows, gint64, i), rows, error))
        return FALSE;
    }
  if (!names_unknown (session, g_array_index (rows, gint64, rows->len - 1), &has_more, error))
    return FALSE;
  *before = rows->len - 1 + has_more;

  return TRUE;
}

/* What the chain looks like depends on the facts only, not on the order in which they came: one's
 * own word about one's predecessor counts first. With min () the other columns are those of its row
 * (lang_select.html, section 2.5), and nothing has to be sorted. */
#define PREDECESSOR(id, uri, old_invitee)                                                          \
  "coalesce ((SELECT p.id FROM invitees AS p WHERE p.uri_key = key_of (" old_invitee ") "          \
  "AND p.uri = " old_invitee " AND p.id <> " id "), "                                              \
  "(SELECT id FROM (SELECT p.id AS id, min (p.uri) FROM invitees AS p "                            \
  "WHERE p.new_invitee = " uri " AND p.id <> " id ")))"

/* Most are tied already, and to write that anew costs more than to look. */
static gboolean
join_row (TptSession  *session,
          gint64       row,
          GError     **error)
{
  g_autoptr (TptStatement) look = NULL;
  g_autoptr (TptStatement) tie = NULL;
  gint64 previous = 0;
  gboolean is_tied = TRUE;

  look = tpt_session_get (session,
                          "SELECT previous, " PREDECESSOR ("i.id", "i.uri", "i.old_invitee") " "
                          "FROM invitees AS i WHERE i.id = ?1");
  tpt_statement_bind_int (look, 1, row);
  if (tpt_statement_next (look))
    {
      previous = tpt_statement_get_int (look, 1);
      is_tied = tpt_statement_get_int (look, 0) == previous;
    }
  if (!tpt_statement_check (look, error))
    return FALSE;
  if (is_tied)
    return TRUE;

  tie = tpt_session_get (session, "UPDATE invitees SET previous = ?2 WHERE id = ?1");
  tpt_statement_bind_int (tie, 1, row);
  tpt_statement_bind_row (tie, 2, previous);

  return tpt_statement_run (tie, error);
}

/**
 * tpt_booking_chain_find_previous:
 * @invitee: about to be written for the first time
 * @row: (out): of the booking that it has replaced, 0 for none
 */
gboolean
tpt_booking_chain_find_previous (TptSession  *session,
                                 TptInvitee  *invitee,
                                 gint64      *row,
                                 GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "SELECT " PREDECESSOR ("?1", "?2", "?3"));
  tpt_statement_bind_int (statement, 1, invitee->id);
  tpt_statement_bind_text (statement, 2, invitee->uri);
  tpt_statement_bind_text (statement, 3, invitee->old_invitee);
  *row = tpt_statement_next (statement) ? tpt_statement_get_int (statement, 0) : 0;

  return tpt_statement_check (statement, error);
}

/** tpt_booking_chain_join: ties @invitee, as it was just written, and those that name it */
gboolean
tpt_booking_chain_join (TptSession  *session,
                        TptInvitee  *invitee,
                        GError     **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (rows, invitee->id);
  if (!take_by_text (session, "SELECT id FROM invitees WHERE old_invitee = ?1", invitee->uri, rows,
                     error)
      || !take_by_text (session, "SELECT id FROM invitees " BY_URI, invitee->new_invitee, rows,
                        error)
      || !take_next (session, invitee->id, rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      if (!join_row (session, g_array_index (rows, gint64, i), error))
        return FALSE;
    }

  return TRUE;
}

/** tpt_booking_chain_mark: every customer in the chain: their figures depend on all of it */
gboolean
tpt_booking_chain_mark (TptSession  *session,
                        const char  *uri,
                        GError     **error)
{
  g_autoptr (GArray) rows = NULL;

  if (!tpt_booking_chain_list (session, uri, &rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (TptStatement) statement = NULL;

      statement = tpt_session_get (session, "SELECT customer FROM invitees WHERE id = ?1");
      tpt_statement_bind_int (statement, 1, g_array_index (rows, gint64, i));
      if (tpt_statement_next (statement))
        tpt_session_mark (session, TPT_CHANGE_MEETINGS, tpt_statement_get_int (statement, 0));
      if (!tpt_statement_check (statement, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * tpt_booking_chain_is_chosen:
 * @chosen: (out): whether a person has said whose one of the bookings is that @uri is in a chain
 *   with, or that it is nobody's
 */
gboolean
tpt_booking_chain_is_chosen (TptSession  *session,
                             const char  *uri,
                             gboolean    *chosen,
                             GError     **error)
{
  g_autoptr (GArray) rows = NULL;

  *chosen = FALSE;
  if (!tpt_booking_chain_list (session, uri, &rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len && !*chosen; i++)
    {
      g_autoptr (TptStatement) statement = NULL;

      statement = tpt_session_get (session, "SELECT match IN (?2, ?3) FROM invitees WHERE id = ?1");
      tpt_statement_bind_int (statement, 1, g_array_index (rows, gint64, i));
      tpt_statement_bind_int (statement, 2, TPT_MATCH_MANUAL);
      tpt_statement_bind_int (statement, 3, TPT_MATCH_IGNORED);
      *chosen = tpt_statement_next (statement) && tpt_statement_get_int (statement, 0) != 0;
      if (!tpt_statement_check (statement, error))
        return FALSE;
    }

  return TRUE;
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-invitees-table.h"

#include <string.h>

#include "tpt-booking-chain.h"
#include "tpt-invitee-record.h"
#include "tpt-meetings-table.h"

#define BY_URI "WHERE uri_key = key_of (?1) AND uri = ?1 "

#define SELECT_MATCHES "SELECT id, customer, stakeholder, match, sealed FROM invitees "

void
tpt_invitee_match_free (TptInviteeMatch *self)
{
  g_free (self->email);
  g_free (self);
}

static gboolean
append_all (TptSession    *session,
            TptStatement  *statement,
            GPtrArray     *invitees,
            GError       **error)
{
  while (tpt_statement_next (statement))
    {
      TptInvitee *invitee = tpt_invitee_record_read (session, statement, error);

      if (invitee == NULL)
        return FALSE;
      g_ptr_array_add (invitees, invitee);
    }

  return tpt_statement_check (statement, error);
}

static gboolean
list_all (TptSession    *session,
          TptStatement  *statement,
          GPtrArray    **invitees,
          GError       **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  if (!append_all (session, statement, found, error))
    return FALSE;
  *invitees = g_steal_pointer (&found);

  return TRUE;
}

static gboolean
list_by_row (TptSession  *session,
             const char  *sql,
             gint64       row,
             GPtrArray  **invitees,
             GError     **error)
{
  g_autoptr (TptStatement) statement = tpt_session_get (session, sql);

  tpt_statement_bind_int (statement, 1, row);

  return list_all (session, statement, invitees, error);
}

static gboolean
list_by_text (TptSession  *session,
              const char  *sql,
              const char  *text,
              GPtrArray  **invitees,
              GError     **error)
{
  g_autoptr (TptStatement) statement = tpt_session_get (session, sql);

  tpt_statement_bind_text (statement, 1, text);

  return list_all (session, statement, invitees, error);
}

gboolean
tpt_invitees_table_find (TptSession  *session,
                         const char  *uri,
                         TptInvitee **invitee,
                         GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  *invitee = NULL;
  statement = tpt_session_get (session, TPT_INVITEE_RECORD_SELECT
                               "WHERE i.uri_key = key_of (?1) AND i.uri = ?1");
  tpt_statement_bind_text (statement, 1, uri);
  if (!tpt_statement_next (statement))
    return tpt_statement_check (statement, error);
  *invitee = tpt_invitee_record_read (session, statement, error);

  return *invitee != NULL;
}

/** tpt_invitees_table_list_meeting: adds to @invitees those of a meeting's row, oldest first */
gboolean
tpt_invitees_table_list_meeting (TptSession  *session,
                                 gint64       meeting,
                                 GPtrArray   *invitees,
                                 GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, TPT_INVITEE_RECORD_SELECT
                               "WHERE i.meeting = ?1 ORDER BY i.created_at, i.uri");
  tpt_statement_bind_int (statement, 1, meeting);

  return append_all (session, statement, invitees, error);
}

gboolean
tpt_invitees_table_list_customer (TptSession  *session,
                                  gint64       customer,
                                  GPtrArray  **invitees,
                                  GError     **error)
{
  return list_by_row (session,
                      TPT_INVITEE_RECORD_SELECT "WHERE i.customer = ?1 "
                                                "ORDER BY i.created_at, i.uri",
                      customer, invitees, error);
}

/** tpt_invitees_table_list_email: in any case of its letters; in the order of their making */
gboolean
tpt_invitees_table_list_email (TptSession  *session,
                               const char  *email,
                               GPtrArray  **invitees,
                               GError     **error)
{
  return list_by_row (session,
                      TPT_INVITEE_RECORD_SELECT "WHERE i.email_key = ?1 "
                                                "ORDER BY i.created_at, i.uri",
                      tpt_session_email_key (session, email), invitees, error);
}

/** tpt_invitees_table_list_tracking: those whose `utm_content` it is */
gboolean
tpt_invitees_table_list_tracking (TptSession  *session,
                                  const char  *utm_content,
                                  GPtrArray  **invitees,
                                  GError     **error)
{
  return list_by_row (session,
                      TPT_INVITEE_RECORD_SELECT "WHERE i.tracking_key = ?1 "
                                                "ORDER BY i.created_at, i.uri",
                      tpt_session_text_key (session, "tracking", utm_content), invitees, error);
}

/* Whether another booking says that it replaced @uri, or was replaced by it. Of most bookings none
 * does, so this is asked before anything that costs more. */
static gboolean
is_named (TptSession  *session,
          const char  *uri,
          gint64      *named,
          GError     **error)
{
  return tpt_session_lookup (session,
                             "SELECT EXISTS (SELECT 1 FROM invitees WHERE old_invitee = ?1) "
                             "OR EXISTS (SELECT 1 FROM invitees WHERE new_invitee = ?1)",
                             uri, named, error);
}

/**
 * tpt_invitees_table_list_neighbors:
 *
 * Those that say of themselves that they replaced @uri, or were replaced by it.
 */
gboolean
tpt_invitees_table_list_neighbors (TptSession  *session,
                                   const char  *uri,
                                   GPtrArray  **invitees,
                                   GError     **error)
{
  gint64 named;

  if (!is_named (session, uri, &named, error))
    return FALSE;
  if (!named)
    {
      *invitees = g_ptr_array_new_with_free_func (g_object_unref);
      return TRUE;
    }

  return list_by_text (session,
                       TPT_INVITEE_RECORD_SELECT "WHERE i.old_invitee = ?1 OR i.new_invitee = ?1 "
                                                 "ORDER BY i.created_at, i.uri",
                       uri, invitees, error);
}

static int
compare_age (gconstpointer a,
             gconstpointer b)
{
  TptInvitee *first = *(TptInvitee *const *) a;
  TptInvitee *second = *(TptInvitee *const *) b;

  if (first->created_at != second->created_at)
    return first->created_at < second->created_at ? -1 : 1;

  return strcmp (first->uri, second->uri);
}

/** tpt_invitees_table_list_chain: the whole chain that @uri is in, oldest first, @uri included */
gboolean
tpt_invitees_table_list_chain (TptSession  *session,
                               const char  *uri,
                               GPtrArray  **invitees,
                               GError     **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) rows = NULL;

  if (!tpt_booking_chain_list (session, uri, &rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (TptStatement) statement = NULL;

      statement = tpt_session_get (session, TPT_INVITEE_RECORD_SELECT "WHERE i.id = ?1");
      tpt_statement_bind_int (statement, 1, g_array_index (rows, gint64, i));
      if (!append_all (session, statement, found, error))
        return FALSE;
    }
  g_ptr_array_sort (found, compare_age);
  *invitees = g_steal_pointer (&found);

  return TRUE;
}

static gboolean
read_matches (TptSession    *session,
              TptStatement  *statement,
              GPtrArray    **matches,
              GError       **error)
{
  g_autoptr (GPtrArray) found = NULL;
  g_auto (TptPack) pack = { 0 };

  tpt_pack_init (&pack);
  found = g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_invitee_match_free);
  while (tpt_statement_next (statement))
    {
      TptInviteeMatch *match = g_new0 (TptInviteeMatch, 1);

      g_ptr_array_add (found, match);
      match->id = tpt_statement_get_int (statement, 0);
      match->customer = tpt_statement_get_int (statement, 1);
      match->stakeholder = tpt_statement_get_int (statement, 2);
      match->match = (TptMatchReason) tpt_statement_get_int (statement, 3);
      if (!tpt_session_unseal (session, "invitees", "sealed", match->id, statement, 4, &pack,
                               error))
        return FALSE;
      match->email = tpt_invitee_record_take_email (&pack);
    }
  *matches = g_steal_pointer (&found);

  return tpt_statement_check (statement, error);
}

/**
 * tpt_invitees_table_list_matches:
 *
 * (element-type TptInviteeMatch): of every invitee, to match all again.
 */
gboolean
tpt_invitees_table_list_matches (TptSession  *session,
                                 GPtrArray  **matches,
                                 GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, SELECT_MATCHES "ORDER BY id");

  return read_matches (session, statement, matches, error);
}

/**
 * tpt_invitees_table_list_chosen:
 *
 * (element-type TptInviteeMatch): of those whose customer a person chose, the oldest first.
 */
gboolean
tpt_invitees_table_list_chosen (TptSession  *session,
                                GPtrArray  **matches,
                                GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, SELECT_MATCHES "WHERE match = ?1 AND customer IS NOT NULL "
                                                       "ORDER BY created_at, id");
  tpt_statement_bind_int (statement, 1, TPT_MATCH_MANUAL);

  return read_matches (session, statement, matches, error);
}

static gboolean
mark_former_customer (TptSession  *session,
                      gint64       row,
                      GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "SELECT customer, meeting FROM invitees WHERE id = ?1");
  tpt_statement_bind_int (statement, 1, row);
  if (tpt_statement_next (statement))
    {
      tpt_session_mark (session, TPT_CHANGE_MEETINGS, tpt_statement_get_int (statement, 0));
      tpt_session_mark_meeting (session, tpt_statement_get_int (statement, 1));
    }

  return tpt_statement_check (statement, error);
}

/* What was known of the booking, if anything: where it lies in its chain, and whose it was. */
static gboolean
find_former (TptSession  *session,
             TptInvitee  *invitee,
             gint64      *previous,
             GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  invitee->id = *previous = 0;
  statement = tpt_session_get (session, "SELECT id, previous, customer, meeting FROM invitees "
                                        BY_URI);
  tpt_statement_bind_text (statement, 1, invitee->uri);
  if (tpt_statement_next (statement))
    {
      invitee->id = tpt_statement_get_int (statement, 0);
      *previous = tpt_statement_get_int (statement, 1);
      tpt_session_mark (session, TPT_CHANGE_MEETINGS, tpt_statement_get_int (statement, 2));
      tpt_session_mark_meeting (session, tpt_statement_get_int (statement, 3));
    }

  return tpt_statement_check (statement, error);
}

/* The row of @invitee's event, where it is not known yet. */
static gboolean
find_meeting (TptSession  *session,
              TptInvitee  *invitee,
              gint64      *meeting,
              GError     **error)
{
  if (*meeting == 0
      && !tpt_meetings_table_find_row (session, invitee->event, meeting, error))
    return FALSE;
  if (*meeting != 0)
    return TRUE;
  g_set_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_FAILED,
               "The event of invitee %s is not known", invitee->uri);

  return FALSE;
}

static gboolean
insert (TptSession  *session,
        TptInvitee  *invitee,
        gint64       meeting,
        gboolean     is_in_chain,
        GError     **error)
{
  gint64 previous = 0;

  if (!tpt_session_take_row (session, &session->next_invitee,
                             "SELECT coalesce (max (id), 0) + 1 FROM invitees", &invitee->id,
                             error))
    return FALSE;

  return (!is_in_chain
          || tpt_booking_chain_find_previous (session, invitee, &previous, error))
         && tpt_invitee_record_insert (session, invitee, meeting, previous, error);
}

/**
 * tpt_invitees_table_save_joined:
 * @invitee: names the bookings beside it in its chain, if any: what others say of it is in it
 *   already
 * @meeting: the row of its event, or 0: it is to be looked for
 *
 * As tpt_invitees_table_save(), for who has looked already.
 */
gboolean
tpt_invitees_table_save_joined (TptSession  *session,
                                TptInvitee  *invitee,
                                gint64       meeting,
                                GError     **error)
{
  gboolean is_in_chain = invitee->old_invitee != NULL || invitee->new_invitee != NULL;
  gint64 previous;

  g_return_val_if_fail (invitee->uri != NULL && invitee->event != NULL, FALSE);

  if (!find_meeting (session, invitee, &meeting, error)
      || !find_former (session, invitee, &previous, error))
    return FALSE;
  if (invitee->id == 0 ? !insert (session, invitee, meeting, is_in_chain, error)
                       : !tpt_invitee_record_update (session, invitee, meeting, error))
    return FALSE;
  tpt_session_mark (session, TPT_CHANGE_MEETINGS, invitee->customer);
  tpt_session_mark_meeting (session, meeting);

  /* Most bookings have neither predecessor nor successor. */
  return (previous == 0 && !is_in_chain)
         || (tpt_booking_chain_join (session, invitee, error)
             && tpt_booking_chain_mark (session, invitee->uri, error));
}

/**
 * tpt_invitees_table_save:
 *
 * Writes @invitee, new or known by its URI, as it is; its event has to be there already. Sets its
 * row and joins its chain.
 */
gboolean
tpt_invitees_table_save (TptSession  *session,
                         TptInvitee  *invitee,
                         GError     **error)
{
  gint64 named;

  if (!tpt_invitees_table_save_joined (session, invitee, 0, error))
    return FALSE;
  if (invitee->old_invitee != NULL || invitee->new_invitee != NULL)
    return TRUE;

  return is_named (session, invitee->uri, &named, error)
         && (named == 0
             || (tpt_booking_chain_join (session, invitee, error)
                 && tpt_booking_chain_mark (session, invitee->uri, error)));
}

/**
 * tpt_invitees_table_save_chained:
 * @invitee: as it is stored, but for what a booking beside it in its chain says of it
 *
 * As tpt_invitees_table_save(), of which only the names of those bookings are written, and whether
 * it was replaced. Its words are what they were.
 */
gboolean
tpt_invitees_table_save_chained (TptSession  *session,
                                 TptInvitee  *invitee,
                                 GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "UPDATE invitees SET canceled = ?2, rescheduled = ?3, "
                                        "old_invitee = ?4, new_invitee = ?5 WHERE id = ?1");
  tpt_statement_bind_int (statement, 1, invitee->id);
  tpt_statement_bind_int (statement, 2, invitee->canceled);
  tpt_statement_bind_int (statement, 3, invitee->rescheduled);
  tpt_statement_bind_text (statement, 4, invitee->old_invitee);
  tpt_statement_bind_text (statement, 5, invitee->new_invitee);
  tpt_session_mark (session, TPT_CHANGE_MEETINGS, invitee->customer);

  return tpt_statement_run (statement, error)
         && tpt_booking_chain_join (session, invitee, error)
         && tpt_booking_chain_mark (session, invitee->uri, error);
}

/**
 * tpt_invitees_table_set_match:
 *
 * Both customers, the one before and the one now, count as changed.
 */
gboolean
tpt_invitees_table_set_match (TptSession      *session,
                              gint64           row,
                              gint64           customer,
                              gint64           stakeholder,
                              TptMatchReason   match,
                              GError         **error)
{
  g_autoptr (TptStatement) statement = NULL;

  if (!mark_former_customer (session, row, error))
    return FALSE;
  statement = tpt_session_get (session, "UPDATE invitees SET customer = ?2, stakeholder = ?3, "
                                        "match = ?4 WHERE id = ?1");
  tpt_statement_bind_int (statement, 1, row);
  tpt_statement_bind_row (statement, 2, customer);
  tpt_statement_bind_row (statement, 3, stakeholder);
  tpt_statement_bind_int (statement, 4, match);
  tpt_session_mark (session, TPT_CHANGE_MEETINGS, customer);

  return tpt_statement_run (statement, error);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-meeting-digest.h"

/* To be counted up when a fact is merged in another way: what is noted then counts for nothing. */
#define PURPOSE "meeting 1"

static void
pack_hosts (TptPack   *pack,
            GPtrArray *hosts)
{
  tpt_pack_put_count (pack, hosts->len);
  for (guint i = 0; i < hosts->len; i++)
    {
      const TptHost *host = g_ptr_array_index (hosts, i);

      tpt_pack_put_string (pack, host->uri);
      tpt_pack_put_string (pack, host->name);
      tpt_pack_put_string (pack, host->email);
    }
}

static void
pack_fact (TptPack    *pack,
           TptMeeting *fact)
{
  tpt_pack_put_string (pack, fact->uri);
  tpt_pack_put_string (pack, fact->name);
  tpt_pack_put_string (pack, fact->event_type);
  tpt_pack_put_int (pack, fact->start);
  tpt_pack_put_int (pack, fact->end);
  tpt_pack_put_string (pack, fact->location_type);
  tpt_pack_put_string (pack, fact->location);
  tpt_pack_put_string (pack, fact->location_status);
  tpt_pack_put_string (pack, fact->join_url);
  tpt_pack_put_string (pack, fact->notes_plain);
  tpt_pack_put_string (pack, fact->notes_html);
  tpt_pack_put_string (pack, fact->booking_method);
  tpt_pack_put_int (pack, fact->created_at);
  tpt_pack_put_int (pack, fact->updated_at);
  tpt_pack_put_int (pack, fact->canceled_at);
  tpt_pack_put_string (pack, fact->cancel_reason);
  tpt_pack_put_string (pack, fact->canceled_by);
  tpt_pack_put_int (pack, fact->canceler);
  tpt_pack_put_int (pack, fact->canceled);
  tpt_pack_put_int (pack, fact->invitees_total);
  tpt_pack_put_int (pack, fact->invitees_active);
  tpt_pack_put_int (pack, fact->invitees_limit);
  pack_hosts (pack, fact->hosts);
  tpt_pack_put_strv (pack, (const char *const *) fact->guests);
}

/** tpt_meeting_digest_make: a number, never 0, for what @fact says of the event without invitees */
gint64
tpt_meeting_digest_make (TptSession *session,
                         TptMeeting *fact)
{
  g_auto (TptPack) pack = { 0 };

  tpt_pack_init (&pack);
  pack_fact (&pack, fact);

  return tpt_seal_digest (session->seal, PURPOSE, pack.bytes);
}

/**
 * tpt_meeting_digest_find:
 * @row: (out): of the event, 0 where it is not known
 * @same: (out): whether it is stored as it was when a fact of the same digest had nothing to add to
 *   it, with as many invitees as @fact counts
 *
 * The digest is made only of what is known, as it takes longer than to look.
 */
gboolean
tpt_meeting_digest_find (TptSession  *session,
                         TptMeeting  *fact,
                         gint64      *row,
                         gboolean    *same,
                         GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  *row = 0;
  *same = FALSE;
  statement = tpt_session_get (session,
                               "SELECT id, digest, digest <> 0 AND "
                               "(SELECT count (*) FROM invitees WHERE meeting = m.id) >= ?2 "
                               "FROM meetings AS m WHERE uri_key = key_of (?1) AND uri = ?1");
  tpt_statement_bind_text (statement, 1, fact->uri);
  tpt_statement_bind_int (statement, 2, fact->invitees_total);
  if (tpt_statement_next (statement))
    {
      *row = tpt_statement_get_int (statement, 0);
      *same = tpt_statement_get_int (statement, 2) != 0
              && tpt_statement_get_int (statement, 1) == tpt_meeting_digest_make (session, fact);
    }

  return tpt_statement_check (statement, error);
}

/** tpt_meeting_digest_note: until the event is saved the next time */
gboolean
tpt_meeting_digest_note (TptSession  *session,
                         gint64       row,
                         gint64       digest,
                         GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "UPDATE meetings SET digest = ?2 WHERE id = ?1");
  tpt_statement_bind_int (statement, 1, row);
  tpt_statement_bind_int (statement, 2, digest);

  return tpt_statement_run (statement, error);
}

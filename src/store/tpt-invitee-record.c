/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-invitee-record.h"

#include "tpt-booking-chain.h"

#define TABLE "invitees"

enum
{
  COLUMN_PREVIOUS = 6,
  COLUMN_SEALED = 22,
};

static void
pack_invitee (TptPack    *pack,
              TptInvitee *invitee)
{
  const TptTracking *tracking = &invitee->tracking;

  tpt_pack_put_string (pack, invitee->email);
  tpt_pack_put_string (pack, invitee->name);
  tpt_pack_put_string (pack, invitee->first_name);
  tpt_pack_put_string (pack, invitee->last_name);
  tpt_pack_put_string (pack, invitee->timezone);
  tpt_pack_put_string (pack, invitee->phone);
  tpt_pack_put_string (pack, invitee->cancel_url);
  tpt_pack_put_string (pack, invitee->reschedule_url);
  tpt_pack_put_string (pack, invitee->routing_form_submission);
  tpt_pack_put_string (pack, invitee->scheduling_method);
  tpt_pack_put_string (pack, invitee->payment_json);
  tpt_pack_put_string (pack, invitee->reconfirmation_json);
  tpt_pack_put_string (pack, invitee->cancel_reason);
  tpt_pack_put_string (pack, invitee->canceled_by);
  tpt_pack_put_string (pack, tracking->utm_source);
  tpt_pack_put_string (pack, tracking->utm_medium);
  tpt_pack_put_string (pack, tracking->utm_campaign);
  tpt_pack_put_string (pack, tracking->utm_content);
  tpt_pack_put_string (pack, tracking->utm_term);
  tpt_pack_put_string (pack, tracking->salesforce_uuid);
  tpt_pack_put_count (pack, invitee->answers->len);
  for (guint i = 0; i < invitee->answers->len; i++)
    {
      TptAnswer *answer = g_ptr_array_index (invitee->answers, i);

      tpt_pack_put_string (pack, answer->question);
      tpt_pack_put_string (pack, answer->answer);
      tpt_pack_put_int (pack, answer->position);
    }
  tpt_pack_put_int (pack, invitee->seen_at);
}

static void
unpack_answers (TptPack    *pack,
                TptInvitee *invitee)
{
  guint count = tpt_pack_take_count (pack);

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *question = tpt_pack_take_string (pack);
      g_autofree char *answer = tpt_pack_take_string (pack);

      tpt_invitee_add_answer (invitee, question, answer, (int) tpt_pack_take_int (pack));
    }
}

static void
unpack_invitee (TptPack    *pack,
                TptInvitee *invitee)
{
  TptTracking *tracking = &invitee->tracking;

  invitee->email = tpt_invitee_record_take_email (pack);
  invitee->name = tpt_pack_take_string (pack);
  invitee->first_name = tpt_pack_take_string (pack);
  invitee->last_name = tpt_pack_take_string (pack);
  invitee->timezone = tpt_pack_take_string (pack);
  invitee->phone = tpt_pack_take_string (pack);
  invitee->cancel_url = tpt_pack_take_string (pack);
  invitee->reschedule_url = tpt_pack_take_string (pack);
  invitee->routing_form_submission = tpt_pack_take_string (pack);
  invitee->scheduling_method = tpt_pack_take_string (pack);
  invitee->payment_json = tpt_pack_take_string (pack);
  invitee->reconfirmation_json = tpt_pack_take_string (pack);
  invitee->cancel_reason = tpt_pack_take_string (pack);
  invitee->canceled_by = tpt_pack_take_string (pack);
  tracking->utm_source = tpt_pack_take_string (pack);
  tracking->utm_medium = tpt_pack_take_string (pack);
  tracking->utm_campaign = tpt_pack_take_string (pack);
  tracking->utm_content = tpt_pack_take_string (pack);
  tracking->utm_term = tpt_pack_take_string (pack);
  tracking->salesforce_uuid = tpt_pack_take_string (pack);
  unpack_answers (pack, invitee);
  invitee->seen_at = tpt_pack_take_int (pack);
}

static void
read_columns (TptInvitee   *invitee,
              TptStatement *statement)
{
  int i = 0;

  invitee->id = tpt_statement_get_int (statement, i++);
  invitee->uri = tpt_statement_dup_text (statement, i++);
  invitee->event = tpt_statement_dup_text (statement, i++);
  invitee->customer = tpt_statement_get_int (statement, i++);
  invitee->stakeholder = tpt_statement_get_int (statement, i++);
  invitee->match = (TptMatchReason) tpt_statement_get_int (statement, i++);
  i = COLUMN_PREVIOUS + 1;
  invitee->created_at = tpt_statement_get_int (statement, i++);
  invitee->updated_at = tpt_statement_get_int (statement, i++);
  invitee->seen_at = tpt_statement_get_int (statement, i++);
  invitee->no_show_at = tpt_statement_get_int (statement, i++);
  invitee->canceled_at = tpt_statement_get_int (statement, i++);
  invitee->canceler = (TptCanceler) tpt_statement_get_int (statement, i++);
  invitee->canceled = tpt_statement_get_int (statement, i++) != 0;
  invitee->rescheduled = tpt_statement_get_int (statement, i++) != 0;
  invitee->no_show_local = (TptNoShow) tpt_statement_get_int (statement, i++);
  invitee->confirmed = tpt_statement_get_int (statement, i++) != 0;
  invitee->old_invitee = tpt_statement_dup_text (statement, i++);
  invitee->new_invitee = tpt_statement_dup_text (statement, i++);
  invitee->no_show_uri = tpt_statement_dup_text (statement, i++);
  invitee->scheduled_by = tpt_statement_dup_text (statement, i++);
  invitee->link_id = tpt_statement_dup_text (statement, i++);
  g_assert (i == COLUMN_SEALED);
}

/* A link names its newest booking, and one that can be used again has others. */
static gboolean
find_link (TptSession  *session,
           TptInvitee  *invitee,
           GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  if (invitee->link_id != NULL || invitee->tracking.utm_content == NULL)
    return TRUE;
  statement = tpt_session_get (session, "SELECT tracking FROM links WHERE tracking = ?1");
  tpt_statement_bind_text (statement, 1, invitee->tracking.utm_content);
  if (tpt_statement_next (statement))
    invitee->link_id = tpt_statement_dup_text (statement, 0);

  return tpt_statement_check (statement, error);
}

/**
 * tpt_invitee_record_read:
 *
 * The current row of a statement that begins with TPT_INVITEE_RECORD_SELECT.
 */
TptInvitee *
tpt_invitee_record_read (TptSession    *session,
                         TptStatement  *statement,
                         GError       **error)
{
  g_autoptr (TptInvitee) invitee = tpt_invitee_new ();
  g_auto (TptPack) pack = { 0 };

  tpt_pack_init (&pack);
  read_columns (invitee, statement);
  if (!tpt_session_unseal (session, TABLE, "sealed", invitee->id, statement, COLUMN_SEALED, &pack,
                           error))
    return NULL;
  unpack_invitee (&pack, invitee);
  if (!tpt_session_check_pack (&pack, TABLE, invitee->id, error)
      || !find_link (session, invitee, error))
    return NULL;
  if ((tpt_statement_get_int (statement, COLUMN_PREVIOUS) != 0 || invitee->old_invitee != NULL)
      && !tpt_booking_chain_count (session, invitee->id, &invitee->reschedules, error))
    return NULL;

  return g_steal_pointer (&invitee);
}

/** tpt_invitee_record_take_email: the first sealed field, for who needs no other */
char *
tpt_invitee_record_take_email (TptPack *pack)
{
  return tpt_pack_take_string (pack);
}

static void
bind_columns (TptSession   *session,
              TptStatement *statement,
              TptInvitee   *invitee,
              gint64        meeting)
{
  const char *tracking = invitee->tracking.utm_content;
  int i = 1;

  tpt_statement_bind_int (statement, i++, invitee->id);
  tpt_statement_bind_text (statement, i++, invitee->uri);
  tpt_statement_bind_int (statement, i++, meeting);
  tpt_statement_bind_row (statement, i++, invitee->customer);
  tpt_statement_bind_row (statement, i++, invitee->stakeholder);
  tpt_statement_bind_int (statement, i++, invitee->match);
  tpt_statement_bind_row (statement, i++, tpt_session_email_key (session, invitee->email));
  tpt_statement_bind_row (statement, i++, tpt_session_text_key (session, "tracking", tracking));
  tpt_statement_bind_int (statement, i++, invitee->created_at);
  tpt_statement_bind_int (statement, i++, invitee->updated_at);
  tpt_statement_bind_int (statement, i++, invitee->seen_at);
  tpt_statement_bind_int (statement, i++, invitee->no_show_at);
  tpt_statement_bind_int (statement, i++, invitee->canceled_at);
  tpt_statement_bind_int (statement, i++, invitee->canceler);
  tpt_statement_bind_int (statement, i++, invitee->canceled);
  tpt_statement_bind_int (statement, i++, invitee->rescheduled);
  tpt_statement_bind_int (statement, i++, tpt_invitee_get_no_show (invitee));
  tpt_statement_bind_int (statement, i++, invitee->no_show_local);
  tpt_statement_bind_int (statement, i++, invitee->confirmed);
  tpt_statement_bind_text (statement, i++, invitee->old_invitee);
  tpt_statement_bind_text (statement, i++, invitee->new_invitee);
  tpt_statement_bind_text (statement, i++, invitee->no_show_uri);
  tpt_statement_bind_text (statement, i++, invitee->scheduled_by);
}

/* A statement that may do either keeps a journal of its own for what it refers to, and that costs
 * more than the rest of it. */
#define INSERT                                                                                     \
  "INSERT INTO invitees (id, uri, meeting, customer, stakeholder, match, email_key, "              \
  "tracking_key, created_at, updated_at, seen_at, no_show_at, canceled_at, canceler, canceled, "   \
  "rescheduled, no_show, no_show_local, confirmed, old_invitee, new_invitee, no_show_uri, "        \
  "scheduled_by, sealed, uri_key, previous) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "     \
  "?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, key_of (?2), ?25)"

#define UPDATE                                                                                     \
  "UPDATE invitees SET meeting = ?3, customer = ?4, stakeholder = ?5, match = ?6, "      \
  "email_key = ?7, tracking_key = ?8, created_at = ?9, updated_at = ?10, seen_at = ?11, "          \
  "no_show_at = ?12, canceled_at = ?13, canceler = ?14, canceled = ?15, rescheduled = ?16, "       \
  "no_show = ?17, no_show_local = ?18, confirmed = ?19, old_invitee = ?20, new_invitee = ?21, "    \
  "no_show_uri = ?22, scheduled_by = ?23, sealed = ?24 WHERE id = ?1"

static gboolean
write_row (TptSession  *session,
           const char  *sql,
           TptInvitee  *invitee,
           gint64       meeting,
           gint64       previous,
           GError     **error)
{
  g_autoptr (GByteArray) sealed = NULL;
  g_autoptr (TptStatement) statement = NULL;
  g_auto (TptPack) pack = { 0 };

  tpt_pack_init (&pack);
  pack_invitee (&pack, invitee);
  sealed = tpt_session_seal (session, TABLE, "sealed", invitee->id, &pack);
  statement = tpt_session_get (session, sql);
  bind_columns (session, statement, invitee, meeting);
  tpt_statement_bind_blob (statement, 24, sealed);
  tpt_statement_bind_row (statement, 25, previous);

  return tpt_statement_run (statement, error);
}

/**
 * tpt_invitee_record_insert:
 * @previous: the row of the booking that it has replaced, or 0
 *
 * At the row that @invitee names, where nothing is yet.
 */
gboolean
tpt_invitee_record_insert (TptSession  *session,
                           TptInvitee  *invitee,
                           gint64       meeting,
                           gint64       previous,
                           GError     **error)
{
  return write_row (session, INSERT, invitee, meeting, previous, error);
}

/** tpt_invitee_record_update: over the row that @invitee names; the chain is not its matter */
gboolean
tpt_invitee_record_update (TptSession  *session,
                           TptInvitee  *invitee,
                           gint64       meeting,
                           GError     **error)
{
  return write_row (session, UPDATE, invitee, meeting, 0, error);
}

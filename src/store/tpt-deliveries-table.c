/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-deliveries-table.h"

#include "tpt-meetings-table.h"
#include "tpt-session.h"

#define TABLE "deliveries"

TptDelivery *
tpt_delivery_copy (const TptDelivery *self)
{
  TptDelivery *copy = g_memdup2 (self, sizeof *self);

  copy->event = g_strdup (self->event);
  copy->meeting = g_strdup (self->meeting);
  copy->meeting_name = g_strdup (self->meeting_name);
  copy->reason = g_strdup (self->reason);

  return copy;
}

void
tpt_delivery_free (TptDelivery *self)
{
  if (self == NULL)
    return;

  g_free (self->event);
  g_free (self->meeting);
  g_free (self->meeting_name);
  g_free (self->reason);
  g_free (self);
}

static TptDelivery *
read_record (TptSession    *session,
             TptStatement  *statement,
             GError       **error)
{
  g_autoptr (TptDelivery) record = g_new0 (TptDelivery, 1);
  g_auto (TptPack) pack = { 0 };

  tpt_pack_init (&pack);
  record->id = tpt_statement_get_int (statement, 0);
  record->at = tpt_statement_get_int (statement, 1);
  record->outcome = (TptDeliveryOutcome) tpt_statement_get_int (statement, 2);
  record->late = tpt_statement_get_int (statement, 3) != 0;
  if (!tpt_session_unseal (session, TABLE, "sealed", record->id, statement, 4, &pack, error))
    return NULL;
  record->event = tpt_pack_take_string (&pack);
  record->meeting = tpt_pack_take_string (&pack);
  record->reason = tpt_pack_take_string (&pack);
  if (!tpt_session_check_pack (&pack, TABLE, record->id, error))
    return NULL;

  return g_steal_pointer (&record);
}

/* What the meeting is called now, if it is known. */
static gboolean
read_meeting (TptSession   *session,
              TptDelivery  *record,
              GError      **error)
{
  g_autoptr (TptMeeting) meeting = NULL;

  if (record->meeting == NULL)
    return TRUE;
  if (!tpt_meetings_table_find (session, record->meeting, &meeting, error))
    return FALSE;
  if (meeting != NULL)
    {
      record->meeting_name = g_strdup (tpt_meeting_get_title (meeting));
      record->meeting_start = meeting->start;
    }

  return TRUE;
}

static gboolean
forget_oldest (TptSession  *session,
               gint64       newest,
               GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;

  statement = tpt_session_get (session, "DELETE FROM deliveries WHERE id <= ?1");
  tpt_statement_bind_int (statement, 1, newest - TPT_DELIVERIES_KEPT);

  return tpt_statement_run (statement, error);
}

/* @delivery: its id and what is read of its meeting do not matter */
gboolean
tpt_deliveries_table_add (TptSession         *session,
                          const TptDelivery  *delivery,
                          GError            **error)
{
  g_autoptr (GByteArray) sealed = NULL;
  g_autoptr (TptStatement) statement = NULL;
  g_auto (TptPack) pack = { 0 };
  gint64 row;

  if (!tpt_sqlite_query_int (session->sqlite, "SELECT coalesce (max (id), 0) + 1 FROM deliveries",
                             &row, error))
    return FALSE;
  tpt_pack_init (&pack);
  tpt_pack_put_string (&pack, delivery->event);
  tpt_pack_put_string (&pack, delivery->meeting);
  tpt_pack_put_string (&pack, delivery->reason);
  sealed = tpt_session_seal (session, TABLE, "sealed", row, &pack);
  statement = tpt_session_get (session, "INSERT INTO deliveries (id, at, outcome, late, sealed) "
                                        "VALUES (?1, ?2, ?3, ?4, ?5)");
  tpt_statement_bind_int (statement, 1, row);
  tpt_statement_bind_int (statement, 2, delivery->at);
  tpt_statement_bind_int (statement, 3, delivery->outcome);
  tpt_statement_bind_int (statement, 4, delivery->late);
  tpt_statement_bind_blob (statement, 5, sealed);

  return tpt_statement_run (statement, error) && forget_oldest (session, row, error);
}

/** tpt_deliveries_table_list: (element-type TptDelivery): newest first */
gboolean
tpt_deliveries_table_list (TptSession  *session,
                           GPtrArray  **deliveries,
                           GError     **error)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (TptStatement) statement = NULL;

  found = g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_delivery_free);
  statement = tpt_session_get (session, "SELECT id, at, outcome, late, sealed FROM deliveries "
                                        "ORDER BY id DESC");
  while (tpt_statement_next (statement))
    {
      TptDelivery *record = read_record (session, statement, error);

      if (record == NULL)
        return FALSE;
      g_ptr_array_add (found, record);
    }
  if (!tpt_statement_check (statement, error))
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      if (!read_meeting (session, g_ptr_array_index (found, i), error))
        return FALSE;
    }
  *deliveries = g_steal_pointer (&found);

  return TRUE;
}

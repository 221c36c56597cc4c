/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bookings-view.h"

#include "tpt-session.h"

#define SELECT_BOOKINGS                                                                            \
  "SELECT i.id, i.previous, i.meeting, i.customer, i.email_key, i.created_at, m.start_at, "        \
  "m.end_at, i.canceled_at, i.canceler, i.no_show, i.canceled, i.rescheduled, i.confirmed "        \
  "FROM invitees AS i JOIN meetings AS m ON m.id = i.meeting "

static void
read_booking (TptBooking   *booking,
              TptStatement *statement)
{
  int i = 0;

  booking->id = tpt_statement_get_int (statement, i++);
  booking->previous = tpt_statement_get_int (statement, i++);
  booking->event = tpt_statement_get_int (statement, i++);
  booking->customer = tpt_statement_get_int (statement, i++);
  booking->email_key = (guint64) tpt_statement_get_int (statement, i++);
  booking->created_at = tpt_statement_get_int (statement, i++);
  booking->start = tpt_statement_get_int (statement, i++);
  booking->end = tpt_statement_get_int (statement, i++);
  booking->canceled_at = tpt_statement_get_int (statement, i++);
  booking->canceler = (guint8) tpt_statement_get_int (statement, i++);
  booking->no_show = (guint8) tpt_statement_get_int (statement, i++);
  booking->canceled = tpt_statement_get_int (statement, i++) != 0;
  booking->rescheduled = tpt_statement_get_int (statement, i++) != 0;
  booking->confirmed = tpt_statement_get_int (statement, i++) != 0;
}

/**
 * tpt_bookings_view_list:
 * @customer: row, 0 for all
 * @bookings: (out) (element-type TptBooking): those of every chain that has a booking of @customer
 *   in it, also where other links of the chain belong to somebody else
 */
gboolean
tpt_bookings_view_list (TptSession  *session,
                        gint64       customer,
                        GArray     **bookings,
                        GError     **error)
{
  g_autoptr (TptStatement) statement = NULL;
  g_autoptr (GArray) found = g_array_new (FALSE, TRUE, sizeof (TptBooking));

  if (customer == 0)
    statement = tpt_session_get (session, SELECT_BOOKINGS "ORDER BY i.id");
  else
    statement = tpt_session_get (session,
      "WITH RECURSIVE chain (id) AS (SELECT id FROM invitees WHERE customer = ?1 "
      "UNION SELECT i.previous FROM chain AS c JOIN invitees AS i ON i.id = c.id "
      "WHERE i.previous IS NOT NULL "
      "UNION SELECT i.id FROM chain AS c JOIN invitees AS i ON i.previous = c.id) "
      SELECT_BOOKINGS "WHERE i.id IN chain ORDER BY i.id");
  if (customer != 0)
    tpt_statement_bind_int (statement, 1, customer);
  while (tpt_statement_next (statement))
    {
      TptBooking booking = { 0 };

      read_booking (&booking, statement);
      g_array_append_val (found, booking);
    }
  *bookings = g_steal_pointer (&found);

  return tpt_statement_check (statement, error);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-verb.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

static char *
describe (TptVerbJob      *job,
          const GPtrArray *meetings)
{
  TptTime now = tpt_clock_now (tpt_store_get_clock (job->store));
  const char *name = job->reply->customer->name;
  TptMeeting *next = NULL;
  guint upcoming = 0;
  g_autofree char *start = NULL;

  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      if (tpt_meeting_get_outcome_for (meeting, job->reply->customer->id, now)
          != TPT_OUTCOME_UPCOMING)
        continue;
      upcoming++;
      if (next == NULL || meeting->start < next->start)
        next = meeting;
    }

  if (meetings->len == 0)
    return g_strdup_printf (_("%s has no bookings."), name);
  if (next == NULL)
    return g_strdup_printf (ngettext ("%s has %u booking, none upcoming.",
                                      "%s has %u bookings, none upcoming.", meetings->len),
                            name, meetings->len);

  start = tpt_verb_format_time (next->start, job->zone);
  return g_strdup_printf (ngettext ("%s has %u booking, %u upcoming; the next is on %s.",
                                    "%s has %u bookings, %u upcoming; the next is on %s.",
                                    meetings->len),
                          name, meetings->len, upcoming, start);
}

static void
meetings_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TptVerbJob *job = g_task_get_task_data (task);
  TptReply *reply = job->reply;

  reply->meetings = tpt_store_list_meetings_finish (TPT_STORE (source), result, &error);
  if (reply->meetings == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  reply->resolved = TRUE;
  reply->text = describe (job, reply->meetings);
  g_task_return_pointer (task, g_object_ref (reply), g_object_unref);
}

/**
 * tpt_show_bookings_command_run: every meeting of the customer that stands or was canceled for
 * good, the newest first
 */
void
tpt_show_bookings_command_run (GTask *task)
{
  TptVerbJob *job = g_task_get_task_data (task);
  TptMeetingQuery query = {
    .customer = job->reply->customer->id,
    .host_email = job->host_email,
    .descending = TRUE,
  };

  tpt_store_list_meetings_async (job->store, &query, g_task_get_cancellable (task), meetings_cb,
                                 g_object_ref (task));
}

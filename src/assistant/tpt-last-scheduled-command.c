/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-verb.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

static TptTime
booked_at (TptMeeting *meeting,
           gint64      customer)
{
  TptTime newest = TPT_TIME_NONE;

  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (meeting->invitees, i);

      if (invitee->customer == customer)
        newest = MAX (newest, invitee->created_at);
    }

  return newest;
}

static TptMeeting *
find_last (const GPtrArray *meetings,
           gint64           customer)
{
  TptMeeting *last = NULL;

  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      if (last == NULL || booked_at (meeting, customer) > booked_at (last, customer))
        last = meeting;
    }

  return last;
}

static const char *
outcome_word (TptOutcome outcome)
{
  switch (outcome)
    {
    case TPT_OUTCOME_UPCOMING:
      return _("upcoming");
    case TPT_OUTCOME_HELD:
      return _("held");
    case TPT_OUTCOME_CANCELED:
      return _("canceled");
    case TPT_OUTCOME_NO_SHOW:
      return _("no-show");
    case TPT_OUTCOME_SUPERSEDED:
      return _("rescheduled");
    default:
      g_return_val_if_reached ("");
    }
}

static char *
join_hosts (TptMeeting *meeting)
{
  g_autoptr (GString) hosts = g_string_new (NULL);

  for (guint i = 0; i < meeting->hosts->len; i++)
    {
      TptHost *host = g_ptr_array_index (meeting->hosts, i);
      const char *name = host->name != NULL ? host->name : host->email;

      if (name != NULL)
        g_string_append_printf (hosts, "%s%s", hosts->len > 0 ? ", " : "", name);
    }

  return g_strdup (hosts->len > 0 ? hosts->str : _("nobody known"));
}

static char *
describe (TptVerbJob *job,
          TptMeeting *meeting)
{
  TptTime now = tpt_clock_now (tpt_store_get_clock (job->store));
  TptOutcome outcome = tpt_meeting_get_outcome_for (meeting, job->reply->customer->id, now);
  g_autofree char *hosts = join_hosts (meeting);
  g_autofree char *booked = tpt_verb_format_time (booked_at (meeting, job->reply->customer->id),
                                                  job->zone);
  g_autofree char *start = tpt_verb_format_time (meeting->start, job->zone);

  /* Translators: “Acme last scheduled on 3 May 2026, 10:00: “Check-in” on 9 May 2026, 15:00,
   * hosted by Jo (held).” */
  return g_strdup_printf (_("%s last scheduled on %s: “%s” on %s, hosted by %s (%s)."),
                          job->reply->customer->name, booked,
                          tpt_meeting_get_title (meeting), start, hosts,
                          outcome_word (outcome));
}

static void
meetings_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  TptVerbJob *job = g_task_get_task_data (task);
  TptReply *reply = job->reply;
  TptMeeting *last;

  meetings = tpt_store_list_meetings_finish (TPT_STORE (source), result, &error);
  if (meetings == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  last = find_last (meetings, reply->customer->id);
  reply->resolved = TRUE;
  reply->meetings = g_ptr_array_new_with_free_func (g_object_unref);
  if (last != NULL)
    {
      g_ptr_array_add (reply->meetings, g_object_ref (last));
      reply->text = describe (job, last);
    }
  else if (reply->with_me)
    reply->text = g_strdup_printf (_("%s never scheduled with you."), reply->customer->name);
  else
    reply->text = g_strdup_printf (_("%s never scheduled."), reply->customer->name);
  g_task_return_pointer (task, g_object_ref (reply), g_object_unref);
}

/**
 * tpt_last_scheduled_command_run: the meeting that the customer booked last, with date, event,
 * host and outcome
 */
void
tpt_last_scheduled_command_run (GTask *task)
{
  TptVerbJob *job = g_task_get_task_data (task);
  TptMeetingQuery query = { .customer = job->reply->customer->id, .host_email = job->host_email };

  tpt_store_list_meetings_async (job->store, &query, g_task_get_cancellable (task), meetings_cb,
                                 g_object_ref (task));
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-command-error.h"
#include "tpt-meeting-text.h"

typedef struct
{
  TptDirectory *directory;
  TptMeeting *meeting;
  GPtrArray *history;      /* (element-type TptMeeting) */
  guint next;              /* the invitee whose history comes next */
} Progress;

static void
progress_free (gpointer data)
{
  Progress *progress = data;

  g_clear_object (&progress->directory);
  g_clear_object (&progress->meeting);
  g_clear_pointer (&progress->history, g_ptr_array_unref);
  g_free (progress);
}

static gboolean
has_meeting (Progress   *progress,
             TptMeeting *meeting)
{
  if (g_strcmp0 (meeting->uri, progress->meeting->uri) == 0)
    return TRUE;
  for (guint i = 0; i < progress->history->len; i++)
    {
      TptMeeting *other = g_ptr_array_index (progress->history, i);

      if (g_strcmp0 (other->uri, meeting->uri) == 0)
        return TRUE;
    }

  return FALSE;
}

static void load_history (TptInvocation *invocation);

static void
history_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GError) error = NULL;
  Progress *progress = invocation->options;

  meetings = tpt_store_list_history_finish (TPT_STORE (source), result, &error);
  if (meetings == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      if (!has_meeting (progress, meeting))
        g_ptr_array_add (progress->history, g_object_ref (meeting));
    }
  load_history (invocation);
}

/* One invitee after the other: each may have moved here from elsewhere, or from here. */
static void
load_history (TptInvocation *invocation)
{
  Progress *progress = invocation->options;
  GPtrArray *invitees = progress->meeting->invitees;

  while (progress->next < invitees->len)
    {
      TptInvitee *invitee = g_ptr_array_index (invitees, progress->next++);

      if (invitee->old_invitee == NULL && invitee->new_invitee == NULL && invitee->reschedules == 0)
        continue;
      tpt_store_list_history_async (invocation->services->store, invitee->uri,
                                    invocation->cancellable, history_cb, g_object_ref (invocation));
      return;
    }

  tpt_meeting_print (invocation, progress->meeting, progress->history, progress->directory);
  tpt_invocation_done (invocation);
}

static void
meetings_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GError) error = NULL;
  Progress *progress = invocation->options;

  meetings = tpt_store_list_meetings_finish (TPT_STORE (source), result, &error);
  if (meetings != NULL && meetings->len == 0)
    g_set_error (&error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_NOT_FOUND,
                 _("There is no meeting “%s” here. “touchpointctl sync” may bring it."),
                 invocation->arguments[0]);
  if (error != NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }

  progress->meeting = g_object_ref (g_ptr_array_index (meetings, 0));
  progress->history = g_ptr_array_new_with_free_func (g_object_unref);
  load_history (invocation);
}

static void
directory_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;
  Progress *progress = invocation->options;
  TptMeetingQuery query = { .uri = invocation->arguments[0], .with_superseded = TRUE };

  progress->directory = tpt_directory_load_finish (result, &error);
  if (progress->directory == NULL)
    tpt_invocation_fail (invocation, error);
  else
    tpt_store_list_meetings_async (invocation->services->store, &query, invocation->cancellable,
                                   meetings_cb, g_object_ref (invocation));
}

static void
show_cb (TptInvocation *invocation)
{
  tpt_directory_load_async (invocation->services->store, invocation->cancellable, directory_cb,
                            g_object_ref (invocation));
}

void
tpt_meetings_show_command_run (TptInvocation *invocation)
{
  tpt_invocation_set_options (invocation, g_new0 (Progress, 1), progress_free);
  if (tpt_invocation_parse (invocation, NULL, 1, 1))
    tpt_invocation_open (invocation, show_cb);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-meeting-filter.h"
#include "tpt-meeting-text.h"

static void
meetings_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GError) error = NULL;
  TptMeetingFilter *filter = invocation->options;

  meetings = tpt_meeting_filter_load_finish (result, &error);
  if (meetings == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  tpt_meetings_print (invocation, meetings, filter->directory);
  tpt_invocation_done (invocation);
}

static void
list_cb (TptInvocation *invocation)
{
  tpt_meeting_filter_load_async (invocation->options, invocation->services,
                                 invocation->cancellable, meetings_cb, g_object_ref (invocation));
}

void
tpt_meetings_list_command_run (TptInvocation *invocation)
{
  TptMeetingFilter *filter = tpt_meeting_filter_new ();
  const GOptionEntry none[] = { G_OPTION_ENTRY_NULL };
  g_autofree GOptionEntry *entries = tpt_meeting_filter_make_entries (filter, none);
  g_autoptr (GError) error = NULL;

  tpt_invocation_set_options (invocation, filter, (GDestroyNotify) tpt_meeting_filter_free);
  if (!tpt_invocation_parse (invocation, entries, 0, 0))
    return;
  if (!tpt_meeting_filter_check (filter, &error))
    tpt_invocation_fail (invocation, error);
  else
    tpt_invocation_open (invocation, list_cb);
}

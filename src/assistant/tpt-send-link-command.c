/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-verb.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TptVerbJob *job = g_task_get_task_data (task);
  TptReply *reply = job->reply;
  TptLink *link = tpt_link_maker_make_finish (TPT_LINK_MAKER (source), result, &error);
  const char *who;

  if (link == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  reply->link = link;
  reply->resolved = TRUE;
  who = link->invitee_name != NULL ? link->invitee_name : reply->customer->name;
  /* Translators: “Link to “Check-in” for Ana Silva: https://…” */
  reply->text = g_strdup_printf (_("Link to “%s” for %s: %s"),
                                 link->event_type_name != NULL ? link->event_type_name : "",
                                 who != NULL ? who : "", link->url);
  g_task_return_pointer (task, g_object_ref (reply), g_object_unref);
}

/**
 * tpt_send_link_command_run: makes a single-use link for the stakeholder, or for the right one
 * of the customer
 */
void
tpt_send_link_command_run (GTask *task)
{
  TptVerbJob *job = g_task_get_task_data (task);
  TptLinkRequest request = {
    .customer = job->reply->customer,
    .stakeholder = job->reply->stakeholder,
    .email = job->reply->email,
    .kind = TPT_LINK_SINGLE_USE,
    .origin = job->origin,
  };

  if (job->link_maker == NULL)
    {
      job->reply->text = g_strdup (_("No link can be made without a connected account."));
      g_task_return_pointer (task, g_object_ref (job->reply), g_object_unref);
      return;
    }
  tpt_link_maker_make_async (job->link_maker, &request, g_task_get_cancellable (task), made_cb,
                             g_object_ref (task));
}

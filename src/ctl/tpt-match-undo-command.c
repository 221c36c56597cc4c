/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-match-run.h"
#include "tpt-record-json.h"

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;

  if (!tpt_match_inbox_undo_finish (TPT_MATCH_INBOX (source), result, &error))
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  if (invocation->json)
    {
      json_builder_begin_object (builder);
      tpt_json_add_bool (builder, "undone", TRUE);
      json_builder_end_object (builder);
      tpt_invocation_print_json (invocation, builder);
    }
  else
    tpt_invocation_print (invocation, _("Taken back."));
  tpt_invocation_done (invocation);
}

static void
undo_cb (TptInvocation *invocation)
{
  const char *const invitees[] = { invocation->arguments[0], NULL };

  if (invitees[0] != NULL)
    tpt_match_run_act (invocation, tpt_match_act_new_reset (invitees));
  else
    tpt_match_inbox_undo_async (invocation->services->inbox, 0, invocation->cancellable, undone_cb,
                                g_object_ref (invocation));
}

/* The last act; or of an invitee whatever was decided by hand, so that the rules decide again. */
void
tpt_match_undo_command_run (TptInvocation *invocation)
{
  if (tpt_invocation_parse (invocation, NULL, 0, 1))
    tpt_invocation_open (invocation, undo_cb);
}

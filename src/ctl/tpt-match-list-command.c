/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-day.h"
#include "tpt-inbox-entry.h"
#include "tpt-record-json.h"
#include "tpt-table.h"

typedef struct
{
  gboolean ignored;
} Options;

static void
add_meeting (JsonBuilder *builder,
             TptMeeting  *meeting)
{
  json_builder_set_member_name (builder, "meeting");
  json_builder_begin_object (builder);
  tpt_json_add_text (builder, "uri", meeting->uri);
  tpt_json_add_text (builder, "name", meeting->name);
  tpt_json_add_time (builder, "start", meeting->start);
  json_builder_end_object (builder);
}

static void
add_candidates (JsonBuilder     *builder,
                const GPtrArray *candidates)
{
  json_builder_set_member_name (builder, "candidates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < candidates->len; i++)
    {
      const TptMatchCandidate *candidate = g_ptr_array_index (candidates, i);

      json_builder_begin_object (builder);
      tpt_json_add_int (builder, "id", candidate->customer->id);
      tpt_json_add_text (builder, "name", candidate->customer->name);
      tpt_json_add_int (builder, "score", candidate->score);
      tpt_json_add_text (builder, "reason", candidate->reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_entry (JsonBuilder   *builder,
           TptInboxEntry *entry)
{
  for (guint i = 0; i < entry->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (entry->invitees, i);

      json_builder_begin_object (builder);
      tpt_json_add_text (builder, "uri", invitee->uri);
      tpt_json_add_text (builder, "name", invitee->name);
      tpt_json_add_text (builder, "email", invitee->email);
      add_meeting (builder, g_ptr_array_index (entry->meetings, i));
      tpt_json_add_text (builder, "reason", tpt_match_reason_to_string (entry->match->reason));
      tpt_json_add_text (builder, "explanation", entry->explanation);
      add_candidates (builder, entry->match->candidates);
      json_builder_end_object (builder);
    }
}

static void
print_json (TptInvocation   *invocation,
            const GPtrArray *entries)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < entries->len; i++)
    add_entry (builder, g_ptr_array_index (entries, i));
  json_builder_end_array (builder);
  tpt_invocation_print_json (invocation, builder);
}

static void
print_table (TptInvocation   *invocation,
             const GPtrArray *entries)
{
  g_autoptr (GTimeZone) zone = tpt_day_get_zone (invocation);
  g_autoptr (TptTable) table = tpt_table_new (_("Who"), _("E-mail"), _("Last meeting"), _("Why"),
                                              _("Perhaps"), _("Invitee"), NULL);
  g_autofree char *text = NULL;

  tpt_table_shorten (table, 0);
  tpt_table_shorten (table, 3);
  for (guint i = 0; i < entries->len; i++)
    {
      TptInboxEntry *entry = g_ptr_array_index (entries, i);
      TptInvitee *invitee = tpt_inbox_entry_get_invitee (entry);
      const TptMeeting *meeting = g_ptr_array_index (entry->meetings, 0);
      const GPtrArray *candidates = entry->match->candidates;
      const TptMatchCandidate *best =
        candidates->len > 0 ? g_ptr_array_index (candidates, 0) : NULL;
      g_autofree char *day = tpt_day_format (meeting->start, zone);

      tpt_table_add (table, tpt_inbox_entry_get_label (entry),
                     invitee->email != NULL ? invitee->email : "", day, entry->explanation,
                     best != NULL ? best->customer->name : "", invitee->uri, NULL);
    }
  text = tpt_table_to_string (table);
  tpt_invocation_print (invocation, "%s", text);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  entries = tpt_match_inbox_list_finish (TPT_MATCH_INBOX (source), result, &error);
  if (entries == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  if (invocation->json)
    print_json (invocation, entries);
  else
    print_table (invocation, entries);
  tpt_invocation_done (invocation);
}

static void
list_cb (TptInvocation *invocation)
{
  Options *options = invocation->options;

  tpt_match_inbox_list_async (invocation->services->inbox, options->ignored,
                              invocation->cancellable, listed_cb, g_object_ref (invocation));
}

void
tpt_match_list_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  const GOptionEntry entries[] = {
    { "ignored", 0, 0, G_OPTION_ARG_NONE, &options->ignored, N_("Those that were set aside"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };

  tpt_invocation_set_options (invocation, options, g_free);
  if (tpt_invocation_parse (invocation, entries, 0, 0))
    tpt_invocation_open (invocation, list_cb);
}

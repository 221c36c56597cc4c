/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-meeting-text.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-day.h"
#include "tpt-join-link.h"
#include "tpt-record-json.h"
#include "tpt-table.h"

static char *
join_customers (TptMeeting   *meeting,
                TptDirectory *directory)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (meeting->invitees, i);
      TptCustomer *customer = tpt_directory_find_customer (directory, invitee->customer);

      if (customer == NULL || !tpt_meeting_is_with (meeting, invitee)
          || !g_hash_table_add (seen, &customer->id))
        continue;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", customer->name);
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static char *
join_invitees (TptMeeting *meeting)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (meeting->invitees, i);
      const char *name = invitee->name != NULL ? invitee->name : invitee->email;

      if (name == NULL || (invitee->canceled && invitee->rescheduled))
        continue;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
print_table (TptInvocation   *invocation,
             const GPtrArray *meetings,
             TptDirectory    *directory)
{
  g_autoptr (GTimeZone) zone = tpt_day_get_zone (invocation);
  g_autoptr (TptTable) table = tpt_table_new (_("Start"), _("Status"), _("Customer"), _("Meeting"),
                                              _("With"), _("Address"), NULL);
  g_autofree char *text = NULL;

  tpt_table_shorten (table, 3);
  tpt_table_shorten (table, 4);
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);
      g_autofree char *start = tpt_day_format (meeting->start, zone);
      g_autofree char *customers = join_customers (meeting, directory);
      g_autofree char *invitees = join_invitees (meeting);

      tpt_table_add (table, start,
                     tpt_outcome_to_string (tpt_directory_get_outcome (directory, meeting)),
                     customers,
                     tpt_meeting_get_title (meeting), invitees, meeting->uri, NULL);
    }
  text = tpt_table_to_string (table);
  tpt_invocation_print (invocation, "%s", text);
}

/** tpt_meetings_print: rows of `meetings list` */
void
tpt_meetings_print (TptInvocation   *invocation,
                    const GPtrArray *meetings,
                    TptDirectory    *directory)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!invocation->json)
    {
      print_table (invocation, meetings, directory);
      return;
    }

  builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; i < meetings->len; i++)
    tpt_meeting_to_json (builder, g_ptr_array_index (meetings, i), directory);
  json_builder_end_array (builder);
  tpt_invocation_print_json (invocation, builder);
}

static void
print_line (TptInvocation *invocation,
            const char    *label,
            const char    *text)
{
  g_autofree char *visible = tpt_visible_text (text);

  if (*visible != '\0')
    tpt_invocation_print (invocation, "%-14s %s", label, visible);
}

static void
print_invitee (TptInvocation *invocation,
               TptInvitee    *invitee)
{
  g_autofree char *person = g_strdup_printf ("%s <%s>", invitee->name != NULL ? invitee->name : "",
                                             invitee->email != NULL ? invitee->email : "");

  print_line (invocation, _("Invitee"), person);
  for (guint i = 0; i < invitee->answers->len; i++)
    {
      TptAnswer *answer = g_ptr_array_index (invitee->answers, i);
      g_autofree char *text = g_strdup_printf ("%s: %s",
                                               answer->question != NULL ? answer->question : "",
                                               answer->answer != NULL ? answer->answer : "");

      print_line (invocation, "", text);
    }
}

static void
print_history (TptInvocation   *invocation,
               const GPtrArray *history,
               GTimeZone       *zone)
{
  for (guint i = 0; i < history->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (history, i);
      g_autofree char *start = tpt_day_format (meeting->start, zone);

      print_line (invocation, _("Was on"), start);
    }
}

/**
 * tpt_meeting_print:
 * @history: (element-type TptMeeting): the meetings that it replaced
 */
void
tpt_meeting_print (TptInvocation   *invocation,
                   TptMeeting      *meeting,
                   const GPtrArray *history,
                   TptDirectory    *directory)
{
  g_autoptr (GTimeZone) zone = tpt_day_get_zone (invocation);
  g_autofree char *start = tpt_day_format (meeting->start, zone);
  g_autofree char *end = tpt_day_format (meeting->end, zone);
  g_autofree char *customers = join_customers (meeting, directory);
  g_autofree char *join = tpt_join_link_check (meeting->join_url);

  if (invocation->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      tpt_meeting_to_whole_json (builder, meeting, history, directory);
      tpt_invocation_print_json (invocation, builder);
      return;
    }

  print_line (invocation, _("Meeting"), tpt_meeting_get_title (meeting));
  print_line (invocation, _("Address"), meeting->uri);
  print_line (invocation, _("Start"), start);
  print_line (invocation, _("End"), end);
  print_line (invocation, _("Status"),
              tpt_outcome_to_string (tpt_directory_get_outcome (directory, meeting)));
  print_line (invocation, _("Customer"), customers);
  print_line (invocation, _("Location"), meeting->location);
  print_line (invocation,
              join != NULL ? _("Join") : _("Join link, blocked because it may not be safe"),
              meeting->join_url);
  for (guint i = 0; i < meeting->hosts->len; i++)
    {
      TptHost *host = g_ptr_array_index (meeting->hosts, i);

      print_line (invocation, _("Host"), host->name != NULL ? host->name : host->email);
    }
  for (guint i = 0; i < meeting->invitees->len; i++)
    print_invitee (invocation, g_ptr_array_index (meeting->invitees, i));
  print_line (invocation, _("Reason"), meeting->cancel_reason);
  print_line (invocation, _("Notes"), meeting->notes_plain);
  print_history (invocation, history, zone);
}

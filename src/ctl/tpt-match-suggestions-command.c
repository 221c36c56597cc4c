/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-customer-suggestion.h"
#include "tpt-day.h"
#include "tpt-record-json.h"
#include "tpt-table.h"

static void
print_json (TptInvocation   *invocation,
            const GPtrArray *suggestions)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < suggestions->len; i++)
    {
      TptCustomerSuggestion *suggestion = g_ptr_array_index (suggestions, i);

      json_builder_begin_object (builder);
      tpt_json_add_text (builder, "domain", suggestion->domain);
      tpt_json_add_text (builder, "name", suggestion->name);
      tpt_json_add_int (builder, "meetings", suggestion->meetings);
      tpt_json_add_int (builder, "people", suggestion->people);
      tpt_json_add_time (builder, "last_at", suggestion->last_at);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  tpt_invocation_print_json (invocation, builder);
}

static void
print_table (TptInvocation   *invocation,
             const GPtrArray *suggestions)
{
  g_autoptr (GTimeZone) zone = tpt_day_get_zone (invocation);
  g_autoptr (TptTable) table = tpt_table_new (_("Domain"), _("Name"), _("Meetings"), _("People"),
                                              _("Last meeting"), NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < suggestions->len; i++)
    {
      TptCustomerSuggestion *suggestion = g_ptr_array_index (suggestions, i);
      g_autofree char *meetings = g_strdup_printf ("%u", suggestion->meetings);
      g_autofree char *people = g_strdup_printf ("%u", suggestion->people);
      g_autofree char *day = tpt_day_format (suggestion->last_at, zone);

      tpt_table_add (table, suggestion->domain, suggestion->name, meetings, people, day, NULL);
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
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GError) error = NULL;

  entries = tpt_match_inbox_list_finish (TPT_MATCH_INBOX (source), result, &error);
  if (entries == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  suggestions = tpt_customer_suggestion_make_all (entries);
  if (invocation->json)
    print_json (invocation, suggestions);
  else
    print_table (invocation, suggestions);
  tpt_invocation_done (invocation);
}

static void
list_cb (TptInvocation *invocation)
{
  tpt_match_inbox_list_async (invocation->services->inbox, FALSE, invocation->cancellable,
                              listed_cb, g_object_ref (invocation));
}

void
tpt_match_suggestions_command_run (TptInvocation *invocation)
{
  if (tpt_invocation_parse (invocation, NULL, 0, 0))
    tpt_invocation_open (invocation, list_cb);
}

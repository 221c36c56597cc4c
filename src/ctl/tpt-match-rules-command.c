/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-directory.h"
#include "tpt-record-json.h"
#include "tpt-table.h"

static void
print_json (TptInvocation   *invocation,
            const GPtrArray *rules,
            TptDirectory    *directory)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < rules->len; i++)
    {
      TptMatchRule *rule = g_ptr_array_index (rules, i);
      TptCustomer *customer = tpt_directory_find_customer (directory, rule->customer);

      json_builder_begin_object (builder);
      tpt_json_add_text (builder, "kind", tpt_match_rule_kind_to_string (rule->kind));
      tpt_json_add_text (builder, "pattern", rule->pattern);
      json_builder_set_member_name (builder, "customer");
      if (customer != NULL)
        {
          json_builder_begin_object (builder);
          tpt_json_add_int (builder, "id", customer->id);
          tpt_json_add_text (builder, "name", customer->name);
          json_builder_end_object (builder);
        }
      else
        json_builder_add_null_value (builder);
      tpt_json_add_time (builder, "created_at", rule->created_at);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  tpt_invocation_print_json (invocation, builder);
}

static void
print_table (TptInvocation   *invocation,
             const GPtrArray *rules,
             TptDirectory    *directory)
{
  g_autoptr (TptTable) table = tpt_table_new (_("Address or domain"), _("Customer"), NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < rules->len; i++)
    {
      TptMatchRule *rule = g_ptr_array_index (rules, i);
      TptCustomer *customer = tpt_directory_find_customer (directory, rule->customer);

      tpt_table_add (table, rule->pattern, customer != NULL ? customer->name : _("(set aside)"),
                     NULL);
    }
  text = tpt_table_to_string (table);
  tpt_invocation_print (invocation, "%s", text);
}

static void
rules_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GPtrArray) rules = NULL;
  g_autoptr (GError) error = NULL;

  rules = tpt_match_inbox_list_rules_finish (TPT_MATCH_INBOX (source), result, &error);
  if (rules == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  if (invocation->json)
    print_json (invocation, rules, invocation->options);
  else
    print_table (invocation, rules, invocation->options);
  tpt_invocation_done (invocation);
}

static void
directory_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;
  TptDirectory *directory = tpt_directory_load_finish (result, &error);

  if (directory == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  tpt_invocation_set_options (invocation, directory, g_object_unref);
  tpt_match_inbox_list_rules_async (invocation->services->inbox, invocation->cancellable, rules_cb,
                                    g_object_ref (invocation));
}

static void
list_cb (TptInvocation *invocation)
{
  tpt_directory_load_async (invocation->services->store, invocation->cancellable, directory_cb,
                            g_object_ref (invocation));
}

void
tpt_match_rules_command_run (TptInvocation *invocation)
{
  if (tpt_invocation_parse (invocation, NULL, 0, 0))
    tpt_invocation_open (invocation, list_cb);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-day.h"
#include "tpt-record-json.h"
#include "tpt-table.h"

typedef struct
{
  char *customer;
  char *state_name;
  TptLinkState state;
  TptDirectory *directory;
} Options;

static void
options_free (gpointer data)
{
  Options *options = data;

  g_free (options->customer);
  g_free (options->state_name);
  g_clear_object (&options->directory);
  g_free (options);
}

static void
print_json (TptInvocation   *invocation,
            const GPtrArray *links,
            TptDirectory    *directory)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < links->len; i++)
    tpt_link_to_json (builder, g_ptr_array_index (links, i), directory);
  json_builder_end_array (builder);
  tpt_invocation_print_json (invocation, builder);
}

static void
print_table (TptInvocation   *invocation,
             const GPtrArray *links,
             TptDirectory    *directory)
{
  g_autoptr (GTimeZone) zone = tpt_day_get_zone (invocation);
  g_autoptr (TptTable) table = tpt_table_new (_("Made"), _("State"), _("Customer"), _("For"),
                                              _("Event type"), NULL);
  g_autofree char *text = NULL;

  tpt_table_shorten (table, 4);
  for (guint i = 0; i < links->len; i++)
    {
      TptLink *link = g_ptr_array_index (links, i);
      TptCustomer *customer = tpt_directory_find_customer (directory, link->customer);
      const char *who = link->invitee_name != NULL ? link->invitee_name : link->invitee_email;
      g_autofree char *made = tpt_day_format (link->created_at, zone);

      tpt_table_add (table, made, tpt_link_state_to_string (link->state),
                     customer != NULL ? customer->name : "",
                     who != NULL ? who : "",
                     link->event_type_name != NULL ? link->event_type_name : "", NULL);
    }
  text = tpt_table_to_string (table);
  tpt_invocation_print (invocation, "%s", text);
}

static void
links_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  Options *options = invocation->options;

  links = tpt_store_list_links_finish (TPT_STORE (source), result, &error);
  if (links == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  for (guint i = 0; i < links->len; i++)
    {
      TptLink *link = g_ptr_array_index (links, i);

      if (options->state_name == NULL || link->state == options->state)
        g_ptr_array_add (kept, link);
    }
  if (invocation->json)
    print_json (invocation, kept, options->directory);
  else
    print_table (invocation, kept, options->directory);
  tpt_invocation_done (invocation);
}

static void
directory_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;
  Options *options = invocation->options;
  TptCustomer *customer = NULL;

  options->directory = tpt_directory_load_finish (result, &error);
  if (error == NULL && options->customer != NULL)
    customer = tpt_directory_choose_customer (options->directory, options->customer, &error);
  if (error != NULL)
    tpt_invocation_fail (invocation, error);
  else
    tpt_store_list_links_async (invocation->services->store, customer != NULL ? customer->id : 0,
                                invocation->cancellable, links_cb, g_object_ref (invocation));
}

static void
list_cb (TptInvocation *invocation)
{
  tpt_directory_load_async (invocation->services->store, invocation->cancellable, directory_cb,
                            g_object_ref (invocation));
}

void
tpt_link_list_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  const GOptionEntry entries[] = {
    { "customer", 0, 0, G_OPTION_ARG_STRING, &options->customer, N_("Of this customer"),
      N_("ID|NAME") },
    { "state", 0, 0, G_OPTION_ARG_STRING, &options->state_name, N_("In this state"), N_("STATE") },
    G_OPTION_ENTRY_NULL,
  };

  tpt_invocation_set_options (invocation, options, options_free);
  if (!tpt_invocation_parse (invocation, entries, 0, 0))
    return;
  if (options->state_name != NULL
      && !tpt_link_state_from_string (options->state_name, &options->state))
    tpt_invocation_fail_usage (invocation,
                               _("“%s” is no state: open, booked, rescheduled, canceled, "
                                 "expired or superseded."),
                               options->state_name);
  else
    tpt_invocation_open (invocation, list_cb);
}

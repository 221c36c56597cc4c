/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-record-json.h"
#include "tpt-table.h"

typedef struct
{
  gboolean refresh;
} Options;

static void
print_json (TptInvocation   *invocation,
            const GPtrArray *event_types)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < event_types->len; i++)
    tpt_event_type_to_json (builder, g_ptr_array_index (event_types, i));
  json_builder_end_array (builder);
  tpt_invocation_print_json (invocation, builder);
}

static void
print_table (TptInvocation   *invocation,
             const GPtrArray *event_types)
{
  g_autoptr (TptTable) table = tpt_table_new (_("Name"), _("Slug"), _("Minutes"), _("Category"),
                                              _("Active"), NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < event_types->len; i++)
    {
      TptEventType *type = g_ptr_array_index (event_types, i);
      g_autofree char *minutes = g_strdup_printf ("%d", type->duration);

      tpt_table_add (table, type->name != NULL ? type->name : "",
                     type->slug != NULL ? type->slug : "", minutes,
                     type->category != NULL ? type->category : "",
                     type->active && !type->deleted ? _("yes") : _("no"), NULL);
    }
  text = tpt_table_to_string (table);
  tpt_invocation_print (invocation, "%s", text);
}

static void
event_types_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GPtrArray) event_types = NULL;
  g_autoptr (GError) error = NULL;

  event_types = tpt_store_list_event_types_finish (TPT_STORE (source), result, &error);
  if (event_types == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  if (invocation->json)
    print_json (invocation, event_types);
  else
    print_table (invocation, event_types);
  tpt_invocation_done (invocation);
}

static void
list (TptInvocation *invocation)
{
  tpt_store_list_event_types_async (invocation->services->store, invocation->cancellable,
                                    event_types_cb, g_object_ref (invocation));
}

static void
refreshed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (tpt_engine_refresh_event_types_finish (TPT_ENGINE (source), result, &error))
    list (invocation);
  else
    tpt_invocation_fail (invocation, error);
}

static void
open_cb (TptInvocation *invocation)
{
  Options *options = invocation->options;

  if (options->refresh)
    tpt_engine_refresh_event_types_async (invocation->services->engine, invocation->cancellable,
                                          refreshed_cb, g_object_ref (invocation));
  else
    list (invocation);
}

void
tpt_event_types_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  const GOptionEntry entries[] = {
    { "refresh", 0, 0, G_OPTION_ARG_NONE, &options->refresh, N_("Fetch the list anew"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  tpt_invocation_set_options (invocation, options, g_free);
  if (tpt_invocation_parse (invocation, entries, 0, 0))
    tpt_invocation_open (invocation, open_cb);
}

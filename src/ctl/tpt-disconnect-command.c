/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-record-json.h"

typedef struct
{
  gboolean keep_data;
  gboolean erase_data;
} Options;

static void
disconnected_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;
  TptDisconnection outcome = { 0 };

  if (!tpt_connection_disconnect_finish (TPT_CONNECTION (source), result, &outcome, &error))
    {
      tpt_invocation_fail (invocation, error);
      return;
    }

  if (outcome.relay_unaware)
    tpt_invocation_message (invocation, "%s",
                            _("The relay could not be reached, and still lists this computer. "
                              "Whoever runs it can remove it there."));
  if (!invocation->json)
    {
      if (outcome.erased)
        tpt_invocation_print (invocation, "%s", _("Disconnected; the local data is erased."));
      else
        tpt_invocation_print (invocation, "%s", _("Disconnected; the local data is kept."));
      tpt_invocation_done (invocation);
      return;
    }
  json_builder_begin_object (builder);
  tpt_json_add_bool (builder, "revoked", outcome.revoked);
  tpt_json_add_bool (builder, "webhook_deleted", outcome.webhook_deleted);
  tpt_json_add_bool (builder, "erased", outcome.erased);
  json_builder_end_object (builder);
  tpt_invocation_print_json (invocation, builder);
  tpt_invocation_done (invocation);
}

static void
disconnect_cb (TptInvocation *invocation)
{
  Options *options = invocation->options;

  tpt_connection_disconnect_async (invocation->services->connection, options->erase_data,
                                   invocation->cancellable, disconnected_cb,
                                   g_object_ref (invocation));
}

void
tpt_disconnect_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  const GOptionEntry entries[] = {
    { "keep-data", 0, 0, G_OPTION_ARG_NONE, &options->keep_data,
      N_("Keep the local data (the default)"), NULL },
    { "erase-data", 0, 0, G_OPTION_ARG_NONE, &options->erase_data, N_("Erase the local data"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };

  tpt_invocation_set_options (invocation, options, g_free);
  if (!tpt_invocation_parse (invocation, entries, 0, 0))
    return;
  if (options->keep_data && options->erase_data)
    tpt_invocation_fail_usage (invocation, "%s",
                               _("--keep-data and --erase-data exclude each other."));
  else
    tpt_invocation_open (invocation, disconnect_cb);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tpt-record-json.h"
#include "tpt-table.h"

typedef struct
{
  gboolean token_stdin;
  gboolean print_url;
} Options;

static void
report (TptInvocation *invocation)
{
  TptUser *account = tpt_connection_get_account (invocation->services->connection);
  g_autofree char *email = tpt_visible_text (account->email);

  if (invocation->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "account");
      tpt_user_to_json (builder, account);
      json_builder_end_object (builder);
      tpt_invocation_print_json (invocation, builder);
    }
  else
    tpt_invocation_print (invocation, _("Connected as %s"), email);
  tpt_invocation_done (invocation);
}

static void
token_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (tpt_connection_use_token_finish (TPT_CONNECTION (source), result, &error))
    report (invocation);
  else
    tpt_invocation_fail (invocation, error);
}

static void
browser_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (tpt_connection_use_browser_finish (TPT_CONNECTION (source), result, &error))
    report (invocation);
  else
    tpt_invocation_fail (invocation, error);
}

static void
open_address (const char *address,
              gpointer    user_data)
{
  TptInvocation *invocation = user_data;
  Options *options = invocation->options;
  g_autoptr (GError) error = NULL;

  if (options->print_url)
    {
      tpt_invocation_message (invocation, "%s", address);
      return;
    }
  if (g_app_info_launch_default_for_uri (address, NULL, &error))
    tpt_invocation_message (invocation, "%s", _("Please sign in in the browser."));
  else
    tpt_invocation_message (invocation, "%s\n%s",
                            _("No browser could be started. Open this address in one:"), address);
}

static void
connect_cb (TptInvocation *invocation)
{
  TptConnection *connection = invocation->services->connection;
  Options *options = invocation->options;
  g_autofree char *token = NULL;

  if (!options->token_stdin)
    {
      tpt_connection_use_browser_async (connection, open_address, invocation,
                                        invocation->cancellable, browser_cb,
                                        g_object_ref (invocation));
      return;
    }

  token = g_strstrip (g_strdup (invocation->input != NULL ? invocation->input : ""));
  tpt_connection_use_token_async (connection, token, invocation->cancellable, token_cb,
                                  g_object_ref (invocation));
}

static gboolean
has_token (TptInvocation *invocation)
{
  const char *input = invocation->input;

  return input != NULL && input[strspn (input, " \t\r\n")] != '\0';
}

void
tpt_connect_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  const GOptionEntry entries[] = {
    { "token-stdin", 0, 0, G_OPTION_ARG_NONE, &options->token_stdin,
      N_("Read a personal access token from standard input"), NULL },
    { "print-url", 0, 0, G_OPTION_ARG_NONE, &options->print_url,
      N_("Print the address to sign in at; start no browser"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  tpt_invocation_set_options (invocation, options, g_free);
  if (!tpt_invocation_parse (invocation, entries, 0, 0))
    return;
  if (options->token_stdin && options->print_url)
    tpt_invocation_fail_usage (invocation, "%s",
                               _("--token-stdin and --print-url exclude each other."));
  else if (options->token_stdin && !has_token (invocation))
    tpt_invocation_fail_usage (invocation, "%s", _("There was no token on standard input."));
  else
    tpt_invocation_open (invocation, connect_cb);
}

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
  gboolean start_anew;
  char *switch_account;
  TptOtherAccount other;
} Options;

static void
options_free (Options *options)
{
  g_free (options->switch_account);
  g_free (options);
}

static void
settled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;

  /* Somebody is signed in all the same; the relay is asked again later. */
  if (!tpt_relay_listener_settle_finish (TPT_RELAY_LISTENER (source), result, &error))
    tpt_invocation_message (invocation, _("The relay does not enrol this computer yet: %s"),
                            error->message);
  tpt_invocation_done (invocation);
}

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
  /* A relay that was set before waits for just this, and a command ends with its call. */
  tpt_relay_listener_settle_async (invocation->services->listener, invocation->cancellable,
                                   settled_cb, g_object_ref (invocation));
}

static void
switched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (tpt_connection_switch_finish (TPT_CONNECTION (source), result, &error))
    report (invocation);
  else
    tpt_invocation_fail (invocation, error);
}

/* Whoever has said what becomes of the first account's record is not asked again. */
static void
fail (TptInvocation *invocation,
      TptConnection *connection,
      const GError  *error)
{
  Options *options = invocation->options;
  g_autoptr (GError) advice = NULL;

  if (!g_error_matches (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OTHER_ACCOUNT))
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  if (options->other != TPT_OTHER_ACCOUNT_ASK)
    {
      tpt_connection_switch_async (connection, options->other, invocation->cancellable,
                                   switched_cb, g_object_ref (invocation));
      return;
    }

  advice = g_error_new (error->domain, error->code, "%s\n%s", error->message,
                        _("To use this account here, add --switch-account=keep, which keeps the "
                          "other record apart until its account comes back, or "
                          "--switch-account=erase."));
  tpt_invocation_fail (invocation, advice);
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
    fail (invocation, TPT_CONNECTION (source), error);
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
    fail (invocation, TPT_CONNECTION (source), error);
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

static gboolean
read_choice (Options *options)
{
  if (options->switch_account == NULL)
    return TRUE;
  if (g_str_equal (options->switch_account, "keep"))
    options->other = TPT_OTHER_ACCOUNT_KEEP;
  else if (g_str_equal (options->switch_account, "erase"))
    options->other = TPT_OTHER_ACCOUNT_ERASE;

  return options->other != TPT_OTHER_ACCOUNT_ASK;
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
    { "switch-account", 0, 0, G_OPTION_ARG_STRING, &options->switch_account,
      N_("Where the record here is of another account: keep it apart, or erase it"),
      /* Translators: the two words are typed as they are */
      N_("keep|erase") },
    { "start-anew", 0, 0, G_OPTION_ARG_NONE, &options->start_anew,
      N_("Where the key of the record is lost: put the file aside and begin a new one"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  tpt_invocation_set_options (invocation, options, (GDestroyNotify) options_free);
  if (!tpt_invocation_parse (invocation, entries, 0, 0))
    return;
  if (options->token_stdin && options->print_url)
    tpt_invocation_fail_usage (invocation, "%s",
                               _("--token-stdin and --print-url exclude each other."));
  else if (!read_choice (options))
    tpt_invocation_fail_usage (invocation, "%s",
                               _("--switch-account is “keep” or “erase”."));
  else if (options->token_stdin && !has_token (invocation))
    tpt_invocation_fail_usage (invocation, "%s", _("There was no token on standard input."));
  else
    {
      invocation->may_start_anew = options->start_anew;
      tpt_invocation_open (invocation, connect_cb);
    }
}

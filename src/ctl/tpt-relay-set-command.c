/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-relay-text.h"

typedef struct
{
  char *code;
} Options;

static void
options_free (gpointer data)
{
  Options *options = data;

  g_free (options->code);
  g_free (options);
}

static void
enrolled_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (!tpt_relay_listener_enrol_finish (TPT_RELAY_LISTENER (source), result, &error))
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  tpt_relay_print (invocation);
  tpt_invocation_done (invocation);
}

static void
set_cb (TptInvocation *invocation)
{
  Options *options = invocation->options;

  tpt_relay_listener_enrol_async (invocation->services->listener, invocation->arguments[0],
                                  options->code, invocation->cancellable, enrolled_cb,
                                  g_object_ref (invocation));
}

void
tpt_relay_set_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  const GOptionEntry entries[] = {
    { "code", 0, 0, G_OPTION_ARG_STRING, &options->code, N_("The relay's enrolment code"),
      N_("CODE") },
    G_OPTION_ENTRY_NULL,
  };

  tpt_invocation_set_options (invocation, options, options_free);
  if (!tpt_invocation_parse (invocation, entries, 1, 1))
    return;
  if (options->code == NULL)
    tpt_invocation_fail_usage (invocation, "%s",
                               _("The relay's operator gives an enrolment code: --code CODE."));
  else
    tpt_invocation_open (invocation, set_cb);
}

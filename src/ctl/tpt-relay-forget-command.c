/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-relay-text.h"

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (!tpt_relay_listener_forget_finish (TPT_RELAY_LISTENER (source), result, &error))
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  tpt_relay_print (invocation);
  tpt_invocation_done (invocation);
}

static void
forget_cb (TptInvocation *invocation)
{
  tpt_relay_listener_forget_async (invocation->services->listener, NULL, invocation->cancellable,
                                   forgotten_cb, g_object_ref (invocation));
}

void
tpt_relay_forget_command_run (TptInvocation *invocation)
{
  if (tpt_invocation_parse (invocation, NULL, 0, 0))
    tpt_invocation_open (invocation, forget_cb);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-relay-text.h"

static void
show_cb (TptInvocation *invocation)
{
  tpt_relay_print (invocation);
  tpt_invocation_done (invocation);
}

void
tpt_relay_show_command_run (TptInvocation *invocation)
{
  if (tpt_invocation_parse (invocation, NULL, 0, 0))
    tpt_invocation_open (invocation, show_cb);
}

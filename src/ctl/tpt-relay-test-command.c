/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-relay-checkup.h"
#include "tpt-relay-text.h"
#include "tpt-table.h"

/* One line for each check, and what to do about the one that failed. */
static void
print_checks (TptInvocation   *invocation,
              TptRelayCheckup *checkup)
{
  for (guint i = 0; i < TPT_RELAY_CHECKS; i++)
    {
      TptRelayCheckState state = tpt_relay_checkup_get_state (checkup, (TptRelayCheck) i);
      const char *title = tpt_relay_check_get_title ((TptRelayCheck) i);

      if (state == TPT_RELAY_CHECK_GOOD)
        tpt_invocation_print (invocation, "✓ %s", title);
      else if (state == TPT_RELAY_CHECK_BAD)
        {
          g_autofree char *message = tpt_visible_text (tpt_relay_checkup_get_message (checkup));

          tpt_invocation_print (invocation, "✗ %s: %s", title, message);
          tpt_invocation_print (invocation, "  %s",
                                tpt_relay_check_get_advice ((TptRelayCheck) i));
        }
      else
        tpt_invocation_print (invocation, "– %s", title);
    }
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  TptRelayCheckup *checkup = TPT_RELAY_CHECKUP (source);
  g_autoptr (GError) error = NULL;
  gboolean is_good = tpt_relay_checkup_run_finish (checkup, result, &error);

  /* Of an interrupted check nothing is known. */
  if (!invocation->json && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    print_checks (invocation, checkup);
  if (!is_good)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  tpt_relay_print (invocation);
  tpt_invocation_done (invocation);
}

static void
test_cb (TptInvocation *invocation)
{
  TptRelayListener *listener = invocation->services->listener;
  g_autoptr (TptRelayCheckup) checkup = tpt_relay_checkup_new (listener);

  /* The app's stream is open; a process of our own has to open one. */
  if (invocation->owns_services && tpt_relay_listener_get_url (listener) != NULL)
    tpt_relay_listener_start (listener);
  tpt_relay_checkup_run_async (checkup, invocation->cancellable, checked_cb,
                               g_object_ref (invocation));
}

/* Everything that a booking needs to arrive at once, up to a test event that goes through journal
 * and stream like any other. */
void
tpt_relay_test_command_run (TptInvocation *invocation)
{
  if (tpt_invocation_parse (invocation, NULL, 0, 0))
    tpt_invocation_open (invocation, test_cb);
}

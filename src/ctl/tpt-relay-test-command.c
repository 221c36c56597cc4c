/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-command-error.h"
#include "tpt-relay-text.h"

/* A test event needs no longer than any other; a slow network is allowed for. */
#define PATIENCE_SECONDS 20

typedef struct
{
  TptInvocation *invocation; /* borrowed: the wait is part of its run */
  TptRelayListener *listener;
  gulong handler;
  guint timeout;
  gboolean sent;
  gboolean arrived;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  g_clear_handle_id (&wait->timeout, g_source_remove);
  g_clear_signal_handler (&wait->handler, wait->listener);
  g_clear_object (&wait->listener);
  g_free (wait);
}

static void
stop (Wait *wait)
{
  g_clear_handle_id (&wait->timeout, g_source_remove);
  g_clear_signal_handler (&wait->handler, wait->listener);
}

/* Over when the relay took it and the stream brought it back, in whichever order that is told. */
static void
check (Wait *wait)
{
  TptInvocation *invocation = wait->invocation;

  if (!wait->sent || !wait->arrived)
    return;
  stop (wait);
  tpt_relay_print (invocation);
  tpt_invocation_done (invocation);
  g_object_unref (invocation);
}

static void
event_cb (Wait *wait)
{
  wait->arrived = TRUE;
  check (wait);
}

static gboolean
timeout_cb (gpointer user_data)
{
  Wait *wait = user_data;
  g_autoptr (TptInvocation) invocation = wait->invocation;
  g_autoptr (GError) error = NULL;

  wait->timeout = 0;
  stop (wait);
  error = g_error_new (TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_NOT_FOUND,
                       _("The relay took the test event, but it did not come back within %d "
                         "seconds."),
                       PATIENCE_SECONDS);
  tpt_invocation_fail (invocation, error);

  return G_SOURCE_REMOVE;
}

static void
tested_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;
  Wait *wait = invocation->options;

  if (!tpt_relay_listener_test_finish (TPT_RELAY_LISTENER (source), result, &error))
    {
      stop (wait);
      tpt_invocation_fail (invocation, error);
      return;
    }
  wait->sent = TRUE;
  wait->invocation = g_object_ref (invocation);
  wait->timeout = g_timeout_add_seconds (PATIENCE_SECONDS, timeout_cb, wait);
  check (wait);
}

static void
test_cb (TptInvocation *invocation)
{
  Wait *wait = invocation->options;

  wait->listener = g_object_ref (invocation->services->listener);
  wait->handler = g_signal_connect_swapped (wait->listener, "notify::last-event-at",
                                            G_CALLBACK (event_cb), wait);
  /* The app's stream is open; a process of our own has to open one. */
  if (invocation->owns_services && tpt_relay_listener_get_url (wait->listener) != NULL)
    tpt_relay_listener_start (wait->listener);
  tpt_relay_listener_test_async (wait->listener, invocation->cancellable, tested_cb,
                                 g_object_ref (invocation));
}

/* The test event goes through journal and stream like any other. */
void
tpt_relay_test_command_run (TptInvocation *invocation)
{
  tpt_invocation_set_options (invocation, g_new0 (Wait, 1), wait_free);
  if (tpt_invocation_parse (invocation, NULL, 0, 0))
    tpt_invocation_open (invocation, test_cb);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-keyring-call.h"

#include "tpt-account-error.h"
#include "tpt-config.h"

#include <glib/gi18n-lib.h>

struct _TptKeyringCall
{
  GMainContext *context;
  GCancellable *cancellable;
  gulong cancelled_handler;
  GSource *timer;
  GAsyncResult *result;
  gboolean late;
};

static gboolean
late_cb (gpointer user_data)
{
  TptKeyringCall *self = user_data;

  self->late = TRUE;

  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_main_context_wakeup (user_data);
}

/**
 * tpt_keyring_call_new:
 *
 * The thread's default context is that of the call until tpt_keyring_call_free()
 */
TptKeyringCall *
tpt_keyring_call_new (guint         patience_ms,
                      GCancellable *cancellable)
{
  TptKeyringCall *self = g_new0 (TptKeyringCall, 1);

  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  if (cancellable != NULL)
    {
      self->cancellable = g_object_ref (cancellable);
      self->cancelled_handler = g_cancellable_connect (
        cancellable, G_CALLBACK (cancelled_cb), g_main_context_ref (self->context),
        (GDestroyNotify) g_main_context_unref);
    }
  self->timer = g_timeout_source_new (patience_ms);
  g_source_set_callback (self->timer, late_cb, self, NULL);
  g_source_attach (self->timer, self->context);

  return self;
}

void
tpt_keyring_call_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  TptKeyringCall *self = user_data;

  self->result = g_object_ref (result);
}

/**
 * tpt_keyring_call_wait:
 *
 * libsecret is not told when the time is up: while it waits for a prompt, 0.20.5 answers that
 * with a
 * critical warning and no result. The prompt stays, and who answers it late finds the keyring open.
 *
 * Returns: (transfer full) (nullable): the result for the call's own finish function; %NULL with an
 *   error when the time is up or it was canceled
 */
GAsyncResult *
tpt_keyring_call_wait (TptKeyringCall  *self,
                       GError         **error)
{
  while (self->result == NULL && !self->late && !g_cancellable_is_cancelled (self->cancellable))
    g_main_context_iteration (self->context, TRUE);
  if (self->result != NULL)
    return g_object_ref (self->result);
  if (!g_cancellable_set_error_if_cancelled (self->cancellable, error))
    g_set_error_literal (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED,
                         _("The keyring was not unlocked in time"));

  return NULL;
}

void
tpt_keyring_call_free (TptKeyringCall *self)
{
  g_main_context_pop_thread_default (self->context);
  if (self->cancellable != NULL)
    g_cancellable_disconnect (self->cancellable, self->cancelled_handler);
  g_clear_object (&self->cancellable);
  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  /* A call that was given up may still answer, into a context that nobody runs any more: both
   * stay. */
  if (self->result == NULL)
    return;
  g_clear_object (&self->result);
  g_main_context_unref (self->context);
  g_free (self);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-keyring-call.h"

#include "tpt-account-error.h"
#include "tpt-config.h"

#include <glib/gi18n-lib.h>

/* How long a call may take to notice that it was canceled: a prompt waits for the service to
 * confirm that it is gone. */
#define GRACE_MS 2000

struct _TptKeyringCall
{
  GMainContext *context;
  GCancellable *inner;
  GCancellable *outer;
  gulong outer_handler;
  GSource *timer;
  GAsyncResult *result;
  gboolean late;
  gboolean abandoned;
};

static gboolean
abandon_cb (gpointer user_data)
{
  TptKeyringCall *self = user_data;

  self->abandoned = TRUE;

  return G_SOURCE_REMOVE;
}

static void
set_timer (TptKeyringCall *self,
           guint           milliseconds,
           GSourceFunc     callback)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  self->timer = g_timeout_source_new (milliseconds);
  g_source_set_callback (self->timer, callback, self, NULL);
  g_source_attach (self->timer, self->context);
}

static gboolean
late_cb (gpointer user_data)
{
  TptKeyringCall *self = user_data;

  self->late = TRUE;
  g_cancellable_cancel (self->inner);

  return G_SOURCE_REMOVE;
}

static void
outer_cancelled_cb (GCancellable *outer,
                    gpointer      user_data)
{
  g_cancellable_cancel (user_data);
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
  self->inner = g_cancellable_new ();
  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->outer_handler = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb),
                                                   g_object_ref (self->inner), g_object_unref);
    }
  set_timer (self, patience_ms, late_cb);

  return self;
}

GCancellable *
tpt_keyring_call_get_cancellable (TptKeyringCall *self)
{
  return self->inner;
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
 * Returns: (transfer full) (nullable): the result for the call's own finish function; %NULL with
 *   an error when the time is
 *   up or it was canceled
 */
GAsyncResult *
tpt_keyring_call_wait (TptKeyringCall  *self,
                       GError         **error)
{
  gboolean grace = FALSE;

  while (self->result == NULL && !self->abandoned)
    {
      g_main_context_iteration (self->context, TRUE);
      if (!grace && g_cancellable_is_cancelled (self->inner))
        {
          grace = TRUE;
          set_timer (self, GRACE_MS, abandon_cb);
        }
    }
  if (self->late)
    g_set_error_literal (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED,
                         _("The keyring was not unlocked in time"));
  else if (g_cancellable_set_error_if_cancelled (self->outer, error))
    return NULL;

  return self->late || self->result == NULL ? NULL : g_steal_pointer (&self->result);
}

void
tpt_keyring_call_free (TptKeyringCall *self)
{
  g_main_context_pop_thread_default (self->context);
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->outer_handler);
  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  /* The call may still answer into a context that nobody runs any more: what it would touch has
   * to stay. */
  if (self->abandoned)
    return;
  g_clear_object (&self->result);
  g_clear_object (&self->inner);
  g_clear_object (&self->outer);
  g_main_context_unref (self->context);
  g_free (self);
}

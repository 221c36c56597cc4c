/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-unlock-watch.h"

struct _TptUnlockWatch
{
  GObject parent_instance;

  TptTokenStore *secrets;
  GCancellable *cancellable;
  guint pause_ms;
  guint timer;
  gboolean was_locked;     /* at some look */
  gboolean may_be_open;    /* at the last */
};

G_DEFINE_FINAL_TYPE (TptUnlockWatch, tpt_unlock_watch, G_TYPE_OBJECT)

enum
{
  UNLOCKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void look (TptUnlockWatch *self);

static void
look_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_task_return_boolean (task, tpt_token_store_is_locked (task_data, TPT_SECRET_DATABASE_KEY,
                                                          cancellable));
}

static gboolean
timer_cb (gpointer user_data)
{
  TptUnlockWatch *self = user_data;

  self->timer = 0;
  look (self);

  return G_SOURCE_REMOVE;
}

/* What was never seen locked cannot be seen to open: to try again then would ask for the password
 * again and again. A service that loads its files anew knows nothing for a moment, so it is looked
 * at twice. */
static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  TptUnlockWatch *self = TPT_UNLOCK_WATCH (source);
  g_autoptr (GError) error = NULL;
  gboolean is_locked = g_task_propagate_boolean (G_TASK (result), &error);

  if (error != NULL)
    return;
  self->was_locked = self->was_locked || is_locked;
  if (!is_locked && self->may_be_open)
    {
      g_signal_emit (self, signals[UNLOCKED], 0);
      return;
    }
  self->may_be_open = !is_locked && self->was_locked;
  if (self->was_locked)
    self->timer = g_timeout_add (self->pause_ms, timer_cb, self);
}

static void
look (TptUnlockWatch *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, looked_cb, NULL);

  g_task_set_source_tag (task, look);
  g_task_set_task_data (task, g_object_ref (self->secrets), g_object_unref);
  g_task_run_in_thread (task, look_thread);
}

static void
tpt_unlock_watch_dispose (GObject *object)
{
  tpt_unlock_watch_stop (TPT_UNLOCK_WATCH (object));

  G_OBJECT_CLASS (tpt_unlock_watch_parent_class)->dispose (object);
}

static void
tpt_unlock_watch_finalize (GObject *object)
{
  TptUnlockWatch *self = TPT_UNLOCK_WATCH (object);

  g_clear_object (&self->secrets);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (tpt_unlock_watch_parent_class)->finalize (object);
}

static void
tpt_unlock_watch_class_init (TptUnlockWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tpt_unlock_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = tpt_unlock_watch_finalize;

  signals[UNLOCKED] = g_signal_new ("unlocked", TPT_TYPE_UNLOCK_WATCH, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tpt_unlock_watch_init (TptUnlockWatch *self)
{
  self->cancellable = g_cancellable_new ();
}

/** tpt_unlock_watch_new: (transfer full): looks now, and with @pause_ms between two looks */
TptUnlockWatch *
tpt_unlock_watch_new (TptTokenStore *secrets,
                      guint          pause_ms)
{
  TptUnlockWatch *self = g_object_new (TPT_TYPE_UNLOCK_WATCH, NULL);

  self->secrets = g_object_ref (secrets);
  self->pause_ms = pause_ms;
  look (self);

  return self;
}

/** tpt_unlock_watch_stop: a look that is under way ends later, but says nothing any more */
void
tpt_unlock_watch_stop (TptUnlockWatch *self)
{
  g_return_if_fail (TPT_IS_UNLOCK_WATCH (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
}

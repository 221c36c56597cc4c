/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-undo-toast.h"

#include <glib/gi18n.h>

/* As long as AdwToast stays by itself. */
#define SECONDS 5

struct _TptUndoToast
{
  GObject parent_instance;

  AdwToast *toast;         /* while it is on the screen, or NULL */
  guint timer;
};

enum
{
  UNDO,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptUndoToast, tpt_undo_toast, G_TYPE_OBJECT)

static void
dismissed_cb (TptUndoToast *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->toast);
}

static void
clicked_cb (TptUndoToast *self)
{
  g_signal_emit (self, signals[UNDO], 0);
}

static gboolean
timer_cb (gpointer user_data)
{
  TptUndoToast *self = user_data;
  g_autoptr (AdwToast) toast = g_object_ref (self->toast);

  self->timer = 0;
  adw_toast_dismiss (toast);

  return G_SOURCE_REMOVE;
}

static void
tpt_undo_toast_dispose (GObject *object)
{
  TptUndoToast *self = TPT_UNDO_TOAST (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->toast);

  G_OBJECT_CLASS (tpt_undo_toast_parent_class)->dispose (object);
}

static void
tpt_undo_toast_class_init (TptUndoToastClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = tpt_undo_toast_dispose;

  signals[UNDO] = g_signal_new ("undo", TPT_TYPE_UNDO_TOAST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
tpt_undo_toast_init (TptUndoToast *self)
{
}

TptUndoToast *
tpt_undo_toast_new (void)
{
  return g_object_new (TPT_TYPE_UNDO_TOAST, NULL);
}

/**
 * tpt_undo_toast_show:
 * @what: what was done, or why not
 *
 * Only what was done last can be taken back, so there is one toast, which changes what it says:
 * libadwaita 1.2 crashes where a toast is dismissed to make room for the next.
 */
void
tpt_undo_toast_show (TptUndoToast    *self,
                     AdwToastOverlay *overlay,
                     const char      *what,
                     gboolean         undoable)
{
  g_autofree char *markup = g_markup_escape_text (what, -1);
  gboolean is_new = self->toast == NULL;

  if (is_new)
    {
      self->toast = adw_toast_new (markup);
      adw_toast_set_timeout (self->toast, 0);
      g_signal_connect_object (self->toast, "dismissed", G_CALLBACK (dismissed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->toast, "button-clicked", G_CALLBACK (clicked_cb), self,
                               G_CONNECT_SWAPPED);
    }
  adw_toast_set_title (self->toast, markup);
  adw_toast_set_button_label (self->toast, undoable ? _("Undo") : NULL);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add_seconds (SECONDS, timer_cb, self);
  if (is_new)
    adw_toast_overlay_add_toast (overlay, g_object_ref (self->toast));
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-undo-toast.h"

#include "tpt-literal.h"
#include "tpt-toast.h"

#include <glib/gi18n.h>

/* As long as AdwToast stays by itself. */
#define SECONDS 5

struct _TptUndoToast
{
  GObject parent_instance;

  GtkWidget *place;        /* whose window it appears in, or NULL when that is gone */
  TptInboxModel *model;
  GtkEventController *keys; /* of the place */
  AdwToast *toast;         /* while it is on the screen, or NULL */
  guint timer;
};

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
  tpt_inbox_model_undo (self->model);
}

/* As long as somebody can see what it would take back. */
static gboolean
key_cb (GtkWidget *widget,
        GVariant  *arguments,
        gpointer   user_data)
{
  TptUndoToast *self = user_data;

  if (self->toast == NULL || adw_toast_get_button_label (self->toast) == NULL)
    return FALSE;
  tpt_inbox_model_undo (self->model);

  return TRUE;
}

/* A toast that goes from under the pointer lets the press fall upon whatever is behind it. */
static gboolean
is_pointed_at (TptUndoToast *self)
{
  GtkWidget *widget = adw_toast_get_custom_title (self->toast);

  for (; widget != NULL && !ADW_IS_TOAST_OVERLAY (widget); widget = gtk_widget_get_parent (widget))
    {
      if ((gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_PRELIGHT) != 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
timer_cb (gpointer user_data)
{
  TptUndoToast *self = user_data;
  g_autoptr (AdwToast) toast = g_object_ref (self->toast);

  if (is_pointed_at (self))
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  adw_toast_dismiss (toast);

  return G_SOURCE_REMOVE;
}

/* Only what was done last can be taken back, so there is one toast, which changes what it says:
 * libadwaita 1.2 crashes where a toast is dismissed to make room for the next. */
static void
acted_cb (TptUndoToast *self,
          const char   *what,
          gboolean      undoable)
{
  GtkWidget *overlay =
    self->place != NULL ? gtk_widget_get_ancestor (self->place, ADW_TYPE_TOAST_OVERLAY) : NULL;
  gboolean is_new = self->toast == NULL;

  if (overlay == NULL)
    return;
  if (is_new)
    {
      self->toast = tpt_toast_new (what);
      adw_toast_set_timeout (self->toast, 0);
      g_signal_connect_object (self->toast, "dismissed", G_CALLBACK (dismissed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->toast, "button-clicked", G_CALLBACK (clicked_cb), self,
                               G_CONNECT_SWAPPED);
    }
  tpt_toast_set_text (self->toast, what);
  adw_toast_set_button_label (self->toast, undoable ? _("Undo") : NULL);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add_seconds (SECONDS, timer_cb, self);
  if (is_new)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_object_ref (self->toast));
}

static void
failed_cb (TptUndoToast *self,
           const char   *why)
{
  g_autofree char *line = tpt_literal_line (why);

  acted_cb (self, line, FALSE);
}

static void
tpt_undo_toast_dispose (GObject *object)
{
  TptUndoToast *self = TPT_UNDO_TOAST (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->toast);
  g_clear_object (&self->model);
  if (self->place != NULL)
    gtk_widget_remove_controller (self->place, self->keys);
  g_clear_weak_pointer (&self->place);

  G_OBJECT_CLASS (tpt_undo_toast_parent_class)->dispose (object);
}

static void
tpt_undo_toast_class_init (TptUndoToastClass *class)
{
  G_OBJECT_CLASS (class)->dispose = tpt_undo_toast_dispose;
}

static void
tpt_undo_toast_init (TptUndoToast *self)
{
}

/* From anywhere in the window, unless what has the keyboard has something of its own to undo. */
static void
add_keys (TptUndoToast *self)
{
  GtkShortcut *shortcut =
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_z, GDK_CONTROL_MASK),
                      gtk_callback_action_new (key_cb, self, NULL));

  self->keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (self->keys),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (self->keys), shortcut);
  gtk_widget_add_controller (self->place, self->keys);
}

/** tpt_undo_toast_new: @place: a widget inside the overlay where @model's acts are to be told */
TptUndoToast *
tpt_undo_toast_new (GtkWidget     *place,
                    TptInboxModel *model)
{
  TptUndoToast *self = g_object_new (TPT_TYPE_UNDO_TOAST, NULL);

  g_set_weak_pointer (&self->place, place);
  self->model = g_object_ref (model);
  add_keys (self);
  g_signal_connect_object (model, "acted", G_CALLBACK (acted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

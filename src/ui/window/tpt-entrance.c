/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-entrance.h"

#include "tpt-first-frame.h"

/* What is read in less than this is there with the window; nobody takes it for a delay. */
#define PATIENCE_MS 150

struct _TptEntrance
{
  GtkWindow *window;       /* borrowed: owns us */
  GSettings *settings;
  guint patience;
  guint preparation;
};

/* A window that was shown meanwhile shall not come before its dialogs. */
static void
present (TptEntrance *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->window)))
    gtk_window_present (self->window);
}

static gboolean
patience_cb (gpointer user_data)
{
  TptEntrance *self = user_data;

  self->patience = 0;
  present (self);

  return G_SOURCE_REMOVE;
}

static gboolean
prepare_cb (gpointer user_data)
{
  TptEntrance *self = user_data;

  self->preparation = 0;
  gtk_widget_realize (GTK_WIDGET (self->window));

  return G_SOURCE_REMOVE;
}

TptEntrance *
tpt_entrance_new (GtkWindow *window,
                  GSettings *settings)
{
  TptEntrance *self = g_new0 (TptEntrance, 1);

  self->window = window;
  self->settings = g_object_ref (settings);
  gtk_window_set_default_size (window, g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (window);

  return self;
}

void
tpt_entrance_free (TptEntrance *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_handle_id (&self->preparation, g_source_remove);
  g_object_unref (self->settings);
  g_free (self);
}

/** tpt_entrance_wait: presents the window with tpt_entrance_show (), or after a moment without */
void
tpt_entrance_wait (TptEntrance *self)
{
  if (self->patience == 0)
    self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
}

/** tpt_entrance_prepare: does beside what is being read what the display wants to know */
void
tpt_entrance_prepare (TptEntrance *self)
{
  if (self->patience != 0 && self->preparation == 0)
    self->preparation = g_idle_add (prepare_cb, self);
}

/**
 * tpt_entrance_show:
 * @has_content: whether it is what the user waits for
 *
 * There is something to show. A window that nobody waits for stays as it is.
 */
void
tpt_entrance_show (TptEntrance *self,
                   gboolean     has_content)
{
  if (self->patience != 0)
    {
      g_clear_handle_id (&self->patience, g_source_remove);
      present (self);
    }
  if (has_content)
    tpt_first_frame_note (GTK_WIDGET (self->window));
}

/** tpt_entrance_keep_size: for the next time; while the window is still there */
void
tpt_entrance_keep_size (TptEntrance *self)
{
  int width, height;

  gtk_window_get_default_size (self->window, &width, &height);
  g_settings_set_int (self->settings, "window-width", MAX (width, 360));
  g_settings_set_int (self->settings, "window-height", MAX (height, 294));
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (self->window));
}

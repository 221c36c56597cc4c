/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test-screen.h"

#include "tpt-test.h"
#include "tpt-ui-resources.h"

/* What the application does at its start: the style sheet, and nothing that moves. The
 * directories are not isolated, as GTK reads icons by the system's types of files;
 * tests/ui/meson.build sees to those of the home. */
void
tpt_test_screen_init (int    *argc,
                      char ***argv)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  g_test_init (argc, argv, NULL);
  g_resources_register (tpt_ui_get_resource ());
  gtk_init ();
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  gtk_css_provider_load_from_resource (provider, "/touchpoint/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static gboolean
is_mapped (gpointer user_data)
{
  return gtk_widget_get_mapped (user_data) && gtk_widget_get_width (user_data) > 0;
}

static void
after_paint_cb (GdkFrameClock *clock,
                gboolean      *painted)
{
  *painted = TRUE;
}

/* Waits until everything that is under way is drawn. */
void
tpt_test_screen_settle (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gboolean painted = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &painted);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  gtk_widget_queue_draw (window);
  tpt_test_await_bool (&painted);
  g_signal_handler_disconnect (clock, handler);
}

/* A window with @widget in it, on the screen. */
GtkWidget *
tpt_test_screen_show (GtkWidget *widget,
                      int        width,
                      int        height)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  adw_window_set_content (ADW_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  tpt_test_await_func (is_mapped, window);
  tpt_test_screen_settle (window);

  return window;
}

static GskRenderNode *
render (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));

  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

/* Keeps a picture of @window as @name.png in the folder TPT_TEST_SCREENSHOTS, where the
 * environment names one. */
void
tpt_test_screen_shoot (GtkWidget  *window,
                       const char *name)
{
  const char *folder = g_getenv ("TPT_TEST_SCREENSHOTS");
  g_autofree char *path = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (folder == NULL)
    return;
  /* A window that is about to be drawn anew has nothing to show in between. */
  do
    {
      tpt_test_screen_settle (window);
      node = render (window);
    }
  while (node == NULL);
  path = g_strdup_printf ("%s/%s.png", folder, name);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

/* Ends @window and proves that nobody kept it. */
void
tpt_test_screen_close (GtkWidget *window)
{
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_destroy (GTK_WINDOW (window));
  while (weak != NULL && g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (weak);
}

static gboolean
label_shows (GtkWidget  *widget,
             const char *text)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

/* Whether a label that is in view below @widget shows @text. What was taken for markup would not
 * be in it any more. */
gboolean
tpt_test_screen_shows (GtkWidget  *widget,
                       const char *text)
{
  GtkWidget *child;

  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
    return FALSE;
  if (label_shows (widget, text))
    return TRUE;
  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (tpt_test_screen_shows (child, text))
        return TRUE;
    }

  return FALSE;
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type,
      guint     *number)
{
  GtkWidget *child;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && (*number)-- == 0)
    return widget;
  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, number);

      if (found != NULL)
        return found;
    }

  return NULL;
}

typedef struct
{
  GtkWidget *widget;
  const char *text;
  gboolean wanted;
} Sight;

static gboolean
is_as_wanted (gpointer user_data)
{
  const Sight *sight = user_data;

  return tpt_test_screen_shows (sight->widget, sight->text) == sight->wanted;
}

/* Until @text can be read in @widget, or cannot any more. */
void
tpt_test_screen_await (GtkWidget  *widget,
                       const char *text,
                       gboolean    wanted)
{
  Sight sight = { widget, text, wanted };

  tpt_test_await_func (is_as_wanted, &sight);
}

/* The window of @type that is open, or %NULL. */
GtkWidget *
tpt_test_screen_find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }

  return NULL;
}

/* The widget of @type that comes as @number, counted from 0, in the order of the tree below
 * @widget; or %NULL. */
GtkWidget *
tpt_test_screen_find (GtkWidget *widget,
                      GType      type,
                      guint      number)
{
  return find (widget, type, &number);
}

/* The last of the buttons below @widget that say @label. */
void
tpt_test_screen_press (GtkWidget  *widget,
                       const char *label)
{
  GtkWidget *found = NULL;
  GtkWidget *button;

  for (guint i = 0; (button = tpt_test_screen_find (widget, GTK_TYPE_BUTTON, i)) != NULL; i++)
    {
      if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0)
        found = button;
    }
  g_assert_nonnull (found);
  g_signal_emit_by_name (found, "clicked");
}

/* How far below the upper edge of @within the one of @widget is, in pixels. */
double
tpt_test_screen_get_place (GtkWidget *widget,
                           GtkWidget *within)
{
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (widget, within, &place));

  return place.origin.y;
}

guint
tpt_test_screen_count (GtkWidget *widget,
                       GType      type)
{
  guint count = 0;

  while (tpt_test_screen_find (widget, type, count) != NULL)
    count++;

  return count;
}

/* Returns: how many lines the label has, of which none has more than its own letters */
static int
count_plain_lines (GtkLabel *label)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  PangoLayoutIter *iter = pango_layout_get_iter (layout);

  do
    {
      PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);

      if (run != NULL && run->glyphs->num_glyphs > run->item->num_chars)
        g_error ("“%s” has a hyphen", gtk_label_get_text (label));
    }
  while (pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);

  return pango_layout_get_line_count (layout);
}

static int
find_most_lines (GtkWidget *widget)
{
  int most = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
               ? count_plain_lines (GTK_LABEL (widget))
               : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    most = MAX (most, find_most_lines (child));

  return most;
}

/**
 * tpt_test_screen_assert_plain:
 * @least: how many lines one of them has at least, for the test to mean something
 *
 * That no label in @widget, in letters of ASCII, is broken with a hyphen that is not in its text.
 */
void
tpt_test_screen_assert_plain (GtkWidget *widget,
                              int        least)
{
  g_assert_cmpint (find_most_lines (widget), >=, least);
}

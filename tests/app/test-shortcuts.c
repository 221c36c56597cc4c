/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-application.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

static const TptShortcut *const tables[] = { tpt_window_shortcuts, tpt_application_shortcuts,
                                             NULL };

typedef struct
{
  guint key;
  GdkModifierType modifiers;
} Stroke;

static void
add_strokes (GArray            *strokes,
             const TptShortcut *entry)
{
  g_auto (GStrv) keys = g_strsplit (entry->keys, " ", -1);

  g_assert_cmpuint (g_strv_length (keys), >, 0);
  for (gsize i = 0; keys[i] != NULL; i++)
    {
      Stroke stroke;

      g_assert_true (gtk_accelerator_parse (keys[i], &stroke.key, &stroke.modifiers));
      g_assert_true (gtk_accelerator_valid (stroke.key, stroke.modifiers));
      for (guint other = 0; other < strokes->len; other++)
        {
          Stroke *taken = &g_array_index (strokes, Stroke, other);

          if (taken->key == stroke.key && taken->modifiers == stroke.modifiers)
            g_error ("%s of %s is taken already", keys[i], entry->action);
        }
      g_array_append_val (strokes, stroke);
    }
}

/* Every action has keys that GTK reads, and no two of them are the same. */
static void
test_shortcuts_keys (void)
{
  g_autoptr (GArray) strokes = g_array_new (FALSE, FALSE, sizeof (Stroke));

  for (const TptShortcut *const *table = tables; *table != NULL; table++)
    {
      for (const TptShortcut *entry = *table; entry->action != NULL; entry++)
        {
          g_assert_cmpstr (entry->group, !=, "");
          g_assert_cmpstr (entry->title, !=, "");
          add_strokes (strokes, entry);
        }
    }
  g_assert_cmpuint (strokes->len, >, 10);
}

static gboolean
lists (GtkWidget         *window,
       const TptShortcut *entry)
{
  const GType type = GTK_TYPE_SHORTCUTS_SHORTCUT;
  GtkWidget *row;

  for (guint i = 0; (row = tpt_test_screen_find (window, type, i)) != NULL; i++)
    {
      g_autofree char *title = NULL;
      g_autofree char *keys = NULL;

      g_object_get (row, "title", &title, "accelerator", &keys, NULL);
      if (g_str_equal (title, entry->title) && g_str_equal (keys, entry->keys))
        return TRUE;
    }

  return FALSE;
}

static void
test_shortcuts_window (void)
{
  GtkWidget *window = tpt_shortcuts_window_new (tables);

  g_assert_true (GTK_IS_SHORTCUTS_WINDOW (window));
  for (const TptShortcut *const *table = tables; *table != NULL; table++)
    {
      for (const TptShortcut *entry = *table; entry->action != NULL; entry++)
        g_assert_true (lists (window, entry));
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/shortcuts/keys", test_shortcuts_keys);
  g_test_add_func ("/shortcuts/window", test_shortcuts_window);

  return g_test_run ();
}

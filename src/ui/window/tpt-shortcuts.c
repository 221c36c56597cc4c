/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-shortcuts.h"

#include <glib/gi18n.h>

/* The window can be made from a description alone in GTK 4.8. */
static const char interface_head[] =
  "<interface><object class='GtkShortcutsWindow' id='window'>"
  "<property name='modal'>1</property>"
  "<child><object class='GtkShortcutsSection'>"
  "<property name='section-name'>shortcuts</property>"
  "<property name='max-height'>12</property>";

static gboolean
has_group (GPtrArray  *groups,
           const char *group)
{
  for (guint i = 0; i < groups->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (groups, i), group))
        return TRUE;
    }

  return FALSE;
}

static GPtrArray *
list_groups (const TptShortcut *const *tables)
{
  GPtrArray *groups = g_ptr_array_new ();

  for (; *tables != NULL; tables++)
    {
      for (const TptShortcut *entry = *tables; entry->action != NULL; entry++)
        {
          if (!has_group (groups, entry->group))
            g_ptr_array_add (groups, (gpointer) entry->group);
        }
    }

  return groups;
}

static void
append_shortcut (GString           *xml,
                 const TptShortcut *entry)
{
  g_autofree char *title = g_markup_escape_text (_(entry->title), -1);
  g_autofree char *keys = g_markup_escape_text (entry->keys, -1);

  g_string_append_printf (xml,
                          "<child><object class='GtkShortcutsShortcut'>"
                          "<property name='title'>%s</property>"
                          "<property name='accelerator'>%s</property>"
                          "</object></child>",
                          title, keys);
}

static void
append_group (GString                  *xml,
              const TptShortcut *const *tables,
              const char               *group)
{
  g_autofree char *title = g_markup_escape_text (_(group), -1);

  g_string_append_printf (xml,
                          "<child><object class='GtkShortcutsGroup'>"
                          "<property name='title'>%s</property>",
                          title);
  for (; *tables != NULL; tables++)
    {
      for (const TptShortcut *entry = *tables; entry->action != NULL; entry++)
        {
          if (g_str_equal (entry->group, group))
            append_shortcut (xml, entry);
        }
    }
  g_string_append (xml, "</object></child>");
}

/** tpt_shortcuts_apply: gives every action of @table its keys */
void
tpt_shortcuts_apply (GtkApplication    *application,
                     const TptShortcut *table)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  for (; table->action != NULL; table++)
    {
      g_auto (GStrv) keys = g_strsplit (table->keys, " ", -1);

      if (!table->by_widget)
        gtk_application_set_accels_for_action (application, table->action,
                                               (const char *const *) keys);
    }
}

/**
 * tpt_shortcuts_window_new:
 * @tables: (array zero-terminated=1): what to list
 *
 * Built from the tables that set the keys, so that it cannot list others. GTK 4.8 fills a
 * GtkShortcutsWindow through
 * GtkBuilder only.
 *
 * Returns: (transfer none): a new window, owned by GTK as every top level
 */
GtkWidget *
tpt_shortcuts_window_new (const TptShortcut *const *tables)
{
  g_autoptr (GString) xml = g_string_new (interface_head);
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (GtkBuilder) builder = NULL;

  g_return_val_if_fail (tables != NULL, NULL);

  groups = list_groups (tables);
  for (guint i = 0; i < groups->len; i++)
    append_group (xml, tables, g_ptr_array_index (groups, i));
  g_string_append (xml, "</object></child></object></interface>");
  builder = gtk_builder_new_from_string (xml->str, (gssize) xml->len);

  return GTK_WIDGET (gtk_builder_get_object (builder, "window"));
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-zone-picker.h"

#include "tpt-drop-down.h"

#include <glib/gi18n.h>
#include <string.h>

/* A line each: countries, place, zone; the only list of zones that has the names people know. */
#define ZONES "/usr/share/zoneinfo/zone.tab"

/* The place first: that is what somebody looks for, and the search goes by how a name begins. */
static char *
name_zone (const char *zone)
{
  g_autofree char *valid = g_utf8_make_valid (zone, -1);
  char *place = strrchr (valid, '/');
  g_autofree char *name = NULL;

  g_strdelimit (valid, "_", ' ');
  if (place == NULL)
    return g_steal_pointer (&valid);
  *place = '\0';
  /* Translators: a place, and the part of the world where it is; both as tz database names them */
  name = g_strdup_printf (C_("time zone", "%s (%s)"), place + 1, valid);

  return g_steal_pointer (&name);
}

/* @keys: (element-type utf8 utf8): of each zone, made once: they are compared thousands of times */
static int
compare_zones (gconstpointer a,
               gconstpointer b,
               gpointer      keys)
{
  return strcmp (g_hash_table_lookup (keys, *(const char *const *) a),
                 g_hash_table_lookup (keys, *(const char *const *) b));
}

static void
sort_zones (GPtrArray *zones)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < zones->len; i++)
    {
      g_autofree char *name = name_zone (g_ptr_array_index (zones, i));

      g_hash_table_insert (keys, g_ptr_array_index (zones, i), g_utf8_collate_key (name, -1));
    }
  g_ptr_array_sort_with_data (zones, compare_zones, keys);
}

/* Where the system has no list, the zone that is known can still be left out or kept. */
static GPtrArray *
list_zones (void)
{
  g_autoptr (GPtrArray) zones = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (ZONES, &text, NULL, NULL) || !g_utf8_validate (text, -1, NULL))
    return g_steal_pointer (&zones);
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) columns = g_strsplit (*line, "\t", 4);

      if (**line != '#' && g_strv_length (columns) >= 3)
        g_ptr_array_add (zones, g_strdup (columns[2]));
    }
  g_ptr_array_add (zones, g_strdup ("UTC"));
  sort_zones (zones);

  return g_steal_pointer (&zones);
}

static void
append_zone (GtkStringList *names,
             const char    *zone)
{
  gtk_string_list_take (names, name_zone (zone));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  unused)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  unused)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

/* The chosen one gives way in a narrow window; the list below is as wide as it needs. */
static void
let_shrink (GtkDropDown *picker)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_drop_down_set_list_factory (picker, gtk_drop_down_get_factory (picker));
  gtk_drop_down_set_factory (picker, factory);
}

/* The row of @zone, which is added where nobody knows it; 0 where there is none. */
static guint
find_zone (GPtrArray  *zones,
           const char *zone)
{
  guint place;

  if (zone == NULL || *zone == '\0')
    return 0;
  if (!g_ptr_array_find_with_equal_func (zones, zone, g_str_equal, &place))
    {
      place = zones->len;
      g_ptr_array_add (zones, g_strdup (zone));
    }

  return place + 1;
}

/** tpt_zone_picker_set_up: @zone: (nullable): which is chosen; kept even if nobody knows it */
void
tpt_zone_picker_set_up (GtkDropDown *picker,
                        const char  *zone)
{
  g_autoptr (GPtrArray) zones = list_zones ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression) name =
    gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  guint chosen = find_zone (zones, zone);

  g_return_if_fail (GTK_IS_DROP_DOWN (picker));

  gtk_string_list_append (names, C_("time zone", "Not known"));
  for (guint i = 0; i < zones->len; i++)
    append_zone (names, g_ptr_array_index (zones, i));
  g_object_set_data_full (G_OBJECT (picker), "zones", g_steal_pointer (&zones),
                          (GDestroyNotify) g_ptr_array_unref);
  gtk_drop_down_set_expression (picker, name);
  gtk_drop_down_set_model (picker, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (picker, chosen);
  gtk_drop_down_set_enable_search (picker, TRUE);
  tpt_drop_down_search_by_typing (picker);
  let_shrink (picker);
}

/** tpt_zone_picker_dup_zone: (nullable): %NULL where it is not known */
char *
tpt_zone_picker_dup_zone (GtkDropDown *picker)
{
  GPtrArray *zones = g_object_get_data (G_OBJECT (picker), "zones");
  guint chosen = gtk_drop_down_get_selected (picker);

  g_return_val_if_fail (GTK_IS_DROP_DOWN (picker), NULL);

  if (zones == NULL || chosen == 0 || chosen > zones->len)
    return NULL;

  return g_strdup (g_ptr_array_index (zones, chosen - 1));
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-drop-down.h"

#include "tpt-wrap.h"

#define LABEL "tpt-label"

/* So that a row of the list fits in the narrowest window. */
#define ROW_CHARS 32

static GtkWidget *
find_child (GtkWidget *widget,
            GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_child (child, type);

  return found;
}

static void
name_button (GtkDropDown *drop_down)
{
  const char *label = g_object_get_data (G_OBJECT (drop_down), LABEL);
  GtkWidget *button = find_child (GTK_WIDGET (drop_down), GTK_TYPE_TOGGLE_BUTTON);
  GtkWidget *stack = find_child (GTK_WIDGET (drop_down), GTK_TYPE_STACK);
  GtkWidget *shown = stack != NULL ? gtk_stack_get_visible_child (GTK_STACK (stack)) : NULL;
  GtkWidget *chosen = shown != NULL ? find_child (shown, GTK_TYPE_LABEL) : NULL;
  g_autofree char *name = NULL;

  if (label == NULL || button == NULL)
    return;
  name = g_strjoin (", ", label, chosen != NULL ? gtk_label_get_text (GTK_LABEL (chosen)) : NULL,
                    NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * tpt_drop_down_set_label:
 * @label: what is chosen with it
 *
 * For a screen reader. The keyboard is in a button inside, of which GTK 4.8 tells the name of its
 * class; it is told with @label and what is chosen. To be called after the factory is set.
 */
void
tpt_drop_down_set_label (GtkDropDown *drop_down,
                         const char  *label)
{
  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  g_return_if_fail (label != NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  if (g_object_get_data (G_OBJECT (drop_down), LABEL) == NULL)
    {
      g_signal_connect_after (drop_down, "notify::selected-item", G_CALLBACK (name_button), NULL);
      /* What is chosen has no text before there is a window around it. */
      g_signal_connect_after (drop_down, "map", G_CALLBACK (name_button), NULL);
    }
  g_object_set_data_full (G_OBJECT (drop_down), LABEL, g_strdup (label), g_free);
  name_button (drop_down);
}

/**
 * tpt_drop_down_set_placeholder:
 * @text: what to do about nothing being chosen, or why there is nothing to choose
 *
 * Stands where GTK says "(None)", which reads as an answer.
 */
void
tpt_drop_down_set_placeholder (GtkDropDown *drop_down,
                               const char  *text)
{
  GtkWidget *stack, *label;

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  g_return_if_fail (text != NULL);

  stack = find_child (GTK_WIDGET (drop_down), GTK_TYPE_STACK);
  label = stack != NULL ? gtk_stack_get_child_by_name (GTK_STACK (stack), "empty") : NULL;
  if (!GTK_IS_LABEL (label))
    return;
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "dim-label");
  name_button (drop_down);
}

/* The search leaves blanks to the list, where they do nothing; within a name they are meant for
 * the search, too. */
static gboolean
key_pressed_cb (GtkEventControllerKey *keys,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkEditable           *search)
{
  GtkEditable *text = gtk_editable_get_delegate (search);
  int place = gtk_editable_get_position (search);

  if (keyval != GDK_KEY_space || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0
      || *gtk_editable_get_text (search) == '\0' || gtk_widget_has_focus (GTK_WIDGET (text)))
    return GDK_EVENT_PROPAGATE;

  gtk_editable_insert_text (search, " ", 1, &place);
  gtk_editable_set_position (search, place);

  return GDK_EVENT_STOP;
}

/**
 * tpt_drop_down_search_by_typing:
 *
 * GTK gives the keyboard to the list; who types there means the search above it. To be called once
 * the search is enabled.
 */
void
tpt_drop_down_search_by_typing (GtkDropDown *drop_down)
{
  GtkWidget *popover, *search;
  GtkEventController *keys;

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));

  popover = find_child (GTK_WIDGET (drop_down), GTK_TYPE_POPOVER);
  search = popover != NULL ? find_child (popover, GTK_TYPE_SEARCH_ENTRY) : NULL;
  if (search == NULL)
    return;
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (search), popover);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), search, 0);
  gtk_widget_add_controller (popover, keys);
}

/**
 * tpt_drop_down_search_within:
 * @text: (transfer full): of an item, a string: all that it can be found by
 *
 * GTK 4.8 looks at how the shown text begins, and nowhere else: “Energy” would not find “Lumen
 * Energy”. Its own filter is kept, which it empties by itself when somebody has chosen; to be
 * called once there are a model and an expression, which make it anew.
 */
void
tpt_drop_down_search_within (GtkDropDown   *drop_down,
                             GtkExpression *text)
{
  GtkWidget *popover, *list;
  GtkSelectionModel *rows = NULL;
  GListModel *found = NULL;
  GtkFilter *filter = NULL;

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  g_return_if_fail (GTK_IS_EXPRESSION (text));

  popover = find_child (GTK_WIDGET (drop_down), GTK_TYPE_POPOVER);
  list = popover != NULL ? find_child (popover, GTK_TYPE_LIST_VIEW) : NULL;
  if (list != NULL)
    rows = gtk_list_view_get_model (GTK_LIST_VIEW (list));
  if (GTK_IS_SINGLE_SELECTION (rows))
    found = gtk_single_selection_get_model (GTK_SINGLE_SELECTION (rows));
  if (GTK_IS_FILTER_LIST_MODEL (found))
    filter = gtk_filter_list_model_get_filter (GTK_FILTER_LIST_MODEL (found));
  if (GTK_IS_STRING_FILTER (filter))
    {
      gtk_string_filter_set_expression (GTK_STRING_FILTER (filter), text);
      gtk_string_filter_set_match_mode (GTK_STRING_FILTER (filter),
                                        GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
    }
  gtk_expression_unref (text);
}

static void
set_up_chosen_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *item,
                  GtkDropDown              *drop_down)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_list_item_set_child (item, label);
}

static void
mark_chosen (GtkDropDown *drop_down,
             GParamSpec  *pspec,
             GtkListItem *item)
{
  GtkWidget *mark = find_child (gtk_list_item_get_child (item), GTK_TYPE_IMAGE);
  gpointer chosen = gtk_drop_down_get_selected_item (drop_down);

  gtk_widget_set_opacity (mark, chosen != NULL && chosen == gtk_list_item_get_item (item) ? 1 : 0);
}

static void
set_up_row_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               GtkDropDown              *drop_down)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  tpt_wrap_label (GTK_LABEL (label));
  gtk_label_set_max_width_chars (GTK_LABEL (label), ROW_CHARS);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_item_set_child (item, box);
  g_signal_connect_object (drop_down, "notify::selected-item", G_CALLBACK (mark_chosen), item, 0);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         GtkDropDown              *drop_down)
{
  g_auto (GValue) text = G_VALUE_INIT;
  GtkWidget *child = gtk_list_item_get_child (item);
  GtkWidget *label = find_child (child, GTK_TYPE_LABEL);

  if (gtk_expression_evaluate (gtk_drop_down_get_expression (drop_down),
                               gtk_list_item_get_item (item), &text))
    gtk_label_set_text (GTK_LABEL (label), g_value_get_string (&text));
  if (label != child)
    mark_chosen (drop_down, NULL, item);
}

static GtkListItemFactory *
create_factory (GtkDropDown *drop_down,
                GCallback    set_up)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", set_up, drop_down, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), drop_down, 0);

  return factory;
}

/**
 * tpt_drop_down_let_shrink:
 *
 * What is chosen gives way in a narrow window, and what can be chosen takes more lines. GTK makes
 * the window as wide as the longest text that is chosen, be it wider than the screen. To be called
 * once there is an expression.
 */
void
tpt_drop_down_let_shrink (GtkDropDown *drop_down)
{
  g_autoptr (GtkListItemFactory) chosen = NULL;
  g_autoptr (GtkListItemFactory) rows = NULL;

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  g_return_if_fail (gtk_drop_down_get_expression (drop_down) != NULL);

  chosen = create_factory (drop_down, G_CALLBACK (set_up_chosen_cb));
  rows = create_factory (drop_down, G_CALLBACK (set_up_row_cb));
  gtk_drop_down_set_list_factory (drop_down, rows);
  gtk_drop_down_set_factory (drop_down, chosen);
}

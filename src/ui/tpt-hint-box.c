/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-hint-box.h"

#include "tpt-wrap.h"

struct _TptHintBox
{
  AdwBin parent_instance;

  /* Borrowed: children */
  GtkWidget *label;
  GtkWidget *button;
};

enum
{
  PROP_TEXT = 1,
  PROP_BUTTON,
  PROP_ACTION_NAME,
  N_PROPS
};

enum
{
  CLICKED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptHintBox, tpt_hint_box, ADW_TYPE_BIN)

static void
clicked_cb (TptHintBox *self)
{
  g_signal_emit (self, signals[CLICKED], 0);
}

static void
tpt_hint_box_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TptHintBox *self = TPT_HINT_BOX (object);

  switch (property_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->label)));
      break;
    case PROP_BUTTON:
      g_value_set_string (value, gtk_button_get_label (GTK_BUTTON (self->button)));
      break;
    case PROP_ACTION_NAME:
      g_value_set_string (value, gtk_actionable_get_action_name (GTK_ACTIONABLE (self->button)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tpt_hint_box_set_property (GObject      *object,
                           guint         property_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TptHintBox *self = TPT_HINT_BOX (object);

  switch (property_id)
    {
    case PROP_TEXT:
      gtk_label_set_text (GTK_LABEL (self->label), g_value_get_string (value));
      break;
    case PROP_BUTTON:
      gtk_button_set_label (GTK_BUTTON (self->button), g_value_get_string (value));
      gtk_widget_set_visible (self->button, g_value_get_string (value) != NULL);
      break;
    case PROP_ACTION_NAME:
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tpt_hint_box_class_init (TptHintBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tpt_hint_box_get_property;
  object_class->set_property = tpt_hint_box_set_property;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_BUTTON] = g_param_spec_string ("button", NULL, NULL, NULL, flags);
  properties[PROP_ACTION_NAME] = g_param_spec_string ("action-name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CLICKED] =
    g_signal_new ("clicked", TPT_TYPE_HINT_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
tpt_hint_box_init (TptHintBox *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  tpt_wrap_label (GTK_LABEL (self->label));
  gtk_widget_add_css_class (self->label, "dim-label");
  self->button = gtk_button_new ();
  gtk_button_set_use_underline (GTK_BUTTON (self->button), TRUE);
  gtk_widget_set_halign (self->button, GTK_ALIGN_START);
  gtk_widget_set_visible (self->button, FALSE);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), self->button);
  adw_bin_set_child (ADW_BIN (self), box);
}

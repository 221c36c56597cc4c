/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-busy-button.h"

struct _TptBusyButton
{
  GtkButton parent_instance;

  gboolean busy;

  /* Borrowed: children */
  GtkWidget *stack;
  GtkWidget *label;
  GtkWidget *spinner;
};

enum
{
  PROP_TEXT = 1,
  PROP_BUSY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TptBusyButton, tpt_busy_button, GTK_TYPE_BUTTON)

static void
set_text (TptBusyButton *self,
          const char    *text)
{
  gtk_label_set_text_with_mnemonic (GTK_LABEL (self->label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (self->label)), -1);
}

static void
tpt_busy_button_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TptBusyButton *self = TPT_BUSY_BUTTON (object);

  switch (property_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, gtk_label_get_label (GTK_LABEL (self->label)));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tpt_busy_button_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TptBusyButton *self = TPT_BUSY_BUTTON (object);

  switch (property_id)
    {
    case PROP_TEXT:
      set_text (self, g_value_get_string (value));
      break;
    case PROP_BUSY:
      tpt_busy_button_set_busy (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tpt_busy_button_class_init (TptBusyButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tpt_busy_button_get_property;
  object_class->set_property = tpt_busy_button_set_property;

  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BUSY] =
    g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tpt_busy_button_init (TptBusyButton *self)
{
  self->label = gtk_label_new (NULL);
  self->spinner = gtk_spinner_new ();
  self->stack = gtk_stack_new ();
  gtk_label_set_mnemonic_widget (GTK_LABEL (self->label), GTK_WIDGET (self));
  gtk_stack_add_child (GTK_STACK (self->stack), self->label);
  gtk_stack_add_child (GTK_STACK (self->stack), self->spinner);
  gtk_button_set_child (GTK_BUTTON (self), self->stack);
}

void
tpt_busy_button_set_busy (TptBusyButton *self,
                          gboolean       busy)
{
  g_return_if_fail (TPT_IS_BUSY_BUTTON (self));

  if (self->busy == busy)
    return;
  self->busy = busy;
  gtk_widget_set_sensitive (GTK_WIDGET (self), !busy);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), busy ? self->spinner : self->label);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

gboolean
tpt_busy_button_get_busy (TptBusyButton *self)
{
  g_return_val_if_fail (TPT_IS_BUSY_BUTTON (self), FALSE);

  return self->busy;
}

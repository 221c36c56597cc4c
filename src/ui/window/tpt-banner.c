/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-banner.h"

struct _TptBanner
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkRevealer *revealer;
  GtkImage *icon;
  GtkLabel *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (TptBanner, tpt_banner, ADW_TYPE_BIN)

enum
{
  PROP_TITLE = 1,
  PROP_BUTTON_LABEL,
  PROP_ICON_NAME,
  PROP_REVEALED,
  N_PROPS,
};

enum
{
  BUTTON_CLICKED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
clicked_cb (GtkButton *button,
            TptBanner *self)
{
  g_signal_emit (self, signals[BUTTON_CLICKED], 0);
}

/* Folded up is not enough: the text would be laid out again and again, in every width that the
 * window is tried in. */
static void
child_revealed_cb (TptBanner *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->revealer),
                          gtk_revealer_get_reveal_child (self->revealer)
                          || gtk_revealer_get_child_revealed (self->revealer));
}

static void
set_icon_name (TptBanner  *self,
               const char *icon_name)
{
  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), icon_name != NULL);
}

static void
tpt_banner_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  TptBanner *self = TPT_BANNER (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_text (self->label));
      break;
    case PROP_BUTTON_LABEL:
      g_value_set_string (value, gtk_button_get_label (self->button));
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, gtk_image_get_icon_name (self->icon));
      break;
    case PROP_REVEALED:
      g_value_set_boolean (value, tpt_banner_get_revealed (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tpt_banner_set_property (GObject      *object,
                         guint         id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  TptBanner *self = TPT_BANNER (object);

  switch (id)
    {
    case PROP_TITLE:
      tpt_banner_set_title (self, g_value_get_string (value));
      break;
    case PROP_BUTTON_LABEL:
      tpt_banner_set_button_label (self, g_value_get_string (value));
      break;
    case PROP_ICON_NAME:
      set_icon_name (self, g_value_get_string (value));
      break;
    case PROP_REVEALED:
      tpt_banner_set_revealed (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tpt_banner_class_init (TptBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tpt_banner_get_property;
  object_class->set_property = tpt_banner_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_BUTTON_LABEL] = g_param_spec_string ("button-label", NULL, NULL, NULL, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_REVEALED] = g_param_spec_boolean ("revealed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[BUTTON_CLICKED] = g_signal_new ("button-clicked", TPT_TYPE_BANNER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/touchpoint/ui/window/tpt-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, TptBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, TptBanner, icon);
  gtk_widget_class_bind_template_child (widget_class, TptBanner, label);
  gtk_widget_class_bind_template_child (widget_class, TptBanner, button);
  gtk_widget_class_bind_template_callback (widget_class, child_revealed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
tpt_banner_init (TptBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

const char *
tpt_banner_get_title (TptBanner *self)
{
  g_return_val_if_fail (TPT_IS_BANNER (self), NULL);

  return gtk_label_get_text (self->label);
}

/** tpt_banner_set_title: says @title, which is no markup */
void
tpt_banner_set_title (TptBanner  *self,
                      const char *title)
{
  g_autofree char *text = NULL;

  g_return_if_fail (TPT_IS_BANNER (self));

  /* GTK measures a wrapping label with lines of its own less high than it becomes. */
  text = g_strdelimit (g_strdup (title != NULL ? title : ""), "\n", ' ');
  gtk_label_set_text (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

void
tpt_banner_set_button_label (TptBanner  *self,
                             const char *label)
{
  g_return_if_fail (TPT_IS_BANNER (self));

  gtk_button_set_label (self->button, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->button), label != NULL && *label != '\0');
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUTTON_LABEL]);
}

gboolean
tpt_banner_get_revealed (TptBanner *self)
{
  g_return_val_if_fail (TPT_IS_BANNER (self), FALSE);

  return gtk_revealer_get_reveal_child (self->revealer);
}

void
tpt_banner_set_revealed (TptBanner *self,
                         gboolean   revealed)
{
  g_return_if_fail (TPT_IS_BANNER (self));

  if (tpt_banner_get_revealed (self) == !!revealed)
    return;
  if (revealed)
    gtk_widget_set_visible (GTK_WIDGET (self->revealer), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, revealed);
  child_revealed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVEALED]);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-hint-page.h"

enum
{
  PROP_ICON_NAME = 1,
  PROP_TITLE,
  PROP_DESCRIPTION,
  PROP_BUTTON,
  PROP_ACTION_NAME,
  N_PROPS
};

struct _TptHintPage
{
  AdwBin parent_instance;

  char *texts[N_PROPS];
};

enum
{
  CLICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptHintPage, tpt_hint_page, ADW_TYPE_BIN)

static void
clicked_cb (TptHintPage *self)
{
  g_signal_emit (self, signals[CLICKED], 0);
}

static GtkWidget *
create_button (TptHintPage *self)
{
  GtkWidget *button = gtk_button_new_with_label (self->texts[PROP_BUTTON]);

  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  if (self->texts[PROP_ACTION_NAME] != NULL)
    {
      gtk_widget_add_css_class (button, "suggested-action");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), self->texts[PROP_ACTION_NAME]);
    }
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);

  return button;
}

static GtkWidget *
create_status (TptHintPage *self)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), self->texts[PROP_ICON_NAME]);
  adw_status_page_set_title (ADW_STATUS_PAGE (status), self->texts[PROP_TITLE]);
  adw_status_page_set_description (ADW_STATUS_PAGE (status), self->texts[PROP_DESCRIPTION]);
  gtk_widget_add_css_class (status, "compact");
  if (self->texts[PROP_BUTTON] != NULL)
    adw_status_page_set_child (ADW_STATUS_PAGE (status), create_button (self));

  return status;
}

static void
tpt_hint_page_map (GtkWidget *widget)
{
  if (adw_bin_get_child (ADW_BIN (widget)) == NULL)
    adw_bin_set_child (ADW_BIN (widget), create_status (TPT_HINT_PAGE (widget)));

  GTK_WIDGET_CLASS (tpt_hint_page_parent_class)->map (widget);
}

static void
tpt_hint_page_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TptHintPage *self = TPT_HINT_PAGE (object);

  g_assert (property_id < N_PROPS);
  self->texts[property_id] = g_value_dup_string (value);
}

static void
tpt_hint_page_finalize (GObject *object)
{
  TptHintPage *self = TPT_HINT_PAGE (object);

  for (guint i = 0; i < N_PROPS; i++)
    g_free (self->texts[i]);

  G_OBJECT_CLASS (tpt_hint_page_parent_class)->finalize (object);
}

static void
tpt_hint_page_class_init (TptHintPageClass *klass)
{
  static const char *const names[N_PROPS] = {
    [PROP_ICON_NAME] = "icon-name",
    [PROP_TITLE] = "title",
    [PROP_DESCRIPTION] = "description",
    [PROP_BUTTON] = "button",
    [PROP_ACTION_NAME] = "action-name",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = tpt_hint_page_set_property;
  object_class->finalize = tpt_hint_page_finalize;
  GTK_WIDGET_CLASS (klass)->map = tpt_hint_page_map;

  for (guint i = 1; i < N_PROPS; i++)
    g_object_class_install_property (object_class, i,
                                     g_param_spec_string (names[i], NULL, NULL, NULL, flags));
  signals[CLICKED] = g_signal_new ("clicked", TPT_TYPE_HINT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
tpt_hint_page_init (TptHintPage *self)
{
}

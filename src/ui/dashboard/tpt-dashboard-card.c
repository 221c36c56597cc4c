/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-dashboard-card.h"

#include <glib/gi18n.h>

/* What is there sooner needs no spinner, whose picture costs the first frame some milliseconds. */
#define PATIENCE_MS 250

struct _TptDashboardCard
{
  AdwBin parent_instance;

  TptCardState state;
  const char *action_name; /* interned; what the message's button does, unless it is Retry */

  guint patience;

  /* Made when they are first needed */
  GtkWidget *message;
  GtkImage *icon;
  GtkLabel *reason;
  GtkButton *action;
  GtkWidget *more;

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *note;
  GtkBox *states;
  GtkWidget *loading;
  GtkSpinner *spinner;
  GtkBox *body;
  AdwBin *content;
};

G_DEFINE_FINAL_TYPE (TptDashboardCard, tpt_dashboard_card, ADW_TYPE_BIN)

enum
{
  RETRY,
  MORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
patience_cb (gpointer user_data)
{
  TptDashboardCard *self = user_data;

  self->patience = 0;
  gtk_spinner_start (self->spinner);

  return G_SOURCE_REMOVE;
}

static void
show_state (TptDashboardCard *self,
            TptCardState      state)
{
  self->state = state;
  gtk_widget_set_visible (self->loading, state == TPT_CARD_LOADING);
  if (state != TPT_CARD_LOADING)
    {
      g_clear_handle_id (&self->patience, g_source_remove);
      gtk_spinner_stop (self->spinner);
    }
  else if (self->patience == 0)
    self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
  gtk_widget_set_visible (GTK_WIDGET (self->body), state == TPT_CARD_CONTENT);
  if (self->message != NULL)
    gtk_widget_set_visible (self->message, state == TPT_CARD_EMPTY || state == TPT_CARD_ERROR);
}

static void
action_cb (TptDashboardCard *self)
{
  if (self->state == TPT_CARD_ERROR)
    g_signal_emit (self, signals[RETRY], 0);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), self->action_name, NULL);
}

static void
more_cb (TptDashboardCard *self)
{
  g_signal_emit (self, signals[MORE], 0);
}

/* What stands there instead of the content: an icon, a sentence, and the next step. */
static void
ensure_message (TptDashboardCard *self)
{
  if (self->message != NULL)
    return;
  self->message = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->message, "card");
  gtk_widget_add_css_class (self->message, "tpt-card-state");
  self->icon = g_object_new (GTK_TYPE_IMAGE,
                             "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                             NULL);
  self->reason = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->reason, 0);
  gtk_label_set_wrap (self->reason, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->reason), TRUE);
  self->action = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->action), GTK_ALIGN_CENTER);
  g_signal_connect_object (self->action, "clicked", G_CALLBACK (action_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->message), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (self->message), GTK_WIDGET (self->reason));
  gtk_box_append (GTK_BOX (self->message), GTK_WIDGET (self->action));
  gtk_box_append (self->states, self->message);
}

static void
set_message (TptDashboardCard *self,
             const char       *icon_name,
             const char       *icon_class,
             const char       *reason,
             const char       *reason_class,
             const char       *action_label)
{
  const char *icon_classes[] = { icon_class, NULL };
  const char *reason_classes[] = { reason_class, NULL };

  ensure_message (self);
  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), icon_classes);
  gtk_label_set_text (self->reason, reason);
  gtk_widget_set_css_classes (GTK_WIDGET (self->reason), reason_classes);
  gtk_button_set_label (self->action, action_label != NULL ? action_label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->action), action_label != NULL);
}

static void
tpt_dashboard_card_dispose (GObject *object)
{
  g_clear_handle_id (&TPT_DASHBOARD_CARD (object)->patience, g_source_remove);

  G_OBJECT_CLASS (tpt_dashboard_card_parent_class)->dispose (object);
}

static void
tpt_dashboard_card_class_init (TptDashboardCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tpt_dashboard_card_dispose;

  signals[RETRY] = g_signal_new ("retry", TPT_TYPE_DASHBOARD_CARD, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MORE] = g_signal_new ("more", TPT_TYPE_DASHBOARD_CARD, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/dashboard/tpt-dashboard-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TptDashboardCard, title);
  gtk_widget_class_bind_template_child (widget_class, TptDashboardCard, note);
  gtk_widget_class_bind_template_child (widget_class, TptDashboardCard, states);
  gtk_widget_class_bind_template_child (widget_class, TptDashboardCard, loading);
  gtk_widget_class_bind_template_child (widget_class, TptDashboardCard, spinner);
  gtk_widget_class_bind_template_child (widget_class, TptDashboardCard, body);
  gtk_widget_class_bind_template_child (widget_class, TptDashboardCard, content);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tpt_dashboard_card_init (TptDashboardCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_state (self, TPT_CARD_LOADING);
}

GtkWidget *
tpt_dashboard_card_new (const char *title,
                        GtkWidget  *content)
{
  TptDashboardCard *self = g_object_new (TPT_TYPE_DASHBOARD_CARD, NULL);

  tpt_dashboard_card_set_title (self, title);
  adw_bin_set_child (self->content, content);

  return GTK_WIDGET (self);
}

TptCardState
tpt_dashboard_card_get_state (TptDashboardCard *self)
{
  g_return_val_if_fail (TPT_IS_DASHBOARD_CARD (self), TPT_CARD_LOADING);

  return self->state;
}

void
tpt_dashboard_card_set_title (TptDashboardCard *self,
                              const char       *title)
{
  g_return_if_fail (TPT_IS_DASHBOARD_CARD (self));

  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/** tpt_dashboard_card_set_note: a number or a date beside the heading; %NULL for none */
void
tpt_dashboard_card_set_note (TptDashboardCard *self,
                             const char       *note)
{
  g_return_if_fail (TPT_IS_DASHBOARD_CARD (self));

  gtk_label_set_text (self->note, note != NULL ? note : "");
}

/** tpt_dashboard_card_set_more: the label of the button below the content; %NULL for none */
void
tpt_dashboard_card_set_more (TptDashboardCard *self,
                             const char       *label)
{
  g_return_if_fail (TPT_IS_DASHBOARD_CARD (self));

  if (self->more == NULL && label != NULL)
    {
      self->more = gtk_button_new ();
      gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (self->more, "flat");
      g_signal_connect_object (self->more, "clicked", G_CALLBACK (more_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (self->body, self->more);
    }
  if (self->more == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (self->more), label != NULL ? label : "");
  gtk_widget_set_visible (self->more, label != NULL);
}

void
tpt_dashboard_card_show_loading (TptDashboardCard *self)
{
  g_return_if_fail (TPT_IS_DASHBOARD_CARD (self));

  show_state (self, TPT_CARD_LOADING);
}

/**
 * tpt_dashboard_card_show_empty:
 * @reason: why there is nothing
 * @action_label: (nullable): the next step, with @action_name
 */
void
tpt_dashboard_card_show_empty (TptDashboardCard *self,
                               const char       *icon_name,
                               const char       *reason,
                               const char       *action_label,
                               const char       *action_name)
{
  g_return_if_fail (TPT_IS_DASHBOARD_CARD (self));

  set_message (self, icon_name, "dim-label", reason, "dim-label", action_label);
  self->action_name = g_intern_string (action_name);
  show_state (self, TPT_CARD_EMPTY);
}

/** tpt_dashboard_card_show_error: @reason is shown with Retry */
void
tpt_dashboard_card_show_error (TptDashboardCard *self,
                               const char       *reason)
{
  g_return_if_fail (TPT_IS_DASHBOARD_CARD (self));

  set_message (self, "dialog-warning-symbolic", "warning", reason, NULL, _("Retry"));
  show_state (self, TPT_CARD_ERROR);
}

void
tpt_dashboard_card_show_content (TptDashboardCard *self)
{
  g_return_if_fail (TPT_IS_DASHBOARD_CARD (self));

  show_state (self, TPT_CARD_CONTENT);
}

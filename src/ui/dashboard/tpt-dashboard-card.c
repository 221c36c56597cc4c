/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-dashboard-card.h"

struct _TptDashboardCard
{
  AdwBin parent_instance;

  TptCardState state;

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *note;
  GtkStack *stack;
  GtkSpinner *spinner;
  GtkImage *empty_icon;
  GtkLabel *empty_reason;
  GtkButton *empty_action;
  GtkLabel *error_reason;
  AdwBin *content;
  GtkButton *more;
};

G_DEFINE_FINAL_TYPE (TptDashboardCard, tpt_dashboard_card, ADW_TYPE_BIN)

enum
{
  RETRY,
  MORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_state (TptDashboardCard *self,
            TptCardState      state,
            const char       *name)
{
  GtkWidget *wanted = gtk_stack_get_child_by_name (self->stack, name);

  self->state = state;
  /* A stack that is only as high as its page asks every page how wide it is at its least height,
   * and so would be as wide as texts that are not wrapped. Hidden, the others are not asked. */
  gtk_widget_set_visible (wanted, TRUE);
  gtk_stack_set_visible_child (self->stack, wanted);
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    gtk_widget_set_visible (page, page == wanted);
  gtk_spinner_set_spinning (self->spinner, state == TPT_CARD_LOADING);
}

static void
retry_cb (TptDashboardCard *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

static void
more_cb (TptDashboardCard *self)
{
  g_signal_emit (self, signals[MORE], 0);
}

static void
tpt_dashboard_card_class_init (TptDashboardCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[RETRY] = g_signal_new ("retry", TPT_TYPE_DASHBOARD_CARD, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MORE] = g_signal_new ("more", TPT_TYPE_DASHBOARD_CARD, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/touchpoint/ui/dashboard/tpt-dashboard-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TptDashboardCard, title);
  gtk_widget_class_bind_template_child (widget_class, TptDashboardCard, note);
  gtk_widget_class_bind_template_child (widget_class, TptDashboardCard, stack);
  gtk_widget_class_bind_template_child (widget_class, TptDashboardCard, spinner);
  gtk_widget_class_bind_template_child (widget_class, TptDashboardCard, empty_icon);
  gtk_widget_class_bind_template_child (widget_class, TptDashboardCard, empty_reason);
  gtk_widget_class_bind_template_child (widget_class, TptDashboardCard, empty_action);
  gtk_widget_class_bind_template_child (widget_class, TptDashboardCard, error_reason);
  gtk_widget_class_bind_template_child (widget_class, TptDashboardCard, content);
  gtk_widget_class_bind_template_child (widget_class, TptDashboardCard, more);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tpt_dashboard_card_init (TptDashboardCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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

  gtk_button_set_label (self->more, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->more), label != NULL);
}

void
tpt_dashboard_card_show_loading (TptDashboardCard *self)
{
  g_return_if_fail (TPT_IS_DASHBOARD_CARD (self));

  show_state (self, TPT_CARD_LOADING, "loading");
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

  gtk_image_set_from_icon_name (self->empty_icon, icon_name);
  gtk_label_set_text (self->empty_reason, reason);
  gtk_button_set_label (self->empty_action, action_label != NULL ? action_label : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->empty_action), action_name);
  gtk_widget_set_visible (GTK_WIDGET (self->empty_action), action_label != NULL);
  show_state (self, TPT_CARD_EMPTY, "empty");
}

/** tpt_dashboard_card_show_error: @reason is shown with Retry */
void
tpt_dashboard_card_show_error (TptDashboardCard *self,
                               const char       *reason)
{
  g_return_if_fail (TPT_IS_DASHBOARD_CARD (self));

  gtk_label_set_text (self->error_reason, reason);
  show_state (self, TPT_CARD_ERROR, "error");
}

void
tpt_dashboard_card_show_content (TptDashboardCard *self)
{
  g_return_if_fail (TPT_IS_DASHBOARD_CARD (self));

  show_state (self, TPT_CARD_CONTENT, "content");
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-pages.h"

#include <glib/gi18n.h>

#include "tpt-customer-page.h"
#include "tpt-dashboard.h"
#include "tpt-inbox-page.h"
#include "tpt-literal.h"
#include "tpt-undo-toast.h"

struct _TptPages
{
  AdwBin parent_instance;

  TptWorkspace *workspace;
  TptUndoToast *toast;     /* NULL where the workspace has no inbox */

  /* Borrowed: children */
  GtkStack *stack;
  TptDashboard *dashboard;
  TptInboxPage *inbox;
  TptCustomerPage *customer;
};

G_DEFINE_FINAL_TYPE (TptPages, tpt_pages, ADW_TYPE_BIN)

static void
toast_cb (TptPages   *self,
          const char *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

static gboolean
shows_customer (TptPages *self)
{
  return self->customer != NULL
         && gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->customer);
}

/* Somebody who was merged with another on the command line, or was not meant to be there, has no
 * page any more: that must not look as if it had been closed by mistake. */
static void
portfolio_changed_cb (TptPages *self)
{
  TptCustomer *customer =
    shows_customer (self) ? tpt_customer_page_get_customer (self->customer) : NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (customer == NULL || tpt_portfolio_find (self->workspace->portfolio, customer->id) != NULL)
    return;
  name = tpt_literal_part (customer->name);
  /* Translators: %s is the name of a customer */
  text = g_strdup_printf (_("%s is not here any more: merged with another, or taken back"), name);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.dashboard", NULL);
  /* Where nobody is left the record was erased, or made anew, which is told elsewhere. */
  if (g_list_model_get_n_items (G_LIST_MODEL (self->workspace->portfolio)) > 0)
    toast_cb (self, text);
}

static void
tpt_pages_dispose (GObject *object)
{
  g_clear_object (&TPT_PAGES (object)->toast);
  g_clear_object (&TPT_PAGES (object)->workspace);

  G_OBJECT_CLASS (tpt_pages_parent_class)->dispose (object);
}

static void
tpt_pages_class_init (TptPagesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tpt_pages_dispose;
}

static void
tpt_pages_init (TptPages *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  self->dashboard = TPT_DASHBOARD (tpt_dashboard_new ());
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->dashboard));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

/** tpt_pages_set_workspace: to be called once, before anything is shown */
void
tpt_pages_set_workspace (TptPages     *self,
                         TptWorkspace *workspace,
                         GSettings    *settings)
{
  g_return_if_fail (TPT_IS_PAGES (self));
  g_return_if_fail (self->workspace == NULL);

  self->workspace = g_object_ref (workspace);
  if (workspace->inbox != NULL)
    self->toast = tpt_undo_toast_new (GTK_WIDGET (self), workspace->inbox);
  g_signal_connect_object (workspace->portfolio, "items-changed",
                           G_CALLBACK (portfolio_changed_cb), self, G_CONNECT_SWAPPED);
  tpt_dashboard_set_workspace (self->dashboard, workspace, settings);
}

void
tpt_pages_show_dashboard (TptPages *self)
{
  g_return_if_fail (TPT_IS_PAGES (self));

  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->dashboard));
}

/**
 * tpt_pages_show_inbox:
 *
 * To be called where the workspace has one. Returns: (transfer none): the page, to be focused
 */
GtkWidget *
tpt_pages_show_inbox (TptPages *self)
{
  g_return_val_if_fail (TPT_IS_PAGES (self), NULL);
  g_return_val_if_fail (self->workspace != NULL && self->workspace->inbox != NULL, NULL);

  if (self->inbox == NULL)
    {
      self->inbox = g_object_new (TPT_TYPE_INBOX_PAGE, NULL);
      tpt_inbox_page_set_workspace (self->inbox, self->workspace);
      gtk_stack_add_child (self->stack, GTK_WIDGET (self->inbox));
    }
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->inbox));

  return GTK_WIDGET (self->inbox);
}

/** tpt_pages_show_customer: a row that the portfolio knows */
void
tpt_pages_show_customer (TptPages *self,
                         gint64    customer)
{
  g_return_if_fail (TPT_IS_PAGES (self));
  g_return_if_fail (self->workspace != NULL);

  if (self->customer == NULL)
    {
      self->customer = TPT_CUSTOMER_PAGE (tpt_customer_page_new ());
      g_signal_connect_object (self->customer, "toast", G_CALLBACK (toast_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_stack_add_child (self->stack, GTK_WIDGET (self->customer));
    }
  tpt_customer_page_set_customer (self->customer, self->workspace, customer);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->customer));
}

/** tpt_pages_copy_link: for the customer in view; %FALSE where none is */
gboolean
tpt_pages_copy_link (TptPages *self)
{
  g_return_val_if_fail (TPT_IS_PAGES (self), FALSE);

  if (!shows_customer (self))
    return FALSE;
  tpt_customer_page_copy_link (self->customer, "shortcut");

  return TRUE;
}

/** tpt_pages_act: does @action of the customer in view; %FALSE where none is */
gboolean
tpt_pages_act (TptPages   *self,
               const char *action)
{
  g_return_val_if_fail (TPT_IS_PAGES (self), FALSE);

  return shows_customer (self)
         && gtk_widget_activate_action (GTK_WIDGET (self->customer), action, NULL);
}

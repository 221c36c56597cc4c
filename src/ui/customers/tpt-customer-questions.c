/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-customer-questions.h"

#include "tpt-customer-dialog.h"
#include "tpt-merge-dialog.h"
#include "tpt-split-dialog.h"

/** tpt_customer_questions_install: @func: calls tpt_customer_questions_ask () */
void
tpt_customer_questions_install (GtkWidgetClass              *widget_class,
                                GtkWidgetActionActivateFunc  func)
{
  gtk_widget_class_install_action (widget_class, "customer.edit", NULL, func);
  gtk_widget_class_install_action (widget_class, "customer.merge", NULL, func);
  gtk_widget_class_install_action (widget_class, "customer.split", NULL, func);
}

/** tpt_customer_questions_ask: the workspace has an inbox */
void
tpt_customer_questions_ask (GtkWidget       *parent,
                            const char      *action,
                            TptWorkspace    *workspace,
                            TptCustomerItem *item)
{
  if (g_str_equal (action, "customer.edit"))
    tpt_customer_dialog_ask (parent, workspace, tpt_customer_item_get_customer (item));
  else if (g_str_equal (action, "customer.merge"))
    tpt_merge_dialog_ask (parent, workspace, item);
  else
    tpt_split_dialog_ask (parent, workspace, item);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The dialogs about a whole customer, by the names of the page's actions. */

void tpt_customer_questions_install (GtkWidgetClass              *widget_class,
                                     GtkWidgetActionActivateFunc  func);
void tpt_customer_questions_ask     (GtkWidget                   *parent,
                                     const char                  *action,
                                     TptWorkspace                *workspace,
                                     TptCustomerItem             *item);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tpt-portfolio.h"

G_BEGIN_DECLS

GtkWidget *tpt_customer_picker_new    (TptPortfolio *portfolio,
                                       gint64        except);
void       tpt_customer_picker_select (GtkDropDown  *picker,
                                       gint64        customer);

G_END_DECLS

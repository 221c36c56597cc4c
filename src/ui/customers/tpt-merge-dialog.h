/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

void tpt_merge_dialog_ask (GtkWidget       *parent,
                           TptWorkspace    *workspace,
                           TptCustomerItem *item);

G_END_DECLS

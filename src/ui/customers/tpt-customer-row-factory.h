/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

GtkListItemFactory *tpt_customer_row_factory_new (TptWorkspace *workspace);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-inbox-model.h"

G_BEGIN_DECLS

#define TPT_TYPE_UNDO_TOAST (tpt_undo_toast_get_type ())

/* The one toast about what was done last to customers and their bookings, wherever it was done,
 * with a button that takes it back. */
G_DECLARE_FINAL_TYPE (TptUndoToast, tpt_undo_toast, TPT, UNDO_TOAST, GObject)

TptUndoToast *tpt_undo_toast_new (GtkWidget     *place,
                                  TptInboxModel *model);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TPT_TYPE_UNDO_TOAST (tpt_undo_toast_get_type ())

/* The one toast about what was done last. Signal `undo`: its button was pressed. */
G_DECLARE_FINAL_TYPE (TptUndoToast, tpt_undo_toast, TPT, UNDO_TOAST, GObject)

TptUndoToast *tpt_undo_toast_new  (void);
void          tpt_undo_toast_show (TptUndoToast    *self,
                                   AdwToastOverlay *overlay,
                                   const char      *what,
                                   gboolean         undoable);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-fold-layout.h"

G_BEGIN_DECLS

#define TPT_TYPE_FOLD_BOX (tpt_fold_box_get_type ())

/* A box laid out by a TptFoldLayout, for .ui files. Its properties `threshold`, `spacing`, `side`
 * and `homogeneous` are the layout's. */
G_DECLARE_FINAL_TYPE (TptFoldBox, tpt_fold_box, TPT, FOLD_BOX, GtkWidget)

G_END_DECLS

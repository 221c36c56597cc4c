/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TPT_TYPE_SLICE (tpt_slice_get_type ())
G_DECLARE_FINAL_TYPE (TptSlice, tpt_slice, TPT, SLICE, GObject)

TptSlice *tpt_slice_new       (GListModel *model,
                               guint       size);
void      tpt_slice_set_model (TptSlice   *self,
                               GListModel *model);
guint     tpt_slice_get_size  (TptSlice   *self);
void      tpt_slice_set_size  (TptSlice   *self,
                               guint       size);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

int  tpt_process_lock_take    (const char    *path,
                               GCancellable  *cancellable,
                               GError       **error);
void tpt_process_lock_release (int            lock);

G_END_DECLS

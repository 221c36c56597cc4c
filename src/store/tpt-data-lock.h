/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The right to use a data directory: one process has it at a time. */
typedef struct _TptDataLock TptDataLock;

TptDataLock *tpt_data_lock_take (const char    *directory,
                                 int            wait_ms,
                                 GCancellable  *cancellable,
                                 GError       **error);
void         tpt_data_lock_free (TptDataLock   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptDataLock, tpt_data_lock_free)

G_END_DECLS

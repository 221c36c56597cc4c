/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A thread that does one job after the other, in the order in which they came; and one beside them
 * that can wait. */
typedef struct _TptStoreThread TptStoreThread;

typedef void (*TptStoreJob) (gpointer data);

TptStoreThread *tpt_store_thread_new        (const char     *name);
void            tpt_store_thread_push       (TptStoreThread *self,
                                             TptStoreJob     job,
                                             gpointer        data);
void            tpt_store_thread_push_later (TptStoreThread *self,
                                             TptStoreJob     job,
                                             gpointer        data);
void            tpt_store_thread_hurry      (TptStoreThread *self);
void            tpt_store_thread_end        (TptStoreThread *self);

G_END_DECLS

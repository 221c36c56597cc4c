/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TptKeyringCall:
 *
 * Turns one async call of libsecret into a blocking one that ends in time, whatever the service
 * does:
 * start the call with tpt_keyring_call_cb() and no cancellable, then tpt_keyring_call_wait().
 */
typedef struct _TptKeyringCall TptKeyringCall;

TptKeyringCall *tpt_keyring_call_new  (guint            patience_ms,
                                       GCancellable    *cancellable);
void            tpt_keyring_call_cb   (GObject         *source,
                                       GAsyncResult    *result,
                                       gpointer         user_data);
GAsyncResult   *tpt_keyring_call_wait (TptKeyringCall  *self,
                                       GError         **error);
void            tpt_keyring_call_free (TptKeyringCall  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptKeyringCall, tpt_keyring_call_free)

G_END_DECLS

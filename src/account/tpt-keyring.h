/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-account-error.h"
#include "tpt-keyring-call.h"
#include "tpt-token-store.h"

G_BEGIN_DECLS

#define TPT_TYPE_KEYRING (tpt_keyring_get_type ())

/**
 * TptKeyring:
 *
 * The user's keyring, by libsecret: whose items they are and how long it may take, whichever way
 * the keyring is reached. The kinds of it are the #TptTokenStore.
 */
G_DECLARE_DERIVABLE_TYPE (TptKeyring, tpt_keyring, TPT, KEYRING, GObject)

struct _TptKeyringClass
{
  GObjectClass parent_class;
};

TptTokenStore  *tpt_keyring_new             (const char       *application_id);
void            tpt_keyring_set_patience    (TptKeyring       *self,
                                             guint             milliseconds);

/* For the kinds of it. */
TptTokenStore  *tpt_keyring_new_of_type     (GType             type,
                                             const char       *application_id);
TptKeyringCall *tpt_keyring_begin_call      (TptKeyring       *self,
                                             GCancellable     *cancellable);
GHashTable     *tpt_keyring_make_attributes (TptKeyring       *self,
                                             TptSecretKind     kind);
gboolean        tpt_keyring_fail            (TptAccountError   code,
                                             GError           *reason,
                                             GError          **error);

G_END_DECLS

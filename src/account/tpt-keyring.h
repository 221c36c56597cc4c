/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-token-store.h"

G_BEGIN_DECLS

#define TPT_TYPE_KEYRING (tpt_keyring_get_type ())

/* The user's keyring: the Secret Service of the session, by libsecret. */
G_DECLARE_FINAL_TYPE (TptKeyring, tpt_keyring, TPT, KEYRING, GObject)

TptTokenStore *tpt_keyring_new              (const char *application_id);
void           tpt_keyring_set_patience     (TptKeyring *self,
                                             guint       milliseconds);

G_END_DECLS

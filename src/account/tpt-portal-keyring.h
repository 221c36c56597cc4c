/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-keyring.h"

G_BEGIN_DECLS

#define TPT_TYPE_PORTAL_KEYRING (tpt_portal_keyring_get_type ())

/* The keyring of an app inside Flatpak, which may not speak to the session's: libsecret's file in
 * the app's own data, sealed with a secret that the Secret portal takes from the keyring. */
G_DECLARE_FINAL_TYPE (TptPortalKeyring, tpt_portal_keyring, TPT, PORTAL_KEYRING, TptKeyring)

gboolean       tpt_portal_keyring_is_needed (void);
TptTokenStore *tpt_portal_keyring_new       (const char *application_id);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-token-store.h"

#include <libsecret/secret.h>

G_BEGIN_DECLS

/* What an item of ours looks like, wherever libsecret keeps it. */
const SecretSchema *tpt_keyring_item_get_schema      (void);
const char         *tpt_keyring_item_get_label       (TptSecretKind  kind);
GHashTable         *tpt_keyring_item_make_attributes (const char    *application_id,
                                                      TptSecretKind  kind);

G_END_DECLS

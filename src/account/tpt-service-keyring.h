/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-keyring.h"

G_BEGIN_DECLS

#define TPT_TYPE_SERVICE_KEYRING (tpt_service_keyring_get_type ())

/* The Secret Service of the session. */
G_DECLARE_FINAL_TYPE (TptServiceKeyring, tpt_service_keyring, TPT, SERVICE_KEYRING, TptKeyring)

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-address.h"

G_BEGIN_DECLS

gboolean  tpt_relay_activation_check (TptRelayAddress  *listen,
                                      TptRelayAddress  *admin_listen,
                                      GError          **error);
GSocket  *tpt_relay_activation_take  (TptRelayAddress  *address);

G_END_DECLS

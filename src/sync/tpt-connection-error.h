/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-connection.h"

G_BEGIN_DECLS

GError   *tpt_connection_error_map         (const GError   *error);
GError   *tpt_connection_error_map_sign_in (const GError   *error);
GError   *tpt_connection_error_new_moved   (TptUser        *account);
gboolean  tpt_connection_check             (TptConnection  *connection,
                                            GError        **error);

G_END_DECLS

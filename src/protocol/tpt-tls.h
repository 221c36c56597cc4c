/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean tpt_tls_is_outdated (GSocketClientEvent  event,
                              GIOStream          *connection);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *tpt_service_address_read (const char  *variable,
                                const char  *standard,
                                GError     **error);

G_END_DECLS

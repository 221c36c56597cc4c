/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *tpt_resource_uri_get_path (const char  *uri,
                                 const char  *collection,
                                 GError     **error);

G_END_DECLS

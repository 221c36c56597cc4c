/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

char *tpt_json_write (JsonNode *root,
                      gboolean  is_pretty);

G_END_DECLS

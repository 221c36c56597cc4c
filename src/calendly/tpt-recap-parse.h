/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "tpt-recap.h"

G_BEGIN_DECLS

TptRecap *tpt_recap_parse (JsonObject  *object,
                           GError     **error);

G_END_DECLS

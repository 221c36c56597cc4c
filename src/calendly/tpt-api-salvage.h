/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an answer holds besides the records in it that nobody can read. */
GString *tpt_api_salvage (const char *data,
                          gsize       length);

G_END_DECLS

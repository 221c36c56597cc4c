/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *tpt_api_query_new (const char *first_key,
                         ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS

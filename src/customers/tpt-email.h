/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char       *tpt_email_normalize  (const char *text);
const char *tpt_email_get_domain (const char *email);

G_END_DECLS

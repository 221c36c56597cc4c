/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *tpt_join_link_check    (const char *address);
char *tpt_join_link_host     (const char *address);
char *tpt_service_link_check (const char *address);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char **tpt_services_list_libraries  (void);
char  *tpt_services_print_libraries (void);

G_END_DECLS

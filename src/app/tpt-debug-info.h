/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-services.h"

G_BEGIN_DECLS

char *tpt_debug_info_make (TptServices *services);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-restoration.h"

G_BEGIN_DECLS

char *tpt_restoration_describe (TptRestoration *restoration,
                                GTimeZone      *zone);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-services.h"
#include "tpt-window.h"

G_BEGIN_DECLS

void tpt_trouble_show (TptWindow    *window,
                       const GError *error);

G_END_DECLS

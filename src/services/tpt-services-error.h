/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-services.h"

G_BEGIN_DECLS

GError *tpt_services_error_map (const GError *error);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-person-card.h"

G_BEGIN_DECLS

GPtrArray *tpt_vcard_parse   (GBytes *bytes);
gboolean   tpt_vcard_is_card (GBytes *bytes);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "tpt-api-outcome.h"

G_BEGIN_DECLS

gboolean tpt_api_retry_decide (TptApiAction         action,
                               guint                count,
                               SoupMessageHeaders  *headers,
                               guint               *delay_ms);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-apply.h"
#include "tpt-collection.h"

G_BEGIN_DECLS

#define TPT_TYPE_UNLISTED_EVENTS (tpt_unlisted_events_get_type ())

/* What stands here as upcoming although a sweep to its end did not find it: moved beyond its range,
 * given to a colleague, or gone. */
G_DECLARE_FINAL_TYPE (TptUnlistedEvents, tpt_unlisted_events, TPT, UNLISTED_EVENTS, GObject)

TptCollection *tpt_unlisted_events_new (TptApiClient *client,
                                        TptStore     *store,
                                        TptApply     *apply);

G_END_DECLS

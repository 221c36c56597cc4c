/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-collection.h"

G_BEGIN_DECLS

#define TPT_TYPE_GONE_EVENTS (tpt_gone_events_get_type ())

/* What was set aside and a sweep of everything did not find: gone from the service, it will never
 * be read, and there is nothing to tell of it any more. */
G_DECLARE_FINAL_TYPE (TptGoneEvents, tpt_gone_events, TPT, GONE_EVENTS, GObject)

TptCollection *tpt_gone_events_new (TptApiClient *client,
                                    TptStore     *store);

G_END_DECLS

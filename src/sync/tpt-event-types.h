/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-collection.h"

G_BEGIN_DECLS

/* When the list was fetched last: the same as `now` of that pull. */
#define TPT_SETTING_EVENT_TYPES_AT "sync.event-types-at"

/* For so long nobody needs to fetch it again who was not told to. */
#define TPT_EVENT_TYPES_FRESH (15 * TPT_MINUTE)

#define TPT_TYPE_EVENT_TYPES (tpt_event_types_get_type ())

/* The event types that the account can hand out. */
G_DECLARE_FINAL_TYPE (TptEventTypes, tpt_event_types, TPT, EVENT_TYPES, GObject)

TptCollection *tpt_event_types_new            (TptApiClient         *client,
                                               TptStore             *store);
void           tpt_event_types_refresh_async  (TptEventTypes        *self,
                                               TptUser              *account,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean       tpt_event_types_refresh_finish (TptEventTypes        *self,
                                               GAsyncResult         *result,
                                               GError              **error);
gboolean       tpt_event_types_is_one         (const char           *uri);

G_END_DECLS

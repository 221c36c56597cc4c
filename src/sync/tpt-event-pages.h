/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-collection.h"
#include "tpt-matcher.h"
#include "tpt-organization-view.h"
#include "tpt-page.h"

G_BEGIN_DECLS

#define TPT_TYPE_EVENT_PAGES (tpt_event_pages_get_type ())

/**
 * TptEventPages:
 *
 * The events of a sweep page by page: everybody's in the organisation where the view says so and
 * the service permits it, else the account's own; with the names of their hosts.
 */
G_DECLARE_FINAL_TYPE (TptEventPages, tpt_event_pages, TPT, EVENT_PAGES, GObject)

TptEventPages *tpt_event_pages_new         (TptApiClient         *client,
                                            TptStore             *store,
                                            TptMatcher           *matcher,
                                            TptOrganizationView  *view,
                                            TptPull              *pull);
gboolean       tpt_event_pages_has_next    (TptEventPages        *self);
void           tpt_event_pages_next_async  (TptEventPages        *self,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
TptPage       *tpt_event_pages_next_finish (TptEventPages        *self,
                                            GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-page.h"

G_BEGIN_DECLS

#define TPT_TYPE_API_PAGER (tpt_api_pager_get_type ())

/* Goes through a list of the API page by page. */
G_DECLARE_FINAL_TYPE (TptApiPager, tpt_api_pager, TPT, API_PAGER, GObject)

TptApiPager *tpt_api_pager_new          (TptApiClient         *client,
                                         const char           *path,
                                         const char           *query,
                                         TptRecordParseFunc    parse);
gboolean     tpt_api_pager_has_next     (TptApiPager          *self);
const char  *tpt_api_pager_get_token    (TptApiPager          *self);
void         tpt_api_pager_next_async   (TptApiPager          *self,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
TptPage     *tpt_api_pager_next_finish  (TptApiPager          *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void         tpt_api_pager_all_async    (TptApiPager          *self,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
TptPage     *tpt_api_pager_all_finish   (TptApiPager          *self,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS

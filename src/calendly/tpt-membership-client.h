/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-pager.h"

G_BEGIN_DECLS

TptApiPager *tpt_membership_client_list       (TptApiClient *client,
                                               const char   *organization);
TptApiPager *tpt_membership_client_list_hosts (TptApiClient *client,
                                               const char   *event_type);

G_END_DECLS

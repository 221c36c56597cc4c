/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-pager.h"

G_BEGIN_DECLS

TptApiPager *tpt_contact_client_list (TptApiClient *client);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-grant.h"

G_BEGIN_DECLS

TptGrant *tpt_token_endpoint_exchange (const char      *auth_url,
                                       const char      *client_id,
                                       const char      *code,
                                       const char      *redirect_uri,
                                       const char      *verifier,
                                       TptTime          now,
                                       GCancellable    *cancellable,
                                       GError         **error);
TptGrant *tpt_token_endpoint_refresh  (const char      *auth_url,
                                       const TptGrant  *grant,
                                       TptTime          now,
                                       GCancellable    *cancellable,
                                       GError         **error);
gboolean  tpt_token_endpoint_revoke   (const char      *auth_url,
                                       const TptGrant  *grant,
                                       GCancellable    *cancellable,
                                       GError         **error);

G_END_DECLS

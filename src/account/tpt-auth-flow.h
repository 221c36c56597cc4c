/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-clock.h"
#include "tpt-grant.h"
#include "tpt-redirect.h"

G_BEGIN_DECLS

/**
 * TptAuthFlowOpenFunc:
 *
 * Shall show @address to the user in a browser.
 */
typedef void (*TptAuthFlowOpenFunc) (const char *address,
                                     gpointer    user_data);

/**
 * TptAuthFlowOptions:
 * @auth_url: such as `https://auth.calendly.com`
 * @client_id: of the company's OAuth app
 * @scopes: (array zero-terminated=1): what to ask for
 * @redirect: the way back from the browser
 * @timeout_ms: how long the user may take; five minutes where 0
 */
typedef struct
{
  const char *auth_url;
  const char *client_id;
  const char *const *scopes;
  TptRedirect *redirect;
  guint timeout_ms;
} TptAuthFlowOptions;

void      tpt_auth_flow_run_async  (const TptAuthFlowOptions  *options,
                                    TptClock                  *clock,
                                    TptAuthFlowOpenFunc        open,
                                    gpointer                   open_data,
                                    GCancellable              *cancellable,
                                    GAsyncReadyCallback        callback,
                                    gpointer                   user_data);
TptGrant *tpt_auth_flow_run_finish (GAsyncResult              *result,
                                    GError                   **error);

G_END_DECLS

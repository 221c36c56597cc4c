/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-context.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* One request and its answer, with whatever the fault rules do to them on the way. */
typedef struct _TptSandboxExchange TptSandboxExchange;

typedef void (*TptSandboxExchangeDone) (TptSandboxExchange *exchange,
                                        gpointer            user_data);

TptSandboxExchange *tpt_sandbox_exchange_new  (TptSandboxContext      *context,
                                               SoupServerMessage      *message,
                                               const char             *path,
                                               GHashTable             *query);
void                tpt_sandbox_exchange_free (TptSandboxExchange     *self);
void                tpt_sandbox_exchange_run  (TptSandboxExchange     *self,
                                               TptSandboxExchangeDone  done,
                                               gpointer                user_data);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-listener.h"

G_BEGIN_DECLS

/* A test event on its way from here to the relay, through its journal and stream, and back into
 * the record. */

void     tpt_relay_trial_run_async  (TptRelayListener     *listener,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean tpt_relay_trial_run_finish (TptRelayListener     *listener,
                                     GAsyncResult         *result,
                                     TptTime              *took,
                                     GError              **error);

G_END_DECLS

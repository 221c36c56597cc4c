/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-connection.h"
#include "tpt-token-refresh.h"

G_BEGIN_DECLS

/* URI of the subscription that was made for the relay. */
#define TPT_SETTING_WEBHOOK "relay.webhook"

/**
 * TptFarewell:
 * @TPT_FAREWELL_KEEP: the record and the enrolment at the relay stay for the next sign-in
 * @TPT_FAREWELL_ERASE: both go
 * @TPT_FAREWELL_PUT_APART: the record is kept beside the database, the enrolment goes
 */
typedef enum
{
  TPT_FAREWELL_KEEP,
  TPT_FAREWELL_ERASE,
  TPT_FAREWELL_PUT_APART,
} TptFarewell;

/* The end of a connection: the webhook goes, the sign-in goes, and the data if it is wished. */

void     tpt_farewell_run_async  (TptConnection        *connection,
                                  TptTokenRefresh      *tokens,
                                  const char           *api_url,
                                  TptFarewell           farewell,
                                  TptUser              *account,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean tpt_farewell_run_finish (GAsyncResult         *result,
                                  TptDisconnection     *outcome,
                                  GError              **error);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-grant.h"
#include "tpt-store.h"
#include "tpt-token-refresh.h"
#include "tpt-view-memory.h"

G_BEGIN_DECLS

/* The account that was found to belong to another organisation than the record: it is asked about
 * at the next sign-in, and until then nothing comes. */
#define TPT_SETTING_MOVED "account.moved"

/* The service has refused the sign-in that is still in the keyring, as it does with a personal
 * token that was revoked: it counts as ended until a sync succeeds, and is tried all the same. */
#define TPT_SETTING_REFUSED "account.refused"

/**
 * TptAccountRecord:
 * @grant: (nullable): %NULL where nobody is signed in
 * @account: (nullable): %NULL where it is not known
 * @refused: (nullable): scopes that requests were refused for
 * @has_moved: whether %TPT_SETTING_MOVED is set
 *
 * What the keyring and the store know of the account.
 */
typedef struct
{
  TptGrant *grant;
  TptUser *account;
  char *refused;
  gboolean has_moved;
  TptViewMemory view;
} TptAccountRecord;

void              tpt_account_record_free       (TptAccountRecord     *self);

/* Where the store has lost whose account it is, the service is asked once more. */

void              tpt_account_loader_run_async  (TptStore             *store,
                                                 TptTokenRefresh      *tokens,
                                                 const char           *api_url,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
TptAccountRecord *tpt_account_loader_run_finish (GAsyncResult         *result,
                                                 GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptAccountRecord, tpt_account_record_free)

G_END_DECLS

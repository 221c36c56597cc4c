/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Who a Calendly token belongs to, in one of the organisations that were asked for. */
typedef struct
{
  char *user;
  char *organization;
  char *role;
} TptRelayIdentity;

void              tpt_relay_identity_free          (TptRelayIdentity     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayIdentity, tpt_relay_identity_free)

void              tpt_relay_calendly_identify_async  (const char           *api_url,
                                                      const char *const    *organizations,
                                                      const char           *token,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
TptRelayIdentity *tpt_relay_calendly_identify_finish (GAsyncResult         *result,
                                                      GError              **error);
gboolean          tpt_relay_calendly_is_token        (const char           *text);

G_END_DECLS

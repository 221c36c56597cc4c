/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TptRelayCalendly TptRelayCalendly;

/* Who a Calendly token belongs to. @organization, @role: (nullable): in one of those that are
 * served */
typedef struct
{
  char *user;
  char *organization;
  char *role;
} TptRelayIdentity;

void              tpt_relay_identity_free          (TptRelayIdentity     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayIdentity, tpt_relay_identity_free)

TptRelayCalendly *tpt_relay_calendly_new             (const char           *api_url,
                                                      const char *const    *organizations,
                                                      GCancellable         *stopping);
void              tpt_relay_calendly_free            (TptRelayCalendly     *self);
void              tpt_relay_calendly_identify_async  (TptRelayCalendly     *self,
                                                      const char           *token,
                                                      const char           *preferred,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
TptRelayIdentity *tpt_relay_calendly_identify_finish (GAsyncResult         *result,
                                                      GError              **error);
gboolean          tpt_relay_calendly_is_token        (const char           *text);

G_END_DECLS

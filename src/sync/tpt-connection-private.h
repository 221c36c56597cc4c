/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-connection.h"
#include "tpt-grant.h"
#include "tpt-oauth-app.h"
#include "tpt-permissions.h"
#include "tpt-token-refresh.h"
#include "tpt-turns.h"

G_BEGIN_DECLS

/* For the files that make up TptConnection: itself, and the ways in and out. */

struct _TptConnection
{
  GObject parent_instance;

  TptRelayListener *relay; /* weak */

  /* owned */
  TptStore *store;
  TptTokenRefresh *tokens;
  char *api_url;
  TptOauthApp *app;
  TptUser *account;
  TptPermissions *permissions;
  TptConnectionState state;
  gboolean is_ending;
  GCancellable *current;   /* of the sign-in under way */
  TptGrant *pending;       /* of another account, until it is said what becomes of the first */
  TptTurns turns;
};

void tpt_connection_set (TptConnection  *self,
                         const TptGrant *grant,
                         TptUser        *account,
                         const char     *refused);

G_END_DECLS

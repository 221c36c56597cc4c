/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-account-loader.h"
#include "tpt-connection.h"
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
  TptOrganizationView *view;
  TptConnectionState state;
  gboolean is_ending;
  gboolean has_moved;      /* to another organisation, at the service */
  GCancellable *current;   /* of the sign-in under way */
  TptGrant *pending;       /* of another account, until it is said what becomes of the first */
  TptTurns turns;
};

void tpt_connection_set         (TptConnection          *self,
                                 const TptAccountRecord *record);
void tpt_connection_set_account (TptConnection          *self,
                                 TptUser                *account);
void tpt_connection_set_moved   (TptConnection          *self);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-organization-view.h"
#include "tpt-redirect-method.h"
#include "tpt-user.h"

G_BEGIN_DECLS

typedef struct _TptRelayListener TptRelayListener;
typedef struct _TptTokenRefresh TptTokenRefresh;

#define TPT_CONNECTION_ERROR (tpt_connection_error_quark ())

/**
 * TptConnectionError:
 * @TPT_CONNECTION_ERROR_NOT_CONNECTED: there is no account
 * @TPT_CONNECTION_ERROR_RECONNECT: the sign-in has ended; the user has to sign in again
 * @TPT_CONNECTION_ERROR_DENIED: consent was denied in the browser
 * @TPT_CONNECTION_ERROR_REJECTED: the token is wrong, expired or revoked
 * @TPT_CONNECTION_ERROR_OTHER_ACCOUNT: another account or organisation than before; nothing was
 *   overwritten, and after a sign-in tpt_connection_switch_async () goes on with it
 * @TPT_CONNECTION_ERROR_TIMEOUT: nobody answered in the browser in time
 * @TPT_CONNECTION_ERROR_OFFLINE: no network, or the service is down
 * @TPT_CONNECTION_ERROR_NOT_PERMITTED: scope, plan or role
 * @TPT_CONNECTION_ERROR_KEYRING: the keyring is absent, locked or refuses
 * @TPT_CONNECTION_ERROR_WAY_BACK: the relay that the browser would come back through is away; no
 *   browser was opened, and there are other ways
 * @TPT_CONNECTION_ERROR_FAILED: anything else
 */
typedef enum
{
  TPT_CONNECTION_ERROR_NOT_CONNECTED,
  TPT_CONNECTION_ERROR_RECONNECT,
  TPT_CONNECTION_ERROR_DENIED,
  TPT_CONNECTION_ERROR_REJECTED,
  TPT_CONNECTION_ERROR_OTHER_ACCOUNT,
  TPT_CONNECTION_ERROR_TIMEOUT,
  TPT_CONNECTION_ERROR_OFFLINE,
  TPT_CONNECTION_ERROR_NOT_PERMITTED,
  TPT_CONNECTION_ERROR_KEYRING,
  TPT_CONNECTION_ERROR_WAY_BACK,
  TPT_CONNECTION_ERROR_FAILED,
} TptConnectionError;

GQuark tpt_connection_error_quark (void);

typedef enum
{
  TPT_CONNECTION_DISCONNECTED,
  TPT_CONNECTION_CONNECTED,
  TPT_CONNECTION_RECONNECT,
} TptConnectionState;

/**
 * TptOtherAccount:
 * @TPT_OTHER_ACCOUNT_ASK: it is refused with %TPT_CONNECTION_ERROR_OTHER_ACCOUNT
 * @TPT_OTHER_ACCOUNT_KEEP: the record of the first is kept apart until that comes back
 * @TPT_OTHER_ACCOUNT_ERASE: the record of the first is erased
 *
 * What happens where somebody signs in while the record of another account is here. The two are
 * never mixed.
 */
typedef enum
{
  TPT_OTHER_ACCOUNT_ASK,
  TPT_OTHER_ACCOUNT_KEEP,
  TPT_OTHER_ACCOUNT_ERASE,
} TptOtherAccount;

#define TPT_TYPE_CONNECTION (tpt_connection_get_type ())

/**
 * TptConnection:
 *
 * The one account that is signed in, or none. Properties `state` (int, TptConnectionState),
 * `account` (TptUser) and `missing-scopes` (strv) notify; every *_finish error is of
 * %TPT_CONNECTION_ERROR with a message that can be shown as it is.
 *
 * Signal `ending`: the account is about to be left; whoever still writes for it has to stop now.
 */
G_DECLARE_FINAL_TYPE (TptConnection, tpt_connection, TPT, CONNECTION, GObject)

/**
 * TptConnectionOpenFunc:
 *
 * Shall show @address to the user in a browser.
 */
typedef void (*TptConnectionOpenFunc) (const char *address,
                                       gpointer    user_data);

/* Where to sign in and as what. */
typedef struct
{
  const char *api_url;
  const char *auth_url;
  const char *client_id;   /* NULL: no OAuth app is registered; a personal token still does */
  const char *redirect_host; /* "localhost" where the registration says so; NULL: 127.0.0.1 */
  guint16 redirect_port;   /* 0: a free one */
  TptRedirectMethod redirect_method;
  gboolean is_reachable;   /* as tpt_oauth_app_set_reachable () */
} TptConnectionSettings;

TptConnection      *tpt_connection_new                (TptStore                     *store,
                                                       TptTokenRefresh              *tokens,
                                                       const TptConnectionSettings  *settings);
void                tpt_connection_set_client         (TptConnection                *self,
                                                       const char                   *client_id,
                                                       const char                   *host,
                                                       guint16                       port);
void                tpt_connection_set_redirect       (TptConnection                *self,
                                                       TptRedirectMethod             method);
void                tpt_connection_set_redirect_once  (TptConnection                *self,
                                                       TptRedirectMethod             method);
char               *tpt_connection_get_redirect       (TptConnection                *self);
gboolean            tpt_connection_take_address       (TptConnection                *self,
                                                       const char                   *address);
void                tpt_connection_set_relay          (TptConnection                *self,
                                                       TptRelayListener             *relay);
TptRelayListener   *tpt_connection_get_relay          (TptConnection                *self);
TptStore           *tpt_connection_get_store          (TptConnection                *self);
TptOrganizationView *tpt_connection_get_view          (TptConnection                *self);
gboolean            tpt_connection_has_colleagues     (TptConnection                *self);
gboolean            tpt_connection_has_moved          (TptConnection                *self);
gboolean            tpt_connection_is_personal        (TptConnection                *self);
void                tpt_connection_check_keyring_async  (TptConnection              *self,
                                                         GCancellable               *cancellable,
                                                         GAsyncReadyCallback         callback,
                                                         gpointer                    user_data);
gboolean            tpt_connection_check_keyring_finish (TptConnection              *self,
                                                         GAsyncResult               *result,
                                                         GError                    **error);
GError             *tpt_connection_take_error         (TptConnection                *self,
                                                       const GError                 *error);
TptConnectionState  tpt_connection_get_state          (TptConnection                *self);
TptUser            *tpt_connection_get_account        (TptConnection                *self);
const char *const  *tpt_connection_get_scopes         (TptConnection                *self);
const char *const  *tpt_connection_get_missing_scopes (TptConnection                *self);
void                tpt_connection_end                (TptConnection                *self);
gboolean            tpt_connection_is_ending          (TptConnection                *self);
void                tpt_connection_load_async         (TptConnection                *self,
                                                       GCancellable                 *cancellable,
                                                       GAsyncReadyCallback           callback,
                                                       gpointer                      user_data);
gboolean            tpt_connection_load_finish        (TptConnection                *self,
                                                       GAsyncResult                 *result,
                                                       GError                      **error);
void                tpt_connection_use_token_async    (TptConnection                *self,
                                                       const char                   *token,
                                                       GCancellable                 *cancellable,
                                                       GAsyncReadyCallback           callback,
                                                       gpointer                      user_data);
gboolean            tpt_connection_use_token_finish   (TptConnection                *self,
                                                       GAsyncResult                 *result,
                                                       GError                      **error);
void                tpt_connection_use_browser_async  (TptConnection                *self,
                                                       TptConnectionOpenFunc         open,
                                                       gpointer                      open_data,
                                                       GCancellable                 *cancellable,
                                                       GAsyncReadyCallback           callback,
                                                       gpointer                      user_data);
gboolean            tpt_connection_use_browser_finish (TptConnection                *self,
                                                       GAsyncResult                 *result,
                                                       GError                      **error);
void                tpt_connection_switch_async       (TptConnection                *self,
                                                       TptOtherAccount               other,
                                                       GCancellable                 *cancellable,
                                                       GAsyncReadyCallback           callback,
                                                       gpointer                      user_data);
gboolean            tpt_connection_switch_finish      (TptConnection                *self,
                                                       GAsyncResult                 *result,
                                                       GError                      **error);

typedef struct
{
  gboolean revoked;
  gboolean webhook_deleted;
  gboolean erased;
  gboolean relay_unaware;  /* a relay was set, and could not be told that this device goes */
} TptDisconnection;

void     tpt_connection_disconnect_async  (TptConnection        *self,
                                           gboolean              erase_data,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean tpt_connection_disconnect_finish (TptConnection        *self,
                                           GAsyncResult         *result,
                                           TptDisconnection     *outcome,
                                           GError              **error);

G_END_DECLS

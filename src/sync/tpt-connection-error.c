/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-connection-error.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-account-error.h"
#include "tpt-api-error.h"
#include "tpt-listener-error.h"
#include "tpt-store.h"

G_DEFINE_QUARK (tpt-connection-error-quark, tpt_connection_error)

static TptConnectionError
map_account (TptAccountError code)
{
  switch (code)
    {
    case TPT_ACCOUNT_ERROR_NO_KEYRING:
    case TPT_ACCOUNT_ERROR_LOCKED:
    case TPT_ACCOUNT_ERROR_REFUSED:
      return TPT_CONNECTION_ERROR_KEYRING;
    case TPT_ACCOUNT_ERROR_NOT_SIGNED_IN:
      return TPT_CONNECTION_ERROR_NOT_CONNECTED;
    case TPT_ACCOUNT_ERROR_BROKEN:
    case TPT_ACCOUNT_ERROR_INVALID_GRANT:
    case TPT_ACCOUNT_ERROR_INVALID_CLIENT:
      return TPT_CONNECTION_ERROR_RECONNECT;
    case TPT_ACCOUNT_ERROR_DENIED:
      return TPT_CONNECTION_ERROR_DENIED;
    case TPT_ACCOUNT_ERROR_TIMEOUT:
      return TPT_CONNECTION_ERROR_TIMEOUT;
    case TPT_ACCOUNT_ERROR_EXCHANGE:
      return TPT_CONNECTION_ERROR_REJECTED;
    case TPT_ACCOUNT_ERROR_OFFLINE:
    case TPT_ACCOUNT_ERROR_RATE_LIMITED:
    case TPT_ACCOUNT_ERROR_UNAVAILABLE:
    case TPT_ACCOUNT_ERROR_BUSY:
      return TPT_CONNECTION_ERROR_OFFLINE;
    case TPT_ACCOUNT_ERROR_PORT:
    case TPT_ACCOUNT_ERROR_TRIES:
    default:
      return TPT_CONNECTION_ERROR_FAILED;
    }
}

static TptConnectionError
map_api (TptApiError code)
{
  switch (code)
    {
    case TPT_API_ERROR_UNAUTHORIZED:
      return TPT_CONNECTION_ERROR_RECONNECT;
    case TPT_API_ERROR_SCOPE:
    case TPT_API_ERROR_PLAN:
    case TPT_API_ERROR_PERMISSION:
      return TPT_CONNECTION_ERROR_NOT_PERMITTED;
    case TPT_API_ERROR_RATE_LIMITED:
    case TPT_API_ERROR_UNAVAILABLE:
    case TPT_API_ERROR_OFFLINE:
      return TPT_CONNECTION_ERROR_OFFLINE;
    case TPT_API_ERROR_NOT_FOUND:
    case TPT_API_ERROR_CONFLICT:
    case TPT_API_ERROR_INVALID:
    case TPT_API_ERROR_PROTOCOL:
    case TPT_API_ERROR_EXTERNAL:
    default:
      return TPT_CONNECTION_ERROR_FAILED;
    }
}

static TptConnectionError
map_listener (TptListenerError code)
{
  switch (code)
    {
    case TPT_LISTENER_ERROR_UNREACHABLE:
    case TPT_LISTENER_ERROR_BUSY:
      return TPT_CONNECTION_ERROR_OFFLINE;
    case TPT_LISTENER_ERROR_NOT_ALLOWED:
      return TPT_CONNECTION_ERROR_NOT_PERMITTED;
    case TPT_LISTENER_ERROR_ADDRESS:
    case TPT_LISTENER_ERROR_REFUSED:
    case TPT_LISTENER_ERROR_CURSOR:
    case TPT_LISTENER_ERROR_PROTOCOL:
    case TPT_LISTENER_ERROR_NOT_ENROLLED:
    case TPT_LISTENER_ERROR_FAILED:
    default:
      return TPT_CONNECTION_ERROR_FAILED;
    }
}

/* What the database calls it is nothing for a person. */
static GError *
map_store (const GError *error)
{
  const char *text;

  switch ((TptStoreError) error->code)
    {
    case TPT_STORE_ERROR_FULL:
      text = _ ("The disk is full: nothing new can be kept. Once there is room, it goes on by "
                "itself.");
      break;
    case TPT_STORE_ERROR_READ_ONLY:
      text = _ ("The disk cannot be written: nothing new can be kept.");
      break;
    case TPT_STORE_ERROR_IO:
    case TPT_STORE_ERROR_BUSY:
    case TPT_STORE_ERROR_KEY:
    case TPT_STORE_ERROR_NEWER:
    case TPT_STORE_ERROR_CORRUPT:
    case TPT_STORE_ERROR_FOREIGN:
    case TPT_STORE_ERROR_CLOSED:
    case TPT_STORE_ERROR_FAILED:
    default:
      text = error->message;
      break;
    }

  return g_error_new_literal (TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_FAILED, text);
}

/**
 * tpt_connection_error_map:
 * @error: from any module below
 *
 * The one place that knows what a failure means for the connection.
 *
 * Returns: (transfer full): an error of %TPT_CONNECTION_ERROR, or a copy where it was canceled
 */
GError *
tpt_connection_error_map (const GError *error)
{
  TptConnectionError code = TPT_CONNECTION_ERROR_FAILED;

  if (error->domain == TPT_CONNECTION_ERROR
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);

  if (error->domain == TPT_STORE_ERROR)
    return map_store (error);
  if (error->domain == TPT_ACCOUNT_ERROR)
    code = map_account ((TptAccountError) error->code);
  else if (error->domain == TPT_API_ERROR)
    code = map_api ((TptApiError) error->code);
  else if (error->domain == TPT_LISTENER_ERROR)
    code = map_listener ((TptListenerError) error->code);
  if (code == TPT_CONNECTION_ERROR_RECONNECT)
    return g_error_new_literal (TPT_CONNECTION_ERROR, code,
                                _ ("The sign-in has ended. Sign in to Calendly again."));

  return g_error_new_literal (TPT_CONNECTION_ERROR, (int) code, error->message);
}

/* The same while signing in: what would end a sign-in is then just a wrong token. */
GError *
tpt_connection_error_map_sign_in (const GError *error)
{
  GError *mapped = tpt_connection_error_map (error);

  if (!g_error_matches (mapped, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_RECONNECT))
    return mapped;
  g_error_free (mapped);

  return g_error_new_literal (TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_REJECTED,
                              _ ("Calendly does not accept this token: it is wrong or revoked."));
}

/* Returns: (transfer full): @account (nullable) was found in another organisation than its
 * record */
GError *
tpt_connection_error_new_moved (TptUser *account)
{
  if (account == NULL || account->email == NULL)
    return g_error_new_literal (TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OTHER_ACCOUNT,
                                _("The account has moved to another organization at Calendly. "
                                  "Sign in again to say what becomes of the meetings here."));

  return g_error_new (TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_OTHER_ACCOUNT,
                      _("The account %s has moved to another organization at Calendly. Sign in "
                        "again to say what becomes of the meetings here."),
                      account->email);
}

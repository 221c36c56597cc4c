/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TPT_ACCOUNT_ERROR (tpt_account_error_quark ())

/**
 * TptAccountError:
 * @TPT_ACCOUNT_ERROR_NO_KEYRING: there is no Secret Service to ask
 * @TPT_ACCOUNT_ERROR_LOCKED: it is locked, and was not unlocked (in time)
 * @TPT_ACCOUNT_ERROR_REFUSED: it answers, but does not do what it is asked for
 * @TPT_ACCOUNT_ERROR_BROKEN: what it holds is nothing of ours
 * @TPT_ACCOUNT_ERROR_NOT_SIGNED_IN: nothing is stored
 * @TPT_ACCOUNT_ERROR_DENIED: consent was denied in the browser
 * @TPT_ACCOUNT_ERROR_TIMEOUT: nobody answered in the browser in time
 * @TPT_ACCOUNT_ERROR_PORT: the fixed port is taken, or there is no loopback
 * @TPT_ACCOUNT_ERROR_TRIES: too many answers that were not the right one
 * @TPT_ACCOUNT_ERROR_EXCHANGE: the service refuses, and says why
 * @TPT_ACCOUNT_ERROR_INVALID_GRANT: the sign-in has ended; the user has to sign in again
 * @TPT_ACCOUNT_ERROR_INVALID_CLIENT: the service does not know the client id
 * @TPT_ACCOUNT_ERROR_OFFLINE: no name resolution, no connection, no trustworthy TLS
 * @TPT_ACCOUNT_ERROR_RATE_LIMITED: too many tokens were asked for
 * @TPT_ACCOUNT_ERROR_UNAVAILABLE: 5xx, silence, or an answer that makes no sense
 * @TPT_ACCOUNT_ERROR_BUSY: another process holds the sign-in for too long
 *
 * A canceled call is %G_IO_ERROR_CANCELLED. Messages are sentences for people.
 */
typedef enum
{
  TPT_ACCOUNT_ERROR_NO_KEYRING,
  TPT_ACCOUNT_ERROR_LOCKED,
  TPT_ACCOUNT_ERROR_REFUSED,
  TPT_ACCOUNT_ERROR_BROKEN,
  TPT_ACCOUNT_ERROR_NOT_SIGNED_IN,
  TPT_ACCOUNT_ERROR_DENIED,
  TPT_ACCOUNT_ERROR_TIMEOUT,
  TPT_ACCOUNT_ERROR_PORT,
  TPT_ACCOUNT_ERROR_TRIES,
  TPT_ACCOUNT_ERROR_EXCHANGE,
  TPT_ACCOUNT_ERROR_INVALID_GRANT,
  TPT_ACCOUNT_ERROR_INVALID_CLIENT,
  TPT_ACCOUNT_ERROR_OFFLINE,
  TPT_ACCOUNT_ERROR_RATE_LIMITED,
  TPT_ACCOUNT_ERROR_UNAVAILABLE,
  TPT_ACCOUNT_ERROR_BUSY,
} TptAccountError;

GQuark   tpt_account_error_quark      (void);
gboolean tpt_account_error_is_keyring (const GError *error);

G_END_DECLS

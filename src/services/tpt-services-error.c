/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-services-error.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-account-error.h"

G_DEFINE_QUARK (tpt-services-error-quark, tpt_services_error)

static GError *
map_account (const GError *error)
{
  switch ((TptAccountError) error->code)
    {
    case TPT_ACCOUNT_ERROR_NO_KEYRING:
      return g_error_new_literal (TPT_SERVICES_ERROR, TPT_SERVICES_ERROR_KEYRING_ABSENT,
                                  error->message);
    case TPT_ACCOUNT_ERROR_LOCKED:
      return g_error_new_literal (TPT_SERVICES_ERROR, TPT_SERVICES_ERROR_KEYRING_LOCKED,
                                  error->message);
    case TPT_ACCOUNT_ERROR_REFUSED:
    case TPT_ACCOUNT_ERROR_BROKEN:
    case TPT_ACCOUNT_ERROR_NOT_SIGNED_IN:
    case TPT_ACCOUNT_ERROR_DENIED:
    case TPT_ACCOUNT_ERROR_TIMEOUT:
    case TPT_ACCOUNT_ERROR_PORT:
    case TPT_ACCOUNT_ERROR_TRIES:
    case TPT_ACCOUNT_ERROR_EXCHANGE:
    case TPT_ACCOUNT_ERROR_INVALID_GRANT:
    case TPT_ACCOUNT_ERROR_INVALID_CLIENT:
    case TPT_ACCOUNT_ERROR_OFFLINE:
    case TPT_ACCOUNT_ERROR_RATE_LIMITED:
    case TPT_ACCOUNT_ERROR_UNAVAILABLE:
    case TPT_ACCOUNT_ERROR_BUSY:
    default:
      return g_error_new_literal (TPT_SERVICES_ERROR, TPT_SERVICES_ERROR_KEYRING_REFUSED,
                                  error->message);
    }
}

static TptServicesError
map_store (TptStoreError code)
{
  switch (code)
    {
    case TPT_STORE_ERROR_BUSY:
      return TPT_SERVICES_ERROR_BUSY;
    case TPT_STORE_ERROR_KEY:
      return TPT_SERVICES_ERROR_KEY_MISSING;
    case TPT_STORE_ERROR_NEWER:
      return TPT_SERVICES_ERROR_NEWER;
    case TPT_STORE_ERROR_CORRUPT:
      return TPT_SERVICES_ERROR_CORRUPT;
    case TPT_STORE_ERROR_FOREIGN:
      return TPT_SERVICES_ERROR_FOREIGN;
    case TPT_STORE_ERROR_READ_ONLY:
      return TPT_SERVICES_ERROR_READ_ONLY;
    case TPT_STORE_ERROR_FULL:
      return TPT_SERVICES_ERROR_FULL;
    case TPT_STORE_ERROR_IO:
    case TPT_STORE_ERROR_CLOSED:
    case TPT_STORE_ERROR_FAILED:
    default:
      return TPT_SERVICES_ERROR_FAILED;
    }
}

/* Where there is more to say than what the database calls it: which is the way on. */
static const char *
word_store (const GError *error)
{
  if (g_error_matches (error, TPT_STORE_ERROR, TPT_STORE_ERROR_KEY))
    return _ ("The data on this computer is sealed with another key than the one in the keyring. "
              "Restore the keyring, or start anew (“touchpointctl connect --start-anew”): the old "
              "data is then put aside, and the meetings are fetched again from Calendly.");
  if (g_error_matches (error, TPT_STORE_ERROR, TPT_STORE_ERROR_NEWER))
    return _ ("The data on this computer was written by a newer version of Touchpoint. Update "
              "Touchpoint to open it. Nothing was changed.");

  return error->message;
}

/**
 * tpt_services_error_map:
 * @error: what opening ended with
 *
 * Returns: (transfer full): an error of %TPT_SERVICES_ERROR, or a copy where it was canceled
 */
GError *
tpt_services_error_map (const GError *error)
{
  if (error->domain == TPT_SERVICES_ERROR
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (error->domain == TPT_ACCOUNT_ERROR)
    return map_account (error);
  if (g_error_matches (error, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_KEYRING))
    return g_error_new_literal (TPT_SERVICES_ERROR, TPT_SERVICES_ERROR_KEYRING_REFUSED,
                                error->message);
  if (error->domain == TPT_STORE_ERROR)
    return g_error_new_literal (TPT_SERVICES_ERROR, (int) map_store ((TptStoreError) error->code),
                                word_store (error));
  if (error->domain == TPT_TIME_ERROR)
    return g_error_new (TPT_SERVICES_ERROR, TPT_SERVICES_ERROR_ENVIRONMENT,
                        _ ("TOUCHPOINT_NOW is no time: %s"), error->message);

  return g_error_new_literal (TPT_SERVICES_ERROR, TPT_SERVICES_ERROR_FAILED, error->message);
}

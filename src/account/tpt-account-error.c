/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-account-error.h"

G_DEFINE_QUARK (tpt-account-error-quark, tpt_account_error)

/** tpt_account_error_is_keyring: whether it is the keyring that stands in the way */
gboolean
tpt_account_error_is_keyring (const GError *error)
{
  return g_error_matches (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_NO_KEYRING)
         || g_error_matches (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_LOCKED)
         || g_error_matches (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_REFUSED);
}

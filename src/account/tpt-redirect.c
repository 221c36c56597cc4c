/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-redirect.h"

G_DEFINE_INTERFACE (TptRedirect, tpt_redirect, G_TYPE_OBJECT)

static void
tpt_redirect_default_init (TptRedirectInterface *iface)
{
}

/* Once this has finished well, the browser may come. */
void
tpt_redirect_start_async (TptRedirect         *self,
                          const char          *state,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (TPT_IS_REDIRECT (self));
  g_return_if_fail (state != NULL);

  TPT_REDIRECT_GET_IFACE (self)->start_async (self, state, cancellable, callback, user_data);
}

/**
 * tpt_redirect_start_finish:
 *
 * Returns: (transfer full) (nullable): the redirect URI; %NULL with %TPT_ACCOUNT_ERROR, or with
 *   what whoever else has to make ready reported
 */
char *
tpt_redirect_start_finish (TptRedirect   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (TPT_IS_REDIRECT (self), NULL);

  return TPT_REDIRECT_GET_IFACE (self)->start_finish (self, result, error);
}

void
tpt_redirect_wait_async (TptRedirect         *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (TPT_IS_REDIRECT (self));

  TPT_REDIRECT_GET_IFACE (self)->wait_async (self, cancellable, callback, user_data);
}

/**
 * tpt_redirect_wait_finish:
 *
 * Returns: (transfer full) (nullable): the code, for tpt_secret_free(); %NULL with
 *   %TPT_ACCOUNT_ERROR_DENIED, _EXCHANGE for
 *   any other error of the service, or _TRIES
 */
char *
tpt_redirect_wait_finish (TptRedirect   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (TPT_IS_REDIRECT (self), NULL);

  return TPT_REDIRECT_GET_IFACE (self)->wait_finish (self, result, error);
}

/** tpt_redirect_stop: closes what was opened; more than once is fine */
void
tpt_redirect_stop (TptRedirect *self)
{
  g_return_if_fail (TPT_IS_REDIRECT (self));

  TPT_REDIRECT_GET_IFACE (self)->stop (self);
}

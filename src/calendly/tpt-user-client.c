/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-user-client.h"

#include "tpt-api-resource.h"
#include "tpt-user-parse.h"

/** tpt_user_client_get_me_async: `GET /users/me`: whose token it is. Scope `users:read` */
void
tpt_user_client_get_me_async (TptApiClient        *client,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  const TptApiRequest request = {
    .path = "/users/me",
    .parse = (TptResourceParseFunc) tpt_user_parse,
    .free = g_object_unref,
  };

  tpt_api_resource_async (client, &request, tpt_user_client_get_me_async, cancellable, callback,
                          user_data);
}

/**
 * tpt_user_client_get_me_finish:
 *
 * (returns: transfer full, nullable) the user, without role and plan
 */
TptUser *
tpt_user_client_get_me_finish (TptApiClient  *client,
                               GAsyncResult  *result,
                               GError       **error)
{
  return tpt_api_resource_finish (client, result, error);
}

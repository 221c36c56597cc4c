/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-collection.h"

#include "tpt-api-error.h"

/* Records in a row that the service cannot tell, before it counts as down. */
#define MAX_FAILED 5

G_DEFINE_INTERFACE (TptCollection, tpt_collection, G_TYPE_OBJECT)

static void
tpt_collection_default_init (TptCollectionInterface *interface)
{
}

/**
 * tpt_collection_pull_async:
 * @pull: what to pull and where to report; has to live until the end
 *
 * Brings the store up to date. What was written before a failure stays.
 */
void
tpt_collection_pull_async (TptCollection       *self,
                           TptPull             *pull,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (TPT_IS_COLLECTION (self));

  TPT_COLLECTION_GET_IFACE (self)->pull_async (self, pull, cancellable, callback, user_data);
}

gboolean
tpt_collection_pull_finish (TptCollection  *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (TPT_IS_COLLECTION (self), FALSE);

  return TPT_COLLECTION_GET_IFACE (self)->pull_finish (self, result, error);
}

/**
 * tpt_pull_is_about_record:
 * @error: what came of asking for one record
 * @failed: how many in a row the service could not tell, to be set to 0 by one that it could
 *
 * What the service cannot tell of one record and can of others is about that record, too: it must
 * not keep all others away for ever. Nor must what the plan does not include of one of them, where
 * the list of all could be had.
 *
 * Returns: whether only this record is wrong, and not the connection, the sign-in or the service
 */
gboolean
tpt_pull_is_about_record (const GError *error,
                          guint        *failed)
{
  if (g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_UNAVAILABLE)
      || g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_EXTERNAL))
    return ++*failed < MAX_FAILED;

  return g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_NOT_FOUND)
         || g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_PERMISSION)
         || g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_PLAN)
         || g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_CONFLICT)
         || g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_INVALID)
         || g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL);
}

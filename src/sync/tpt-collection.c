/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-collection.h"

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

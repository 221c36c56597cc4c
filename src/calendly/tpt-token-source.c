/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-token-source.h"

G_DEFINE_INTERFACE (TptTokenSource, tpt_token_source, G_TYPE_OBJECT)

static void
tpt_token_source_default_init (TptTokenSourceInterface *iface)
{
}

/**
 * tpt_token_source_get_token_async:
 * @rejected: (nullable): the token that the service has just answered with 401, so that another
 *   one is wanted
 */
void
tpt_token_source_get_token_async (TptTokenSource      *self,
                                  const char          *rejected,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (TPT_IS_TOKEN_SOURCE (self));

  TPT_TOKEN_SOURCE_GET_IFACE (self)->get_token_async (self, rejected, cancellable, callback,
                                                      user_data);
}

/**
 * tpt_token_source_get_token_finish:
 *
 * Returns: (transfer full) (nullable): the token, or %NULL with an error of the implementation
 */
char *
tpt_token_source_get_token_finish (TptTokenSource  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (TPT_IS_TOKEN_SOURCE (self), NULL);

  return TPT_TOKEN_SOURCE_GET_IFACE (self)->get_token_finish (self, result, error);
}

/**
 * tpt_token_source_dup_token:
 *
 * Returns: (transfer full) (nullable): a token that can be used now; %NULL where
 *   tpt_token_source_get_token_async() has to look for one
 */
char *
tpt_token_source_dup_token (TptTokenSource *self)
{
  TptTokenSourceInterface *iface;

  g_return_val_if_fail (TPT_IS_TOKEN_SOURCE (self), NULL);

  iface = TPT_TOKEN_SOURCE_GET_IFACE (self);

  return iface->dup_token != NULL ? iface->dup_token (self) : NULL;
}

/**
 * tpt_token_source_note_refusal:
 * @error: what a request with a token from here has just ended with
 *
 * Which scopes a personal token has, nobody says; only what it is refused for tells.
 */
void
tpt_token_source_note_refusal (TptTokenSource *self,
                               const GError   *error)
{
  TptTokenSourceInterface *iface;

  g_return_if_fail (TPT_IS_TOKEN_SOURCE (self));
  g_return_if_fail (error != NULL);

  iface = TPT_TOKEN_SOURCE_GET_IFACE (self);
  if (iface->note_refusal != NULL)
    iface->note_refusal (self, error);
}

/**
 * tpt_token_source_note_answer:
 * @scope: that a request took which was answered just now
 *
 * What it was refused for before is permitted after all.
 */
void
tpt_token_source_note_answer (TptTokenSource *self,
                              const char     *scope)
{
  TptTokenSourceInterface *iface;

  g_return_if_fail (TPT_IS_TOKEN_SOURCE (self));
  g_return_if_fail (scope != NULL);

  iface = TPT_TOKEN_SOURCE_GET_IFACE (self);
  if (iface->note_answer != NULL)
    iface->note_answer (self, scope);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fixed-tokens.h"

struct _TptFixedTokens
{
  GObject parent_instance;
};

static void tpt_fixed_tokens_iface_init (TptTokenSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TptFixedTokens,
                               tpt_fixed_tokens,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_TOKEN_SOURCE,
                                                      tpt_fixed_tokens_iface_init))

static void
get_token_async (TptTokenSource      *source,
                 const char          *rejected,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);

  g_task_return_pointer (task, g_strdup ("sandbox-pat"), g_free);
}

static char *
get_token_finish (TptTokenSource  *source,
                  GAsyncResult    *result,
                  GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
tpt_fixed_tokens_iface_init (TptTokenSourceInterface *iface)
{
  iface->get_token_async = get_token_async;
  iface->get_token_finish = get_token_finish;
}

static void
tpt_fixed_tokens_class_init (TptFixedTokensClass *klass)
{
}

static void
tpt_fixed_tokens_init (TptFixedTokens *self)
{
}

TptFixedTokens *
tpt_fixed_tokens_new (void)
{
  return g_object_new (TPT_TYPE_FIXED_TOKENS, NULL);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test-tokens.h"

struct _TptTestTokens
{
  GObject parent_instance;

  char *name;
  guint number;            /* 0 where it is always the same one */
};

static void tpt_test_tokens_iface_init (TptTokenSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TptTestTokens,
                               tpt_test_tokens,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TPT_TYPE_TOKEN_SOURCE,
                                                      tpt_test_tokens_iface_init))

static char *
make (TptTestTokens *self)
{
  return self->number > 0 ? g_strdup_printf ("%s-%u", self->name, self->number)
                          : g_strdup (self->name);
}

static void
get_token_async (TptTokenSource      *source,
                 const char          *rejected,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  TptTestTokens *self = TPT_TEST_TOKENS (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *current = make (self);

  if (self->number > 0 && g_strcmp0 (rejected, current) == 0)
    self->number++;
  g_task_return_pointer (task, make (self), g_free);
}

static char *
get_token_finish (TptTokenSource  *source,
                  GAsyncResult    *result,
                  GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
tpt_test_tokens_iface_init (TptTokenSourceInterface *iface)
{
  iface->get_token_async = get_token_async;
  iface->get_token_finish = get_token_finish;
}

static void
tpt_test_tokens_finalize (GObject *object)
{
  TptTestTokens *self = TPT_TEST_TOKENS (object);

  g_free (self->name);

  G_OBJECT_CLASS (tpt_test_tokens_parent_class)->finalize (object);
}

static void
tpt_test_tokens_class_init (TptTestTokensClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_test_tokens_finalize;
}

static void
tpt_test_tokens_init (TptTestTokens *self)
{
}

TptTestTokens *
tpt_test_tokens_new (const char *name)
{
  TptTestTokens *self = g_object_new (TPT_TYPE_TEST_TOKENS, NULL);

  self->name = g_strdup (name);

  return self;
}

TptTestTokens *
tpt_test_tokens_new_numbered (const char *name)
{
  TptTestTokens *self = tpt_test_tokens_new (name);

  self->number = 1;

  return self;
}

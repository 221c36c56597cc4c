/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TPT_TYPE_TOKEN_SOURCE (tpt_token_source_get_type ())

/**
 * TptTokenSource:
 *
 * Where the client gets its bearer token from; implemented by who owns the sign-in.
 */
G_DECLARE_INTERFACE (TptTokenSource, tpt_token_source, TPT, TOKEN_SOURCE, GObject)

struct _TptTokenSourceInterface
{
  GTypeInterface parent_interface;

  void  (*get_token_async)  (TptTokenSource       *self,
                             const char           *rejected,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data);
  char *(*get_token_finish) (TptTokenSource       *self,
                             GAsyncResult         *result,
                             GError              **error);
  void  (*note_refusal)     (TptTokenSource       *self,
                             const GError         *error);  /* may be NULL */
  void  (*note_answer)      (TptTokenSource       *self,
                             const char           *scope);  /* may be NULL */
  char *(*dup_token)        (TptTokenSource       *self);   /* may be NULL */
};

void  tpt_token_source_get_token_async  (TptTokenSource       *self,
                                         const char           *rejected,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
char *tpt_token_source_get_token_finish (TptTokenSource       *self,
                                         GAsyncResult         *result,
                                         GError              **error);
char *tpt_token_source_dup_token        (TptTokenSource       *self);
void  tpt_token_source_note_refusal     (TptTokenSource       *self,
                                         const GError         *error);
void  tpt_token_source_note_answer      (TptTokenSource       *self,
                                         const char           *scope);

G_END_DECLS

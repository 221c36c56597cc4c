/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is kept secret: one item each, so that it changes as a whole or not at all. */
typedef enum
{
  TPT_SECRET_TOKENS,
  TPT_SECRET_DATABASE_KEY,
  TPT_SECRET_RELAY,
} TptSecretKind;

const char *tpt_secret_kind_to_string (TptSecretKind kind);

#define TPT_TYPE_TOKEN_STORE (tpt_token_store_get_type ())

/**
 * TptTokenStore:
 *
 * Keeps secrets, as text. The plain functions block and are for worker threads; each has an async
 * twin. Errors are of
 * %TPT_ACCOUNT_ERROR.
 */
G_DECLARE_INTERFACE (TptTokenStore, tpt_token_store, TPT, TOKEN_STORE, GObject)

struct _TptTokenStoreInterface
{
  GTypeInterface parent_interface;

  gboolean (*lookup) (TptTokenStore  *self,
                      TptSecretKind   kind,
                      char          **secret,
                      GCancellable   *cancellable,
                      GError        **error);
  gboolean (*save)   (TptTokenStore  *self,
                      TptSecretKind   kind,
                      const char     *secret,
                      GCancellable   *cancellable,
                      GError        **error);
  gboolean (*clear)  (TptTokenStore  *self,
                      TptSecretKind   kind,
                      GCancellable   *cancellable,
                      GError        **error);
  gboolean (*is_locked) (TptTokenStore *self,      /* may be NULL */
                         TptSecretKind  kind,
                         GCancellable  *cancellable);
};

gboolean  tpt_token_store_lookup        (TptTokenStore        *self,
                                         TptSecretKind         kind,
                                         char                **secret,
                                         GCancellable         *cancellable,
                                         GError              **error);
gboolean  tpt_token_store_save          (TptTokenStore        *self,
                                         TptSecretKind         kind,
                                         const char           *secret,
                                         GCancellable         *cancellable,
                                         GError              **error);
gboolean  tpt_token_store_clear         (TptTokenStore        *self,
                                         TptSecretKind         kind,
                                         GCancellable         *cancellable,
                                         GError              **error);
gboolean  tpt_token_store_is_locked     (TptTokenStore        *self,
                                         TptSecretKind         kind,
                                         GCancellable         *cancellable);
void      tpt_token_store_lookup_async  (TptTokenStore        *self,
                                         TptSecretKind         kind,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean  tpt_token_store_lookup_finish (TptTokenStore        *self,
                                         GAsyncResult         *result,
                                         char                **secret,
                                         GError              **error);
void      tpt_token_store_save_async    (TptTokenStore        *self,
                                         TptSecretKind         kind,
                                         const char           *secret,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean  tpt_token_store_save_finish   (TptTokenStore        *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void      tpt_token_store_clear_async   (TptTokenStore        *self,
                                         TptSecretKind         kind,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean  tpt_token_store_clear_finish  (TptTokenStore        *self,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS

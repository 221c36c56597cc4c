/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-model.h"

G_BEGIN_DECLS

typedef struct _TptSandboxAccess TptSandboxAccess;

#define TPT_SANDBOX_SIGNING_KEY  "sandbox-signing-key"
#define TPT_SANDBOX_WEB_CLIENT   "sandbox-web"
#define TPT_SANDBOX_WEB_PASSWORD "sandbox-secret"

/* Tokens that belong together: one consent and all that was refreshed from it. */
typedef struct
{
  TptSandboxUser *user;
  char *client_id;
  char *scope;
  gboolean revoked;
} TptSandboxFamily;

typedef struct
{
  TptSandboxFamily *family;
  char *text;
  gint64 issued_at;
  gint64 expires_at;
  gboolean personal;
} TptSandboxToken;

/* A code on its way from the consent page to the token endpoint. */
typedef struct
{
  TptSandboxUser *user;
  char *client_id;
  char *redirect_uri;
  char *scope;
  char *challenge;
  gint64 expires_at;
  gboolean used;
  TptSandboxFamily *family;
} TptSandboxGrant;

typedef enum
{
  TPT_SANDBOX_TOKEN_VALID,
  TPT_SANDBOX_TOKEN_UNKNOWN,
  TPT_SANDBOX_TOKEN_EXPIRED,
  TPT_SANDBOX_TOKEN_REVOKED,
} TptSandboxTokenState;

TptSandboxAccess     *tpt_sandbox_access_new          (const char         *client_id);
void                  tpt_sandbox_access_free         (TptSandboxAccess   *self);
void                  tpt_sandbox_access_add_personal (TptSandboxAccess   *self,
                                                       const char         *text,
                                                       TptSandboxUser     *user,
                                                       const char         *scope);
void                  tpt_sandbox_access_add_redirect (TptSandboxAccess   *self,
                                                       const char         *uri);
gboolean              tpt_sandbox_access_has_client   (TptSandboxAccess   *self,
                                                       const char         *client_id);
gboolean              tpt_sandbox_access_has_redirect (TptSandboxAccess   *self,
                                                       const char         *uri);
gboolean              tpt_sandbox_access_has_scopes   (const char         *scopes);
char                 *tpt_sandbox_access_all_scopes   (void);
char                 *tpt_sandbox_access_grant        (TptSandboxAccess   *self,
                                                       TptSandboxGrant    *grant);
TptSandboxGrant      *tpt_sandbox_access_find_grant   (TptSandboxAccess   *self,
                                                       const char         *code);
TptSandboxFamily     *tpt_sandbox_access_add_family   (TptSandboxAccess   *self,
                                                       TptSandboxUser     *user,
                                                       const char         *client_id,
                                                       const char         *scope);
TptSandboxToken      *tpt_sandbox_access_issue        (TptSandboxAccess   *self,
                                                       TptSandboxFamily   *family,
                                                       gint64              now,
                                                       char              **refresh_token);
TptSandboxFamily     *tpt_sandbox_access_peek_refresh (TptSandboxAccess   *self,
                                                       const char         *refresh_token);
gboolean              tpt_sandbox_access_use_refresh  (TptSandboxAccess   *self,
                                                       const char         *refresh_token);
gboolean              tpt_sandbox_access_revoke       (TptSandboxAccess   *self,
                                                       const char         *text);
TptSandboxToken      *tpt_sandbox_access_find         (TptSandboxAccess   *self,
                                                       const char         *text);
TptSandboxTokenState  tpt_sandbox_access_check        (TptSandboxToken    *token,
                                                       gint64              now);
gboolean              tpt_sandbox_access_allows       (TptSandboxToken    *token,
                                                       const char         *scope);
JsonArray            *tpt_sandbox_access_list         (TptSandboxAccess   *self,
                                                       gint64              now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptSandboxAccess, tpt_sandbox_access_free)

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "tpt-time.h"

G_BEGIN_DECLS

typedef enum
{
  TPT_GRANT_OAUTH,
  TPT_GRANT_PERSONAL,      /* pasted by the user; it neither expires nor can be renewed */
} TptGrantKind;

#define TPT_TYPE_GRANT (tpt_grant_get_type ())

/**
 * TptGrant:
 * @access_token: (nullable): %NULL once the sign-in has ended
 * @refresh_token: (nullable): can be used once; %NULL for a personal token, or once the sign-in
 *   has ended
 * @expires_at: of @access_token; %TPT_TIME_NONE for a personal token
 * @scopes: what was granted; empty where it was not said
 * @owner: (nullable): URI of the user
 * @organization: (nullable): URI; older answers lack it
 * @client_id: (nullable): to whom it was granted
 *
 * A sign-in, kept as one secret so that it changes as a whole.
 */
typedef struct
{
  TptGrantKind kind;
  char *access_token;
  char *refresh_token;
  TptTime expires_at;
  GStrv scopes;
  char *owner;
  char *organization;
  char *client_id;
} TptGrant;

GType     tpt_grant_get_type       (void);
gboolean  tpt_grant_is_token       (const char      *text);
TptGrant *tpt_grant_new_personal   (const char      *token);
TptGrant *tpt_grant_new_response   (JsonNode        *response,
                                    const char      *client_id,
                                    TptTime          now,
                                    GError         **error);
TptGrant *tpt_grant_parse          (const char      *text,
                                    GError         **error);
char     *tpt_grant_to_string      (const TptGrant  *self);
TptGrant *tpt_grant_copy           (const TptGrant  *self);
void      tpt_grant_set_owner      (TptGrant        *self,
                                    const char      *owner,
                                    const char      *organization);
void      tpt_grant_end            (TptGrant        *self);
void      tpt_grant_free           (TptGrant        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptGrant, tpt_grant_free)

G_END_DECLS

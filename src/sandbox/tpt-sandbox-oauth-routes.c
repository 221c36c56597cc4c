/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-consent.h"
#include "tpt-sandbox-request.h"
#include "tpt-sandbox-serial.h"

#define INVALID_GRANT \
  "The provided authorization grant is invalid, expired, revoked, does not match the " \
  "redirection URI used in the authorization request, or was issued to another client."

static void
refuse (TptSandboxRequest *request,
        guint              status,
        const char        *error,
        const char        *description)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "error", error);
  json_object_set_string_member (object, "error_description", description);
  tpt_sandbox_reply_json (request, status, object);
}

/* Who asks: a native app names itself in the body and has no secret, a web app uses Basic or
 * sends its secret. NULL: refused, and the answer says why (RFC 6749, 5.2). */
static char *
read_client (TptSandboxRequest *request,
             GHashTable        *form)
{
  TptSandboxAccess *access = request->context->access;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *basic = soup_message_headers_get_one (headers, "Authorization");
  const char *client_id = g_hash_table_lookup (form, "client_id");
  const char *password = g_hash_table_lookup (form, "client_secret");
  g_auto (GStrv) parts = NULL;
  gboolean web;

  if (basic != NULL && g_ascii_strncasecmp (basic, "Basic ", 6) == 0)
    {
      gsize length;
      g_autofree guchar *plain = g_base64_decode (basic + 6, &length);
      g_autofree char *text = g_strndup ((const char *) plain, length);

      parts = g_strsplit (text, ":", 2);
      client_id = parts[0];
      password = client_id != NULL ? parts[1] : NULL;
    }

  web = g_strcmp0 (client_id, TPT_SANDBOX_WEB_CLIENT) == 0;
  if (!tpt_sandbox_access_has_client (access, client_id)
      || (web && g_strcmp0 (password, TPT_SANDBOX_WEB_PASSWORD) != 0))
    {
      refuse (request, 401, "invalid_client",
              "Client authentication failed due to unknown client, no client authentication "
              "included, or unsupported authentication method.");
      return NULL;
    }

  return g_strdup (client_id);
}

/* RFC 7636, 4.6: BASE64URL (SHA256 (verifier)) == challenge. */
static gboolean
verify (const char *challenge,
        const char *verifier)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *text = NULL;

  if (challenge == NULL)
    return verifier == NULL;
  if (verifier == NULL || strlen (verifier) < 43 || strlen (verifier) > 128)
    return FALSE;

  g_checksum_update (checksum, (const guchar *) verifier, -1);
  g_checksum_get_digest (checksum, digest, &length);
  text = g_base64_encode (digest, length);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';

  return g_str_equal (text, challenge);
}

static void
reply_tokens (TptSandboxRequest *request,
              TptSandboxFamily  *family)
{
  TptSandboxContext *context = request->context;
  gint64 now = TPT_SANDBOX_NOW (context);
  g_autofree char *refresh_token = NULL;
  TptSandboxToken *token = tpt_sandbox_access_issue (context->access, family, now, &refresh_token);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "token_type", "Bearer");
  json_object_set_int_member (object, "expires_in",
                              (token->expires_at - now) / TPT_SANDBOX_SECOND);
  json_object_set_int_member (object, "created_at", now / TPT_SANDBOX_SECOND);
  json_object_set_string_member (object, "refresh_token", refresh_token);
  json_object_set_string_member (object, "access_token", token->text);
  json_object_set_string_member (object, "scope", family->scope);
  tpt_sandbox_serial_set_uri (object, "owner", "users", family->user->uuid);
  tpt_sandbox_serial_set_uri (object, "organization", "organizations",
                              family->user->organization->uuid);
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                "Cache-Control", "no-store");
  tpt_sandbox_reply_json (request, 200, object);
}

static gboolean
count (TptSandboxRequest *request,
       TptSandboxUser    *user)
{
  if (tpt_sandbox_limits_token (request->context->limits, user->uuid,
                                TPT_SANDBOX_NOW (request->context)))
    return TRUE;
  refuse (request, 429, "too_many_requests", "Only 8 tokens per user and minute.");

  return FALSE;
}

/* A code that comes a second time takes the tokens of the first time with it (RFC 6749, 4.1.2). */
static void
exchange_code (TptSandboxRequest *request,
               GHashTable        *form,
               const char        *client_id)
{
  TptSandboxContext *context = request->context;
  TptSandboxGrant *grant = tpt_sandbox_access_find_grant (context->access,
                                                          g_hash_table_lookup (form, "code"));

  if (grant != NULL && grant->used && grant->family != NULL)
    grant->family->revoked = TRUE;
  if (grant == NULL || grant->used
      || grant->expires_at <= TPT_SANDBOX_NOW (context)
      || !g_str_equal (grant->client_id, client_id)
      || g_strcmp0 (grant->redirect_uri, g_hash_table_lookup (form, "redirect_uri")) != 0
      || !verify (grant->challenge, g_hash_table_lookup (form, "code_verifier")))
    {
      refuse (request, 400, "invalid_grant", INVALID_GRANT);
      return;
    }
  if (!count (request, grant->user))
    return;

  grant->used = TRUE;
  grant->family = tpt_sandbox_access_add_family (context->access, grant->user, client_id,
                                                 grant->scope);
  reply_tokens (request, grant->family);
}

static void
exchange_refresh (TptSandboxRequest *request,
                  GHashTable        *form,
                  const char        *client_id)
{
  TptSandboxAccess *access = request->context->access;
  const char *text = g_hash_table_lookup (form, "refresh_token");
  TptSandboxFamily *family = tpt_sandbox_access_peek_refresh (access, text);

  if (family != NULL && g_str_equal (family->client_id, client_id)
      && !count (request, family->user))
    return;
  if (family == NULL || !g_str_equal (family->client_id, client_id)
      || !tpt_sandbox_access_use_refresh (access, text))
    refuse (request, 400, "invalid_grant", INVALID_GRANT);
  else
    reply_tokens (request, family);
}

static void
post_token (TptSandboxRequest *request)
{
  g_autoptr (GHashTable) form = tpt_sandbox_request_get_form (request);
  g_autofree char *client_id = read_client (request, form);
  const char *grant_type = g_hash_table_lookup (form, "grant_type");

  if (client_id == NULL)
    return;
  if (grant_type == NULL)
    refuse (request, 400, "invalid_request", "Missing required parameter: grant_type.");
  else if (g_str_equal (grant_type, "authorization_code"))
    exchange_code (request, form, client_id);
  else if (g_str_equal (grant_type, "refresh_token"))
    exchange_refresh (request, form, client_id);
  else
    refuse (request, 400, "unsupported_grant_type",
            "The authorization grant type is not supported by the authorization server.");
}

/* An unknown token is fine as well (RFC 7009, 2.2). */
static void
post_revoke (TptSandboxRequest *request)
{
  g_autoptr (GHashTable) form = tpt_sandbox_request_get_form (request);
  g_autofree char *client_id = read_client (request, form);
  const char *token = g_hash_table_lookup (form, "token");

  if (client_id == NULL)
    return;
  if (token == NULL)
    {
      refuse (request, 400, "invalid_request", "Missing required parameter: token.");
      return;
    }
  tpt_sandbox_access_revoke (request->context->access, token);
  tpt_sandbox_reply_json (request, 200, json_object_new ());
}

static void
post_introspect (TptSandboxRequest *request)
{
  TptSandboxAccess *access = request->context->access;
  gint64 now = TPT_SANDBOX_NOW (request->context);
  g_autoptr (GHashTable) form = tpt_sandbox_request_get_form (request);
  g_autofree char *client_id = read_client (request, form);
  TptSandboxToken *token = tpt_sandbox_access_find (access, g_hash_table_lookup (form, "token"));
  JsonObject *object;

  if (client_id == NULL)
    return;

  object = json_object_new ();
  if (tpt_sandbox_access_check (token, now) != TPT_SANDBOX_TOKEN_VALID || token->personal)
    {
      json_object_set_boolean_member (object, "active", FALSE);
      tpt_sandbox_reply_json (request, 200, object);
      return;
    }
  json_object_set_boolean_member (object, "active", TRUE);
  json_object_set_string_member (object, "scope", token->family->scope);
  json_object_set_string_member (object, "client_id", token->family->client_id);
  json_object_set_string_member (object, "token_type", "Bearer");
  json_object_set_int_member (object, "exp", token->expires_at / TPT_SANDBOX_SECOND);
  json_object_set_int_member (object, "iat", token->issued_at / TPT_SANDBOX_SECOND);
  tpt_sandbox_serial_set_uri (object, "owner", "users", token->family->user->uuid);
  tpt_sandbox_serial_set_uri (object, "organization", "organizations",
                              token->family->user->organization->uuid);
  tpt_sandbox_reply_json (request, 200, object);
}

const TptSandboxRoute tpt_sandbox_oauth_routes[] = {
  { "GET", "/oauth/authorize", NULL, tpt_sandbox_consent_get },
  { "POST", "/oauth/authorize", NULL, tpt_sandbox_consent_post },
  { "POST", "/oauth/token", NULL, post_token },
  { "POST", "/oauth/revoke", NULL, post_revoke },
  { "POST", "/oauth/introspect", NULL, post_introspect },
  { NULL, NULL, NULL, NULL },
};

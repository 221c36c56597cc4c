/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-access.h"

#include "tpt-sandbox-clock.h"
#include "tpt-sandbox-random.h"

#include <string.h>

#define TOKEN_SECONDS 7200

struct _TptSandboxAccess
{
  TptSandboxRandom random;
  char *client_id;
  GPtrArray *redirects;
  GPtrArray *families;
  GHashTable *tokens;
  GHashTable *refreshes;
  GHashTable *grants;
};

typedef struct
{
  TptSandboxFamily *family;
  gboolean used;
} Refresh;

/* The catalogue of developer.calendly.com, "Scopes". */
static const char *const scopes[] = {
  "availability:read", "availability:write", "event_types:read", "event_types:write",
  "locations:read", "routing_forms:read", "shares:write", "scheduled_events:read",
  "scheduled_events:write", "scheduling_links:write", "groups:read", "organizations:read",
  "organizations:write", "users:read", "webhooks:read", "webhooks:write", "activity_log:read",
  "data_compliance:write", "outgoing_communications:read", "contacts:read", "contacts:write",
  "meeting_recaps:read", "meeting_recaps:write", NULL,
};

static void
family_free (gpointer data)
{
  TptSandboxFamily *family = data;

  g_free (family->client_id);
  g_free (family->scope);
  g_free (family);
}

static void
token_free (gpointer data)
{
  TptSandboxToken *token = data;

  g_free (token->text);
  g_free (token);
}

static void
grant_free (gpointer data)
{
  TptSandboxGrant *grant = data;

  g_free (grant->client_id);
  g_free (grant->redirect_uri);
  g_free (grant->scope);
  g_free (grant->challenge);
  g_free (grant);
}

static char *
encode_part (const char *text)
{
  char *encoded = g_base64_encode ((const guchar *) text, strlen (text));

  g_strdelimit (encoded, "+", '-');
  g_strdelimit (encoded, "/", '_');
  encoded[strcspn (encoded, "=")] = '\0';

  return encoded;
}

/* Looks like Calendly's JWT, the claims of its documentation included. Nobody is meant to read
 * it. */
static char *
make_jwt (TptSandboxAccess *self,
          TptSandboxFamily *family,
          gint64            now)
{
  g_autofree char *jti = tpt_sandbox_random_uuid (&self->random);
  g_autofree char *claims = g_strdup_printf (
    "{\"iss\":\"https://auth.calendly.com\",\"iat\":%" G_GINT64_FORMAT ",\"jti\":\"%s\","
    "\"user_uuid\":\"%s\",\"app_uid\":\"%s\",\"exp\":%" G_GINT64_FORMAT ",\"scope\":\"%s\"}",
    now / TPT_SANDBOX_SECOND, jti, family->user->uuid, family->client_id,
    now / TPT_SANDBOX_SECOND + TOKEN_SECONDS, family->scope);
  g_autofree char *head = encode_part ("{\"kid\":\"sandbox\",\"typ\":\"JWT\",\"alg\":\"HS256\"}");
  g_autofree char *body = encode_part (claims);
  g_autofree char *signature = tpt_sandbox_random_hex (&self->random, 43);

  return g_strjoin (".", head, body, signature, NULL);
}

static TptSandboxToken *
add_token (TptSandboxAccess *self,
           TptSandboxFamily *family,
           char             *text)
{
  TptSandboxToken *token = g_new0 (TptSandboxToken, 1);

  token->family = family;
  token->text = text;
  g_hash_table_insert (self->tokens, token->text, token);

  return token;
}

/* Tokens, codes and clients. What is handed out here comes from the machine's own randomness:
 * two runs of one seed must not honour each other's tokens. */
TptSandboxAccess *
tpt_sandbox_access_new (const char *client_id)
{
  TptSandboxAccess *self = g_new0 (TptSandboxAccess, 1);

  tpt_sandbox_random_seed (&self->random,
                           (guint64) g_random_int () << 32 ^ (guint64) g_get_real_time ());
  self->client_id = g_strdup (client_id);
  self->redirects = g_ptr_array_new_with_free_func (g_free);
  self->families = g_ptr_array_new_with_free_func (family_free);
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, token_free);
  self->refreshes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->grants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, grant_free);

  return self;
}

void
tpt_sandbox_access_free (TptSandboxAccess *self)
{
  g_hash_table_unref (self->grants);
  g_hash_table_unref (self->refreshes);
  g_hash_table_unref (self->tokens);
  g_ptr_array_unref (self->families);
  g_ptr_array_unref (self->redirects);
  g_free (self->client_id);
  g_free (self);
}

/* A personal access token: never expires by itself. */
void
tpt_sandbox_access_add_personal (TptSandboxAccess *self,
                                 const char       *text,
                                 TptSandboxUser   *user,
                                 const char       *scope)
{
  TptSandboxFamily *family = tpt_sandbox_access_add_family (self, user, NULL, scope);

  add_token (self, family, g_strdup (text))->personal = TRUE;
}

/* Once one address is registered, all others are refused. */
void
tpt_sandbox_access_add_redirect (TptSandboxAccess *self,
                                 const char       *uri)
{
  g_ptr_array_add (self->redirects, g_strdup (uri));
}

gboolean
tpt_sandbox_access_has_client (TptSandboxAccess *self,
                               const char       *client_id)
{
  return g_strcmp0 (client_id, self->client_id) == 0
         || g_strcmp0 (client_id, TPT_SANDBOX_WEB_CLIENT) == 0;
}

/* Whether an app may be called back at @uri: at exactly the registered addresses, or, when none
 * is, on the loopback, at a scheme of its own and at any https address. */
gboolean
tpt_sandbox_access_has_redirect (TptSandboxAccess *self,
                                 const char       *uri)
{
  static const char *const open[] = {
    "http://127.0.0.1:", "http://[::1]:", "http://localhost:", "touchpoint:", "https://",
  };

  if (uri == NULL || !g_uri_is_valid (uri, G_URI_FLAGS_NONE, NULL))
    return FALSE;
  if (self->redirects->len > 0)
    return g_ptr_array_find_with_equal_func (self->redirects, uri, g_str_equal, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (open); i++)
    {
      if (g_str_has_prefix (uri, open[i]))
        return TRUE;
    }

  return FALSE;
}

/* Whether @text names nothing but known scopes. */
gboolean
tpt_sandbox_access_has_scopes (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " +\n", -1);

  for (char **word = words; *word != NULL; word++)
    {
      if (**word != '\0' && !g_strv_contains (scopes, *word))
        return FALSE;
    }

  return TRUE;
}

char *
tpt_sandbox_access_all_scopes (void)
{
  return g_strjoinv (" ", (char **) scopes);
}

/* Keeps @grant, which becomes ours, and returns its code. */
char *
tpt_sandbox_access_grant (TptSandboxAccess *self,
                          TptSandboxGrant  *grant)
{
  char *code = tpt_sandbox_random_hex (&self->random, 43);

  g_hash_table_insert (self->grants, g_strdup (code), grant);

  return code;
}

TptSandboxGrant *
tpt_sandbox_access_find_grant (TptSandboxAccess *self,
                               const char       *code)
{
  return code != NULL ? g_hash_table_lookup (self->grants, code) : NULL;
}

TptSandboxFamily *
tpt_sandbox_access_add_family (TptSandboxAccess *self,
                               TptSandboxUser   *user,
                               const char       *client_id,
                               const char       *scope)
{
  TptSandboxFamily *family = g_new0 (TptSandboxFamily, 1);

  family->user = user;
  family->client_id = g_strdup (client_id);
  family->scope = g_strdup (scope);
  g_ptr_array_add (self->families, family);

  return family;
}

/* A new pair for @family. The access token lives two hours, the refresh token until it is used. */
TptSandboxToken *
tpt_sandbox_access_issue (TptSandboxAccess  *self,
                          TptSandboxFamily  *family,
                          gint64             now,
                          char             **refresh_token)
{
  TptSandboxToken *token = add_token (self, family, make_jwt (self, family, now));
  Refresh *refresh = g_new0 (Refresh, 1);

  token->issued_at = now;
  token->expires_at = now + TOKEN_SECONDS * TPT_SANDBOX_SECOND;
  refresh->family = family;
  *refresh_token = tpt_sandbox_random_hex (&self->random, 64);
  g_hash_table_insert (self->refreshes, g_strdup (*refresh_token), refresh);

  return token;
}

TptSandboxFamily *
tpt_sandbox_access_peek_refresh (TptSandboxAccess *self,
                                 const char       *refresh_token)
{
  Refresh *refresh = refresh_token != NULL ? g_hash_table_lookup (self->refreshes, refresh_token)
                                           : NULL;

  return refresh != NULL ? refresh->family : NULL;
}

/* Uses the token up. FALSE when it was used before: then somebody has a copy, and all of its
 * family is revoked (RFC 6819, 5.2.2.3). */
gboolean
tpt_sandbox_access_use_refresh (TptSandboxAccess *self,
                                const char       *refresh_token)
{
  Refresh *refresh = g_hash_table_lookup (self->refreshes, refresh_token);

  g_return_val_if_fail (refresh != NULL, FALSE);

  if (refresh->used)
    refresh->family->revoked = TRUE;
  if (refresh->family->revoked)
    return FALSE;
  refresh->used = TRUE;

  return TRUE;
}

/* Revokes an access or refresh token with all of its family. FALSE when nobody knows it. */
gboolean
tpt_sandbox_access_revoke (TptSandboxAccess *self,
                           const char       *text)
{
  TptSandboxToken *token = tpt_sandbox_access_find (self, text);
  TptSandboxFamily *family = token != NULL ? token->family
                                           : tpt_sandbox_access_peek_refresh (self, text);

  if (family == NULL)
    return FALSE;
  family->revoked = TRUE;

  return TRUE;
}

TptSandboxToken *
tpt_sandbox_access_find (TptSandboxAccess *self,
                         const char       *text)
{
  return text != NULL ? g_hash_table_lookup (self->tokens, text) : NULL;
}

TptSandboxTokenState
tpt_sandbox_access_check (TptSandboxToken *token,
                          gint64           now)
{
  if (token == NULL)
    return TPT_SANDBOX_TOKEN_UNKNOWN;
  if (token->family->revoked)
    return TPT_SANDBOX_TOKEN_REVOKED;
  if (token->expires_at != 0 && token->expires_at <= now)
    return TPT_SANDBOX_TOKEN_EXPIRED;

  return TPT_SANDBOX_TOKEN_VALID;
}

/* "x:write" includes "x:read". */
gboolean
tpt_sandbox_access_allows (TptSandboxToken *token,
                           const char      *scope)
{
  g_auto (GStrv) granted = g_strsplit (token->family->scope, " ", -1);
  g_autofree char *stronger = NULL;

  if (g_strv_contains ((const char *const *) granted, scope))
    return TRUE;
  if (!g_str_has_suffix (scope, ":read"))
    return FALSE;
  stronger = g_strdup_printf ("%.*s:write", (int) (strlen (scope) - strlen (":read")), scope);

  return g_strv_contains ((const char *const *) granted, stronger);
}

/* Every access token and its state, for GET /_sandbox/state. */
JsonArray *
tpt_sandbox_access_list (TptSandboxAccess *self,
                         gint64            now)
{
  static const char *const states[] = { "valid", "unknown", "expired", "revoked" };
  JsonArray *list = json_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->tokens);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TptSandboxToken *token = value;
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "token", token->text);
      json_object_set_string_member (object, "user", token->family->user->slug);
      json_object_set_string_member (object, "client_id", token->family->client_id);
      json_object_set_string_member (object, "scope", token->family->scope);
      json_object_set_string_member (object, "state",
                                     states[tpt_sandbox_access_check (token, now)]);
      json_array_add_object_element (list, object);
    }

  return list;
}

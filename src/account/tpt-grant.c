/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-grant.h"

#include "tpt-account-error.h"
#include "tpt-config.h"
#include "tpt-json-guard.h"
#include "tpt-json-write.h"
#include "tpt-secret.h"

#include <glib/gi18n-lib.h>

/* What Calendly documents, for answers that say nothing sensible. */
#define USUAL_SECONDS  7200
#define LEAST_SECONDS  60
#define MOST_SECONDS   (30 * 24 * 3600)

G_DEFINE_BOXED_TYPE (TptGrant, tpt_grant, tpt_grant_copy, tpt_grant_free)

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING || *json_node_get_string (node) == '\0')
    return NULL;

  return json_node_get_string (node);
}

/** tpt_grant_is_token: what a header can carry (RFC 6750, section 2.1), wherever it comes from */
gboolean
tpt_grant_is_token (const char *text)
{
  for (; *text != '\0'; text++)
    {
      if (!g_ascii_isgraph (*text))
        return FALSE;
    }

  return TRUE;
}

static const char *
get_access_token (JsonObject *object)
{
  const char *token = get_text (object, "access_token");

  return token != NULL && tpt_grant_is_token (token) ? token : NULL;
}

/* A number, or a number in a string as some servers have it. */
static gint64
get_lifetime (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "expires_in");
  gint64 seconds = 0;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node))
    {
      if (json_node_get_value_type (node) == G_TYPE_INT64)
        seconds = json_node_get_int (node);
      else if (json_node_get_value_type (node) == G_TYPE_STRING)
        seconds = g_ascii_strtoll (json_node_get_string (node), NULL, 10);
    }

  return seconds < LEAST_SECONDS ? USUAL_SECONDS : MIN (seconds, MOST_SECONDS);
}

static GStrv
split_scopes (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0')
        g_strv_builder_add (builder, words[i]);
    }

  return g_strv_builder_end (builder);
}

static void
fill (TptGrant   *self,
      JsonObject *object)
{
  self->access_token = g_strdup (get_access_token (object));
  self->refresh_token = g_strdup (get_text (object, "refresh_token"));
  self->owner = g_strdup (get_text (object, "owner"));
  self->organization = g_strdup (get_text (object, "organization"));
  self->scopes = split_scopes (get_text (object, "scope"));
}

static void
set_text (JsonObject *object,
          const char *name,
          const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

/** tpt_grant_new_personal: a token that the user pasted */
TptGrant *
tpt_grant_new_personal (const char *token)
{
  TptGrant *self = g_new0 (TptGrant, 1);

  self->kind = TPT_GRANT_PERSONAL;
  self->access_token = g_strdup (token);
  self->scopes = g_new0 (char *, 1);

  return self;
}

/**
 * tpt_grant_new_response:
 * @response: what the token endpoint answered: `access_token`, `refresh_token`, `expires_in`
 *   (seconds), `scope` (words),
 *   `owner`, `organization`
 *
 * Returns: (transfer full) (nullable): the grant; %NULL with %TPT_ACCOUNT_ERROR_UNAVAILABLE when
 *   there is no token in it
 */
TptGrant *
tpt_grant_new_response (JsonNode    *response,
                        const char  *client_id,
                        TptTime      now,
                        GError     **error)
{
  g_autoptr (TptGrant) self = g_new0 (TptGrant, 1);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (response) ? json_node_get_object (response) : NULL;

  if (object == NULL || get_access_token (object) == NULL)
    {
      g_set_error_literal (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_UNAVAILABLE,
                           _("Calendly answered the sign-in without a token"));
      return NULL;
    }
  fill (self, object);
  self->client_id = g_strdup (client_id);
  self->expires_at = now + get_lifetime (object) * TPT_SECOND;

  return g_steal_pointer (&self);
}

/**
 * tpt_grant_parse:
 * @text: as tpt_grant_to_string() made it
 *
 * Returns: (transfer full) (nullable): the grant; %NULL with %TPT_ACCOUNT_ERROR_BROKEN
 */
TptGrant *
tpt_grant_parse (const char  *text,
                 GError     **error)
{
  g_autoptr (TptGrant) self = g_new0 (TptGrant, 1);
  g_autoptr (JsonNode) node = tpt_json_guard_parse (text, -1, NULL);
  JsonObject *object
      = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *kind = object != NULL ? get_text (object, "kind") : NULL;
  const char *expires = object != NULL ? get_text (object, "expires_at") : NULL;

  if (kind == NULL || (!g_str_equal (kind, "oauth") && !g_str_equal (kind, "personal"))
      || (expires != NULL && !tpt_time_parse (expires, &self->expires_at, NULL)))
    {
      g_set_error_literal (error, TPT_ACCOUNT_ERROR, TPT_ACCOUNT_ERROR_BROKEN,
                           _("The sign-in in the keyring cannot be read"));
      return NULL;
    }
  fill (self, object);
  self->kind = g_str_equal (kind, "personal") ? TPT_GRANT_PERSONAL : TPT_GRANT_OAUTH;
  self->client_id = g_strdup (get_text (object, "client_id"));

  return g_steal_pointer (&self);
}

/** tpt_grant_to_string: (returns: transfer full) one line of JSON, for tpt_secret_free() */
char *
tpt_grant_to_string (const TptGrant *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *scopes = g_strjoinv (" ", self->scopes);
  g_autofree char *expires = tpt_time_format (self->expires_at);

  json_object_set_string_member (object, "kind",
                                 self->kind == TPT_GRANT_PERSONAL ? "personal" : "oauth");
  set_text (object, "access_token", self->access_token);
  set_text (object, "refresh_token", self->refresh_token);
  set_text (object, "expires_at", expires);
  set_text (object, "scope", scopes);
  set_text (object, "owner", self->owner);
  set_text (object, "organization", self->organization);
  set_text (object, "client_id", self->client_id);
  json_node_set_object (node, object);

  return tpt_json_write (node, FALSE);
}

TptGrant *
tpt_grant_copy (const TptGrant *self)
{
  TptGrant *copy = g_new0 (TptGrant, 1);

  copy->kind = self->kind;
  copy->access_token = g_strdup (self->access_token);
  copy->refresh_token = g_strdup (self->refresh_token);
  copy->expires_at = self->expires_at;
  copy->scopes = g_strdupv (self->scopes);
  copy->owner = g_strdup (self->owner);
  copy->organization = g_strdup (self->organization);
  copy->client_id = g_strdup (self->client_id);

  return copy;
}

/** tpt_grant_set_owner: whose it is, as the service has answered; a pasted token does not say */
void
tpt_grant_set_owner (TptGrant   *self,
                     const char *owner,
                     const char *organization)
{
  g_free (self->owner);
  g_free (self->organization);
  self->owner = g_strdup (owner);
  self->organization = g_strdup (organization);
}

/**
 * tpt_grant_end:
 *
 * Forgets the tokens, so that nobody tries them again; whose sign-in it was stays known
 */
void
tpt_grant_end (TptGrant *self)
{
  g_clear_pointer (&self->access_token, tpt_secret_free);
  g_clear_pointer (&self->refresh_token, tpt_secret_free);
}

void
tpt_grant_free (TptGrant *self)
{
  if (self == NULL)
    return;
  tpt_grant_end (self);
  g_strfreev (self->scopes);
  g_free (self->owner);
  g_free (self->organization);
  g_free (self->client_id);
  g_free (self);
}

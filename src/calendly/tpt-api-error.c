/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-error.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (tpt-api-error-quark, tpt_api_error)

#define MAX_TEXT 300

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static JsonArray *
get_array (JsonObject *object,
           const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* What the service says, cut to a length that a person can be shown. */
static void
append_text (GString    *string,
             const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (string->len > 0)
    g_string_append_c (string, ' ');
  if (g_utf8_strlen (text, -1) > MAX_TEXT)
    {
      g_autofree char *cut = g_utf8_substring (text, 0, MAX_TEXT);

      g_string_append_printf (string, "%s…", cut);
    }
  else
    {
      g_string_append (string, text);
    }
}

/* The service's own words: its message and the details, each with the parameter that it speaks
 * of. */
static char *
describe (JsonObject *object)
{
  GString *string = g_string_new (NULL);
  JsonArray *details = get_array (object, "details");

  append_text (string, get_text (object, "message"));
  for (guint i = 0; details != NULL && i < MIN (json_array_get_length (details), 5); i++)
    {
      JsonNode *node = json_array_get_element (details, i);
      JsonObject *detail = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *parameter = get_text (detail, "parameter");
      const char *message = get_text (detail, "message");
      g_autofree char *text = NULL;

      if (message != NULL)
        text = parameter != NULL ? g_strdup_printf ("(%s: %s)", parameter, message)
                                 : g_strdup_printf ("(%s)", message);
      append_text (string, text);
    }

  return g_string_free (string, FALSE);
}

static char *
list_scopes (JsonObject *object)
{
  JsonArray *scopes = get_array (object, "required_scopes");
  GString *string = g_string_new (NULL);

  for (guint i = 0; scopes != NULL && i < MIN (json_array_get_length (scopes), 20); i++)
    {
      JsonNode *node = json_array_get_element (scopes, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        continue;
      if (string->len > 0)
        g_string_append (string, ", ");
      g_string_append_printf (string, "%.60s", json_node_get_string (node));
    }

  return g_string_free (string, FALSE);
}

static gboolean
speaks_of_plan (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);

  return strstr (lower, "upgrade") != NULL || strstr (lower, "paid ") != NULL
         || strstr (lower, "plan") != NULL;
}

static GError *
map_forbidden (JsonObject *object)
{
  g_autofree char *text = describe (object);
  g_autofree char *scopes = list_scopes (object);

  if (*scopes != '\0')
    return g_error_new (TPT_API_ERROR, TPT_API_ERROR_SCOPE,
                        _("The sign-in does not include the permission this needs: %s"), scopes);
  if (g_strcmp0 (get_text (object, "title"), "Insufficient scope") == 0)
    return g_error_new_literal (TPT_API_ERROR, TPT_API_ERROR_SCOPE,
                                _("The sign-in does not include the permission this needs"));
  if (speaks_of_plan (text))
    return g_error_new (TPT_API_ERROR, TPT_API_ERROR_PLAN,
                        _ ("Your Calendly plan does not include this: %s"), text);

  return g_error_new (TPT_API_ERROR, TPT_API_ERROR_PERMISSION,
                      _ ("Calendly does not allow this: %s"),
                      *text != '\0' ? text : _ ("no reason given"));
}

static GError *
map_refusal (guint       status,
             JsonObject *object)
{
  g_autofree char *text = describe (object);
  const char *reason = *text != '\0' ? text : _("no reason given");

  if (status == 404 || status == 410)
    return g_error_new_literal (TPT_API_ERROR, TPT_API_ERROR_NOT_FOUND,
                                _ ("Calendly does not know this any more"));
  if (status == 409)
    return g_error_new (TPT_API_ERROR, TPT_API_ERROR_CONFLICT, _ ("Calendly has this already: %s"),
                        reason);
  if (status == 424)
    return g_error_new (TPT_API_ERROR, TPT_API_ERROR_EXTERNAL,
                        _ ("The calendar behind Calendly has a problem: %s"), reason);

  return g_error_new (TPT_API_ERROR, TPT_API_ERROR_INVALID,
                      _ ("Calendly refused the request (%u): %s"), status, reason);
}

static GError *
map_status (guint       status,
            JsonObject *object)
{
  if (status == 401)
    return g_error_new_literal (TPT_API_ERROR, TPT_API_ERROR_UNAUTHORIZED,
                                _ ("Calendly no longer accepts the sign-in"));
  if (status == 403)
    return map_forbidden (object);
  if (status == 429)
    return g_error_new_literal (TPT_API_ERROR, TPT_API_ERROR_RATE_LIMITED,
                                _("Calendly asks to slow down; please try again in a minute"));
  if (status >= 400 && status < 500)
    return map_refusal (status, object);
  if (status >= 500)
    return g_error_new (TPT_API_ERROR, TPT_API_ERROR_UNAVAILABLE,
                        _ ("Calendly has a problem at the moment (%u)"), status);
  if (status >= 300)
    return g_error_new_literal (
        TPT_API_ERROR, TPT_API_ERROR_UNAVAILABLE,
        _ ("Something between here and Calendly sends requests to another place"));

  return g_error_new_literal (
      TPT_API_ERROR, TPT_API_ERROR_UNAVAILABLE,
      _ ("Something that is not Calendly answered; is a network sign-in page in the way?"));
}

static gboolean
is_offline (const GError *error)
{
  static const GIOErrorEnum codes[] = {
    G_IO_ERROR_CONNECTION_REFUSED, G_IO_ERROR_HOST_NOT_FOUND,   G_IO_ERROR_HOST_UNREACHABLE,
    G_IO_ERROR_NETWORK_UNREACHABLE, G_IO_ERROR_PROXY_FAILED,     G_IO_ERROR_PROXY_AUTH_FAILED,
    G_IO_ERROR_PROXY_NEED_AUTH,     G_IO_ERROR_PROXY_NOT_ALLOWED,
  };

  if (error->domain == G_RESOLVER_ERROR)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (g_error_matches (error, G_IO_ERROR, codes[i]))
        return TRUE;
    }

  return FALSE;
}

static GError *
map_transport (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || error->domain == TPT_API_ERROR)
    return g_error_copy (error);
  if (error->domain == G_TLS_ERROR)
    return g_error_new (
        TPT_API_ERROR, TPT_API_ERROR_OFFLINE,
        _ ("The connection to Calendly is not trustworthy, so nothing was sent: %s"),
        error->message);
  if (is_offline (error))
    return g_error_new (TPT_API_ERROR, TPT_API_ERROR_OFFLINE, _ ("Calendly cannot be reached: %s"),
                        error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_error_new_literal (TPT_API_ERROR, TPT_API_ERROR_UNAVAILABLE,
                                _ ("Calendly did not answer in time"));

  return g_error_new (TPT_API_ERROR, TPT_API_ERROR_UNAVAILABLE,
                      _ ("The connection to Calendly broke off: %s"), error->message);
}

/**
 * tpt_api_error_map:
 * @status: the status of the answer, 0 where there was none
 * @body: (nullable): the answer's JSON:
 *   `{"title","message","details":[{"parameter","message","code"}]}`
 * @transport: (nullable): what went wrong below HTTP
 *
 * The one place where an answer becomes a %TPT_API_ERROR.
 */
GError *
tpt_api_error_map (guint         status,
                   JsonNode     *body,
                   const GError *transport)
{
  JsonObject *object
      = body != NULL && JSON_NODE_HOLDS_OBJECT (body) ? json_node_get_object (body) : NULL;

  if (transport != NULL)
    return map_transport (transport);

  return map_status (status, object);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-consent.h"

#include "tpt-sandbox-html.h"

#define CODE_LIFE (10 * TPT_SANDBOX_MINUTE)

/* The parameters that travel through the page unchanged. */
static const char *const carried[] = {
  "client_id", "redirect_uri", "response_type", "state", "code_challenge",
  "code_challenge_method",
};

static const char *
get (GHashTable *parameters,
     const char *name)
{
  const char *value = parameters != NULL ? g_hash_table_lookup (parameters, name) : NULL;

  return value != NULL && *value != '\0' ? value : NULL;
}

/* Back to the app, with the answer in the query. */
static void
redirect (TptSandboxRequest *request,
          GHashTable        *parameters,
          const char        *name,
          const char        *value,
          const char        *description)
{
  const char *uri = get (parameters, "redirect_uri");
  const char *state = get (parameters, "state");
  g_autofree char *escaped_value = g_uri_escape_string (value, NULL, FALSE);
  GString *location = g_string_new (uri);

  g_string_append_printf (location, "%s%s=%s", strchr (uri, '?') != NULL ? "&" : "?",
                          name, escaped_value);
  if (description != NULL)
    {
      g_autofree char *escaped = g_uri_escape_string (description, NULL, FALSE);

      g_string_append_printf (location, "&error_description=%s", escaped);
    }
  if (state != NULL)
    {
      g_autofree char *escaped = g_uri_escape_string (state, NULL, FALSE);

      g_string_append_printf (location, "&state=%s", escaped);
    }
  soup_server_message_set_status (request->message, 302, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                "Location", location->str);
  g_string_free (location, TRUE);
}

/* RFC 6749, 4.1.2.1: an unknown client or address is told to the person, everything else to the
 * app. */
static gboolean
check (TptSandboxRequest *request,
       GHashTable        *parameters)
{
  TptSandboxAccess *access = request->context->access;
  const char *client_id = get (parameters, "client_id");
  const char *scope = get (parameters, "scope");
  gboolean native = g_strcmp0 (client_id, TPT_SANDBOX_WEB_CLIENT) != 0;

  if (!tpt_sandbox_access_has_client (access, client_id))
    {
      tpt_sandbox_html_notice (request, 401, "Unknown app",
                               "Client authentication failed due to unknown client.");
      return FALSE;
    }
  if (!tpt_sandbox_access_has_redirect (access, get (parameters, "redirect_uri")))
    {
      tpt_sandbox_html_notice (request, 400, "Wrong address",
                               "The redirect uri included is not valid.");
      return FALSE;
    }

  if (g_strcmp0 (get (parameters, "response_type"), "code") != 0)
    redirect (request, parameters, "error", "unsupported_response_type",
              "The authorization server does not support this response type.");
  else if (native && get (parameters, "code_challenge") == NULL)
    redirect (request, parameters, "error", "invalid_request", "Code challenge is required.");
  else if (get (parameters, "code_challenge") != NULL
           && g_strcmp0 (get (parameters, "code_challenge_method"), "S256") != 0)
    redirect (request, parameters, "error", "invalid_request",
              "The code_challenge_method must be S256.");
  else if (scope != NULL && !tpt_sandbox_access_has_scopes (scope))
    redirect (request, parameters, "error", "invalid_scope",
              "The requested scope is invalid, unknown, or malformed.");
  else
    return TRUE;

  return FALSE;
}

static void
add_people (TptSandboxRequest *request,
            GString           *page)
{
  GPtrArray *users = request->context->world->users;

  g_string_append (page, "<label>Signed in as <select name=\"user\">\n");
  for (guint i = 0; i < users->len; i++)
    {
      TptSandboxUser *user = users->pdata[i];

      tpt_sandbox_html_add (page, "<option value=\"%s\">%s (%s)</option>\n",
                            user->slug, user->name, user->email);
    }
  g_string_append (page, "</select></label>\n");
}

/* The page with the two buttons. A scope that is not ticked is not granted. */
void
tpt_sandbox_consent_get (TptSandboxRequest *request)
{
  GHashTable *parameters = request->query;
  g_autofree char *all = tpt_sandbox_access_all_scopes ();
  const char *scope = get (parameters, "scope");
  g_auto (GStrv) scopes = NULL;
  GString *page;

  if (!check (request, parameters))
    return;

  scopes = g_strsplit_set (scope != NULL ? scope : all, " +", -1);
  page = tpt_sandbox_html_open ("Allow access to your Calendly account?");
  tpt_sandbox_html_add (page, "<p><b>%s</b> would like to:</p>\n",
                        get (parameters, "client_id"));
  g_string_append (page, "<form method=\"post\" action=\"/oauth/authorize\">\n");
  for (char **name = scopes; *name != NULL; name++)
    {
      if (**name != '\0')
        tpt_sandbox_html_add (page, "<label><input type=\"checkbox\" name=\"scope\" value=\"%s\" "
                                    "checked> %s</label>\n", *name, *name);
    }
  add_people (request, page);
  for (guint i = 0; i < G_N_ELEMENTS (carried); i++)
    tpt_sandbox_html_hidden (page, carried[i], get (parameters, carried[i]));
  g_string_append (page,
                   "<p><button name=\"decision\" value=\"allow\">Allow</button>"
                   "<button class=\"plain\" name=\"decision\" value=\"deny\">Deny</button></p>\n"
                   "</form>\n");
  tpt_sandbox_html_reply (request, 200, page);
}

static TptSandboxUser *
find_person (TptSandboxRequest *request,
             const char        *slug)
{
  GPtrArray *users = request->context->world->users;

  for (guint i = 0; i < users->len; i++)
    {
      TptSandboxUser *user = users->pdata[i];

      if (g_strcmp0 (user->slug, slug) == 0)
        return user;
    }

  return users->pdata[0];
}

/* The page's form: "decision" is "allow" or anything else. */
void
tpt_sandbox_consent_post (TptSandboxRequest *request)
{
  TptSandboxContext *context = request->context;
  g_autoptr (GHashTable) form = tpt_sandbox_request_get_form (request);
  g_autofree char *code = NULL;
  TptSandboxGrant *grant;

  if (!check (request, form))
    return;
  if (g_strcmp0 (get (form, "decision"), "allow") != 0)
    {
      redirect (request, form, "error", "access_denied",
                "The resource owner or authorization server denied the request.");
      return;
    }

  grant = g_new0 (TptSandboxGrant, 1);
  grant->user = find_person (request, get (form, "user"));
  grant->client_id = g_strdup (get (form, "client_id"));
  grant->redirect_uri = g_strdup (get (form, "redirect_uri"));
  grant->scope = g_strdup (get (form, "scope") != NULL ? get (form, "scope") : "");
  g_strdelimit (grant->scope, "+\n", ' ');
  grant->challenge = g_strdup (get (form, "code_challenge"));
  grant->expires_at = TPT_SANDBOX_NOW (context) + CODE_LIFE;
  code = tpt_sandbox_access_grant (context->access, grant);
  redirect (request, form, "code", code, NULL);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-dispatch.h"

#include "tpt-sandbox-request.h"

/* Browsers' part of the server: the pages are asked last because they take any path. */
static const TptSandboxRoute *const open_tables[] = {
  tpt_sandbox_control_routes, tpt_sandbox_oauth_routes, tpt_sandbox_page_routes,
};

static const TptSandboxRoute *const api_tables[] = {
  tpt_sandbox_account_routes, tpt_sandbox_event_type_routes, tpt_sandbox_event_routes,
  tpt_sandbox_invitee_routes, tpt_sandbox_link_routes, tpt_sandbox_availability_routes,
  tpt_sandbox_webhook_routes, tpt_sandbox_contact_routes,
};

static gboolean
matches (const TptSandboxRoute *route,
         const char            *method,
         char                 **parts,
         char                  *args[3])
{
  g_auto (GStrv) pattern = g_strsplit (route->pattern + 1, "/", -1);
  guint n_args = 0;

  if (!g_str_equal (route->method, method) || g_strv_length (pattern) != g_strv_length (parts))
    return FALSE;

  for (guint i = 0; pattern[i] != NULL; i++)
    {
      if (g_str_equal (pattern[i], "{}"))
        args[n_args++] = parts[i];
      else if (!g_str_equal (pattern[i], parts[i]))
        return FALSE;
    }

  return TRUE;
}

static const TptSandboxRoute *
find (const TptSandboxRoute *const *tables,
      guint                         n_tables,
      TptSandboxRequest            *request,
      char                        **parts)
{
  const char *method = soup_server_message_get_method (request->message);

  /* A HEAD is answered like a GET; libsoup keeps the body back. */
  if (g_str_equal (method, "HEAD"))
    method = "GET";

  for (guint i = 0; i < n_tables; i++)
    {
      for (const TptSandboxRoute *route = tables[i]; route->pattern != NULL; route++)
        {
          if (matches (route, method, parts, request->args))
            return route;
        }
    }

  return NULL;
}

static gboolean
authenticate (TptSandboxRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *agent = soup_message_headers_get_one (headers, "User-Agent");
  const char *bearer = soup_message_headers_get_one (headers, "Authorization");
  TptSandboxAccess *access = request->context->access;
  const char *text = "The access token is invalid";

  /* The gateway in front of the API, not the API, turns these away. */
  if (agent == NULL || *agent == '\0' || g_str_has_prefix (agent, "Python-urllib"))
    {
      tpt_sandbox_reply_text (request, 403, "text/html", "<html><body>Forbidden</body></html>");
      return FALSE;
    }
  if (bearer != NULL && g_ascii_strncasecmp (bearer, "Bearer ", 7) == 0)
    request->token = tpt_sandbox_access_find (access, bearer + 7);

  switch (tpt_sandbox_access_check (request->token, TPT_SANDBOX_NOW (request->context)))
    {
    case TPT_SANDBOX_TOKEN_VALID:
      request->user = request->token->family->user;
      return TRUE;

    case TPT_SANDBOX_TOKEN_EXPIRED:
      text = "The access token expired";
      break;

    case TPT_SANDBOX_TOKEN_REVOKED:
      text = "The access token was revoked";
      break;

    case TPT_SANDBOX_TOKEN_UNKNOWN:
    default:
      break;
    }
  tpt_sandbox_reply_error (request, 401, "Unauthenticated", text);

  return FALSE;
}

static void
set_limit_headers (TptSandboxRequest *request,
                   TptSandboxLimit    limit)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  g_autofree char *most = g_strdup_printf ("%u", limit.limit);
  g_autofree char *remaining = g_strdup_printf ("%u", limit.remaining);
  g_autofree char *reset = g_strdup_printf ("%u", limit.reset_seconds);

  soup_message_headers_replace (headers, "X-RateLimit-Limit", most);
  soup_message_headers_replace (headers, "X-RateLimit-Remaining", remaining);
  soup_message_headers_replace (headers, "X-RateLimit-Reset", reset);
}

static gboolean
count (TptSandboxRequest     *request,
       const TptSandboxRoute *route)
{
  TptSandboxLimits *limits = request->context->limits;
  gint64 now = TPT_SANDBOX_NOW (request->context);
  TptSandboxLimit limit = tpt_sandbox_limits_request (limits, request->user->uuid, now);

  if (limit.allowed && route != NULL && g_str_equal (route->pattern, "/invitees"))
    limit = tpt_sandbox_limits_booking (limits, request->user->uuid, now);
  set_limit_headers (request, limit);
  if (!limit.allowed)
    tpt_sandbox_reply_error (request, 429, "Too Many Requests",
                             "The rate limit of this account has been reached.");

  return limit.allowed;
}

static void
refuse_scope (TptSandboxRequest     *request,
              const TptSandboxRoute *route)
{
  JsonObject *object = json_object_new ();
  JsonArray *scopes = json_array_new ();

  json_array_add_string_element (scopes, route->scope);
  json_object_set_string_member (object, "title", "Insufficient scope");
  json_object_set_string_member (object, "message",
                                 "This operation requires the scopes listed in the "
                                 "'required_scopes' array.");
  json_object_set_array_member (object, "required_scopes", scopes);
  tpt_sandbox_reply_json (request, 403, object);
}

static void
answer_api (TptSandboxRequest     *request,
            const TptSandboxRoute *route)
{
  if (!authenticate (request) || !count (request, route))
    return;

  if (route == NULL)
    tpt_sandbox_reply_missing (request);
  else if (!tpt_sandbox_access_allows (request->token, route->scope))
    refuse_scope (request, route);
  else
    route->handler (request);
}

/* The page tables end in patterns that any path of one or two parts fits: they are for known
 * people only. */
static gboolean
is_person (TptSandboxContext *context,
           const char        *slug)
{
  for (guint i = 0; i < context->world->users->len; i++)
    {
      TptSandboxUser *user = context->world->users->pdata[i];

      if (g_str_equal (user->slug, slug))
        return TRUE;
    }

  return FALSE;
}

/* Finds the route of a request and lets it answer. */
void
tpt_sandbox_dispatch (TptSandboxContext *context,
                      SoupServerMessage *message,
                      const char        *path,
                      GHashTable        *query)
{
  g_auto (GStrv) parts = g_strsplit (*path == '/' ? path + 1 : path, "/", -1);
  TptSandboxRequest request = {
    .context = context, .message = message, .path = path, .query = query,
  };
  const TptSandboxRoute *route = find (open_tables, G_N_ELEMENTS (open_tables), &request, parts);

  if (route != NULL && (!g_str_has_prefix (route->pattern, "/{}")
                        || is_person (context, request.args[0])))
    {
      route->handler (&request);
      return;
    }
  if (parts[0] != NULL && (g_str_equal (parts[0], "_sandbox") || g_str_equal (parts[0], "oauth")))
    {
      tpt_sandbox_reply_missing (&request);
      return;
    }
  answer_api (&request, find (api_tables, G_N_ELEMENTS (api_tables), &request, parts));
}

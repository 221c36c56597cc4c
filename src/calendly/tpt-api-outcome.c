/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-outcome.h"

#include "tpt-fields.h"

static char *
get_text (const TptJsonValue *body,
          const char         *name)
{
  g_autoptr (GError) error = NULL;
  TptFields fields = { body, "answer", &error };

  return tpt_fields_text (&fields, name, TPT_FIELD_LOOSE);
}

/* What the plan lacks is told in words only, which change: see the texts of Calendly's reference
 * and its release notes of 2026-11-03. */
static gboolean
speaks_of_plan (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);

  return strstr (lower, "upgrade") != NULL || strstr (lower, "paid ") != NULL
         || strstr (lower, "plan") != NULL;
}

static TptApiError
classify_forbidden (const TptJsonValue *body)
{
  g_autofree char *title = get_text (body, "title");
  g_autofree char *message = get_text (body, "message");

  if (g_strcmp0 (title, "Insufficient scope") == 0
      || tpt_json_value_get_member (body, "required_scopes") != NULL)
    return TPT_API_ERROR_SCOPE;
  if (message != NULL && speaks_of_plan (message))
    return TPT_API_ERROR_PLAN;

  return TPT_API_ERROR_PERMISSION;
}

static TptApiError
classify (guint               status,
          const TptJsonValue *body)
{
  switch (status)
    {
    case 401:
      return TPT_API_ERROR_UNAUTHORIZED;
    case 403:
      return classify_forbidden (body);
    case 404:
    case 410:
      return TPT_API_ERROR_NOT_FOUND;
    case 408:
      return TPT_API_ERROR_UNAVAILABLE;
    case 409:
      return TPT_API_ERROR_CONFLICT;
    case 424:
      return TPT_API_ERROR_EXTERNAL;
    case TPT_API_STATUS_LIMITED:
      return TPT_API_ERROR_RATE_LIMITED;
    default:
      /* A redirect is no answer of the service: it never sends one. */
      return status >= 400 && status < 500 ? TPT_API_ERROR_INVALID : TPT_API_ERROR_UNAVAILABLE;
    }
}

/* Whether a refusal only says that it is so already. */
static gboolean
is_met (const TptApiEndpoint *endpoint,
        guint                 status,
        const TptJsonValue   *body)
{
  g_autofree char *message = NULL;

  if (endpoint->met_by == NULL)
    return FALSE;
  if (*endpoint->met_by == '\0')
    return status == 404 || status == 410;
  message = get_text (body, "message");

  return status == 403 && g_strcmp0 (message, endpoint->met_by) == 0;
}

static gboolean
has_code (const GError       *error,
          const GIOErrorEnum *codes,
          guint               n_codes)
{
  for (guint i = 0; i < n_codes; i++)
    {
      if (g_error_matches (error, G_IO_ERROR, (int) codes[i]))
        return TRUE;
    }

  return FALSE;
}

static TptApiError
classify_transport (const GError *error)
{
  static const GIOErrorEnum codes[] = {
    G_IO_ERROR_CONNECTION_REFUSED,  G_IO_ERROR_HOST_NOT_FOUND, G_IO_ERROR_HOST_UNREACHABLE,
    G_IO_ERROR_NETWORK_UNREACHABLE, G_IO_ERROR_PROXY_FAILED,   G_IO_ERROR_PROXY_AUTH_FAILED,
    G_IO_ERROR_PROXY_NEED_AUTH,     G_IO_ERROR_PROXY_NOT_ALLOWED,
  };

  if (error->domain == TPT_API_ERROR)
    return (TptApiError) error->code;
  if (error->domain == G_RESOLVER_ERROR || error->domain == G_TLS_ERROR
      || has_code (error, codes, G_N_ELEMENTS (codes)))
    return TPT_API_ERROR_OFFLINE;

  return TPT_API_ERROR_UNAVAILABLE;
}

static TptApiAction
choose_transport (const TptApiEndpoint *endpoint,
                  const GError         *error)
{
  static const GIOErrorEnum final[] = { G_IO_ERROR_CANCELLED, G_IO_ERROR_MESSAGE_TOO_LARGE };

  /* Whom one cannot trust now one cannot trust in a second. */
  if (error->domain == G_TLS_ERROR || has_code (error, final, G_N_ELEMENTS (final)))
    return TPT_API_ACTION_FAIL;
  /* A refused connection has sent nothing, so even what must not happen twice may go again. */
  if (endpoint->repeatable
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return TPT_API_ACTION_REPEAT;

  return TPT_API_ACTION_FAIL;
}

static TptApiAction
choose (const TptApiEndpoint *endpoint,
        guint                 status,
        const TptJsonValue   *body)
{
  if (status == 204 || is_met (endpoint, status, body))
    return TPT_API_ACTION_DONE;
  if (status >= 200 && status < 300)
    return TPT_API_ACTION_READ;
  if (status == 401)
    return TPT_API_ACTION_REFRESH;
  if (status == TPT_API_STATUS_LIMITED)
    return TPT_API_ACTION_WAIT;
  /* What the service does not know how to do (501) it will not know soon. */
  if ((status == 408 || (status >= 500 && status != 501)) && endpoint->repeatable)
    return TPT_API_ACTION_REPEAT;

  return TPT_API_ACTION_FAIL;
}

/**
 * tpt_api_outcome_decide:
 * @endpoint: what was asked
 * @status: of the answer, 0 where there was none
 * @body: (nullable): the answer's JSON:
 *   `{"title","message","details":[{"parameter","message","code"}],"required_scopes":[]}`
 * @transport: (nullable): what went wrong below HTTP, instead of an answer
 *
 * The one place that knows what each answer of each endpoint means.
 */
TptApiOutcome
tpt_api_outcome_decide (const TptApiEndpoint *endpoint,
                        guint                 status,
                        const TptJsonValue   *body,
                        const GError         *transport)
{
  if (transport != NULL)
    return (TptApiOutcome) { choose_transport (endpoint, transport),
                             classify_transport (transport) };

  return (TptApiOutcome) { choose (endpoint, status, body), classify (status, body) };
}

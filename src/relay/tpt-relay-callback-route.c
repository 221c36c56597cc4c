/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gnutls/crypto.h>
#include <string.h>

#include "tpt-relay-routes.h"

#define VALUE_MAX 4096

/* What RFC 6749 (4.1.2) sends back; anything else ends here. */
static const char *const names[] = { "code", "state", "error", "error_description" };

typedef enum
{
  CODE,
  STATE,
  ERROR,
  ERROR_DESCRIPTION,
  PARAMETER_COUNT,
} Parameter;

/* @values: as they came, still escaped */
typedef struct
{
  TptRelayRequest    *request;
  char               *values[PARAMETER_COUNT];
  guint8              state_hash[TPT_RELAY_HASH_SIZE];
  TptRelayFlowRecord *flow;
} Callback;

static void
callback_free (Callback *callback)
{
  for (guint i = 0; i < PARAMETER_COUNT; i++)
    g_free (callback->values[i]);
  g_clear_pointer (&callback->flow, tpt_relay_flow_record_free);
  g_free (callback);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Callback, callback_free)

/* RFC 3986's query, without what could end a header's line or an address. */
static gboolean
is_value (const char *text)
{
  if (strlen (text) > VALUE_MAX)
    return FALSE;
  for (; *text != '\0'; text++)
    {
      if (!g_ascii_isgraph (*text) || strchr ("\"<>\\^`{|}#", *text) != NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
take_parameter (Callback   *callback,
                const char *pair)
{
  const char *equals = strchr (pair, '=');

  for (guint i = 0; equals != NULL && i < PARAMETER_COUNT; i++)
    {
      if (strlen (names[i]) != (gsize) (equals - pair) ||
          strncmp (names[i], pair, (gsize) (equals - pair)) != 0)
        continue;
      if (callback->values[i] != NULL || !is_value (equals + 1))
        return FALSE;
      callback->values[i] = g_strdup (equals + 1);
    }

  return TRUE;
}

/* FALSE where a name stands twice: two readers could take two different ones. */
static gboolean
read_query (Callback   *callback,
            const char *query)
{
  g_auto (GStrv) pairs = g_strsplit (query != NULL ? query : "", "&", -1);
  g_autofree char *state = NULL;

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      if (!take_parameter (callback, pairs[i]))
        return FALSE;
    }
  if (callback->values[STATE] == NULL ||
      (callback->values[CODE] == NULL) == (callback->values[ERROR] == NULL))
    return FALSE;
  state = g_uri_unescape_string (callback->values[STATE], NULL);
  if (state == NULL)
    return FALSE;
  if (gnutls_hash_fast (GNUTLS_DIG_SHA256, state, strlen (state), callback->state_hash) < 0)
    g_error ("SHA-256 is not available");

  return TRUE;
}

/* People read it, so it is a page for browsers; programs get what they get everywhere. */
static void
refuse (TptRelayRequest *request,
        guint            status,
        const char      *error,
        const char      *message)
{
  const char *accept = tpt_relay_head_get (request->head, "accept");
  g_autofree char *page = NULL;

  tpt_relay_request_add_field (request, "Referrer-Policy", "no-referrer");
  if (accept == NULL || strstr (accept, "text/html") == NULL)
    {
      tpt_relay_request_problem (request, status, error, message);
      return;
    }
  tpt_relay_request_add_field (request, "Content-Security-Policy",
                               "default-src 'none'; frame-ancestors 'none'");
  tpt_relay_request_add_field (request, "X-Content-Type-Options", "nosniff");
  request->type = "text/html; charset=utf-8";
  page = g_strdup_printf ("<!doctype html><html lang=\"en\"><title>Touchpoint</title>"
                          "<h1>This sign-in cannot go on</h1><p>%s</p></html>", message);
  tpt_relay_request_reply (request, status, page);
}

/* The host is no variable: a browser is sent to its own machine or nowhere. */
static char *
make_location (Callback *callback)
{
  GString *location = g_string_new (NULL);
  char separator = '?';

  g_string_printf (location, "http://127.0.0.1:%u%s", callback->flow->port, callback->flow->path);
  for (guint i = 0; i < PARAMETER_COUNT; i++)
    {
      if (callback->values[i] == NULL)
        continue;
      g_string_append_printf (location, "%c%s=%s", separator, names[i], callback->values[i]);
      separator = '&';
    }

  return g_string_free (location, FALSE);
}

/* Who has been told to load the page again finds it still there. */
static gboolean
take_flow (TptRelayJournal  *journal,
           gpointer          data,
           GError          **error)
{
  Callback *callback = data;

  g_clear_pointer (&callback->flow, tpt_relay_flow_record_free);
  if (!tpt_relay_request_begin (callback->request))
    return TRUE;

  return tpt_relay_journal_take_flow (journal, callback->state_hash,
                                      g_get_real_time () / G_USEC_PER_SEC, &callback->flow, error);
}

static void
flow_taken (gpointer      data,
            const GError *error)
{
  g_autoptr (Callback) callback = data;
  g_autofree char *location = NULL;

  if (error != NULL || tpt_relay_request_is_over (callback->request))
    {
      refuse (callback->request, 503, "unavailable",
              "The relay is not ready. Load this page again in a moment.");
      return;
    }
  if (callback->flow == NULL)
    {
      refuse (callback->request, 404, "not_found",
              "It is over, was used already, or was not begun here. Start it again in Touchpoint.");
      return;
    }
  location = make_location (callback);
  tpt_relay_request_add_field (callback->request, "Location", location);
  tpt_relay_request_add_field (callback->request, "Referrer-Policy", "no-referrer");
  tpt_relay_request_reply (callback->request, 303, "");
}

/* GET /oauth/callback: the browser comes back from Calendly, and goes on to the desktop's own port,
 * once. Nothing of its query is kept or told. */
void
tpt_relay_callback_route (TptRelayContext *context,
                          TptRelayRequest *request)
{
  g_autoptr (Callback) callback = g_new0 (Callback, 1);

  callback->request = request;
  if (!read_query (callback, request->head->query))
    {
      refuse (request, 400, "bad_request", "The answer from Calendly is not complete.");
      return;
    }
  tpt_relay_queue_push (context->queue, take_flow, flow_taken, g_steal_pointer (&callback));
}

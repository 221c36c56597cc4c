/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-guard.h"

#include <gnutls/gnutls.h>
#include <string.h>

#include "tpt-relay-code.h"

/* The token of `Authorization: Bearer TOKEN`; NULL where there is none or more than one. */
const char *
tpt_relay_guard_get_token (TptRelayRequest *request)
{
  const char *value = tpt_relay_head_get (request->head, "authorization");

  if (value == NULL || tpt_relay_head_count (request->head, "authorization") != 1 ||
      g_ascii_strncasecmp (value, "Bearer ", 7) != 0)
    return NULL;

  return value + 7;
}

/**
 * tpt_relay_guard_put_off:
 * @seconds: when the next attempt may go better
 *
 * Returns: always FALSE: the request is answered
 */
gboolean
tpt_relay_guard_put_off (TptRelayContext *context,
                         TptRelayRequest *request,
                         TptRelayMetric   metric,
                         guint            seconds)
{
  g_autofree char *after = g_strdup_printf ("%u", seconds);

  tpt_relay_context_count (context, metric);
  tpt_relay_request_add_field (request, "Retry-After", after);
  tpt_relay_request_problem (request, 429, "too_many_requests", "Ask again later.");

  return FALSE;
}

/**
 * tpt_relay_guard_tolerate:
 *
 * Whether one more request may come from this address, of those that nobody vouches for.
 *
 * Returns: FALSE after having answered, which ends the request
 */
gboolean
tpt_relay_guard_tolerate (TptRelayContext *context,
                          TptRelayRequest *request)
{
  TptRelayPeer peer;
  guint wait;

  tpt_relay_peer_find (request, &peer);
  wait = tpt_relay_limit_draw (context->strangers, peer.bytes, peer.length,
                               g_get_monotonic_time ());
  if (wait > 0)
    return tpt_relay_guard_put_off (context, request, TPT_RELAY_METRIC_REFUSED_ADDRESS_LIMIT, wait);

  return TRUE;
}

/* Each attempt to enrol counts as one in vain until it has come to something. */
static gboolean
admit_enrolment (TptRelayContext *context,
                 TptRelayRequest *request)
{
  TptRelayPeer peer;
  guint wait;

  if (!tpt_relay_guard_tolerate (context, request))
    return FALSE;
  tpt_relay_peer_find (request, &peer);
  wait = tpt_relay_limit_draw (context->enrolments, peer.bytes, peer.length,
                               g_get_monotonic_time ());
  if (wait > 0)
    return tpt_relay_guard_put_off (context, request, TPT_RELAY_METRIC_REFUSED_ADDRESS_LIMIT, wait);

  return TRUE;
}

/* @peer: from where the enrolment came that was done now; asked when it came, for a socket whose
 * other end has gone does not know any more */
void
tpt_relay_guard_forgive_enrolment (TptRelayContext    *context,
                                   const TptRelayPeer *peer)
{
  tpt_relay_limit_undo (context->enrolments, peer->bytes, peer->length);
}

/* @request: (transfer full): ended by this. Of somebody whose token is none */
void
tpt_relay_guard_refuse_token (TptRelayContext *context,
                              TptRelayRequest *request)
{
  tpt_relay_context_count (context, TPT_RELAY_METRIC_REFUSED_TOKEN);
  if (tpt_relay_guard_tolerate (context, request))
    tpt_relay_request_problem (request, 401, "unauthorized", "A device token is needed.");
}

static gboolean
admit_device (TptRelayContext *context,
              TptRelayRequest *request)
{
  const char *token = tpt_relay_guard_get_token (request);
  guint wait;

  if (token != NULL)
    request->device = tpt_relay_directory_find_token (context->directory, token);
  if (request->device == NULL)
    {
      tpt_relay_guard_refuse_token (context, request);
      return FALSE;
    }
  tpt_relay_request_authenticated (request);
  wait = tpt_relay_bucket_draw (tpt_relay_device_get_bucket (request->device),
                                context->config->limit_per_device, g_get_monotonic_time ());
  if (wait > 0)
    return tpt_relay_guard_put_off (context, request, TPT_RELAY_METRIC_REFUSED_DEVICE_LIMIT, wait);

  return TRUE;
}

/* A desktop signs in before it enrols, so the code vouches for it until then. Whether it was used
 * the journal knows, and so the route asks. */
static gboolean
admit_device_or_code (TptRelayContext *context,
                      TptRelayRequest *request)
{
  const char *token = tpt_relay_guard_get_token (request);
  gint64 expires_at;

  if (token == NULL ||
      !tpt_relay_code_check (context->code_key, token, g_get_real_time () / G_USEC_PER_SEC,
                             &expires_at, request->code_hash))
    return admit_device (context, request);
  request->has_code = TRUE;

  return tpt_relay_guard_tolerate (context, request);
}

/* A foreign device is as good as none: nobody learns which there are. */
static gboolean
admit_own_device (TptRelayContext *context,
                  TptRelayRequest *request)
{
  if (!admit_device (context, request))
    return FALSE;
  if (strcmp (tpt_relay_device_get_record (request->device)->name, request->argument) == 0)
    return TRUE;
  tpt_relay_request_problem (request, 404, "not_found", "There is no such device.");

  return FALSE;
}

static gboolean
is_admin_token (TptRelayContext *context,
                const char      *token)
{
  char **expected = context->config->admin_tokens;
  gboolean is_one = FALSE;

  for (guint i = 0; token != NULL && expected != NULL && expected[i] != NULL; i++)
    {
      if (strlen (token) == strlen (expected[i]) &&
          gnutls_memcmp (token, expected[i], strlen (token)) == 0)
        is_one = TRUE;
    }

  return is_one;
}

static gboolean
admit_admin (TptRelayContext *context,
             TptRelayRequest *request)
{
  if (is_admin_token (context, tpt_relay_guard_get_token (request)))
    {
      tpt_relay_request_authenticated (request);
      return TRUE;
    }
  tpt_relay_context_count (context, TPT_RELAY_METRIC_REFUSED_ADMIN_TOKEN);
  if (tpt_relay_guard_tolerate (context, request))
    tpt_relay_request_problem (request, 401, "unauthorized", "The admin token is needed.");

  return FALSE;
}

/**
 * tpt_relay_guard_admit:
 *
 * Whether the one who asks may use the route, as its line in the table says.
 *
 * Returns: FALSE after having answered, which ends the request
 */
gboolean
tpt_relay_guard_admit (TptRelayContext     *context,
                       TptRelayRequest     *request,
                       const TptRelayRoute *route)
{
  switch (route->access)
    {
    case TPT_RELAY_ACCESS_WEBHOOK:
      return TRUE;
    case TPT_RELAY_ACCESS_ANYBODY:
      return tpt_relay_guard_tolerate (context, request);
    case TPT_RELAY_ACCESS_CODE:
      return admit_enrolment (context, request);
    case TPT_RELAY_ACCESS_DEVICE:
      return admit_device (context, request);
    case TPT_RELAY_ACCESS_OWN_DEVICE:
      return admit_own_device (context, request);
    case TPT_RELAY_ACCESS_DEVICE_OR_CODE:
      return admit_device_or_code (context, request);
    case TPT_RELAY_ACCESS_ADMIN:
      return admit_admin (context, request);
    default:
      g_assert_not_reached ();
    }
}

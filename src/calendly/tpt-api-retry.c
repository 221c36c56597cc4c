/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-retry.h"

#include "tpt-api-limits.h"

#define MAX_TRIES         4
#define MAX_LIMITED_TRIES 6
#define MAX_WAIT_SECONDS  (15 * 60)
#define FIRST_WAIT_MS     500
#define FIRST_LIMITED_MS  2000
#define JITTER_MS         1000

/* Retry-After is seconds or a date (RFC 9110, 10.2.3). Nonsense reads as absent. */
static int
get_retry_after (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  int seconds = tpt_api_limits_header (headers, "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) now = NULL;

  if (seconds >= 0 || text == NULL)
    return seconds;
  if (strspn (text, "0123456789") == strlen (text) && *text != '\0')
    return MAX_WAIT_SECONDS;
  date = soup_date_time_new_from_http_string (text);
  if (date == NULL)
    return -1;
  now = g_date_time_new_now_utc ();

  return (int) CLAMP (g_date_time_difference (date, now) / G_USEC_PER_SEC, 0, MAX_WAIT_SECONDS);
}

/* Full jitter: anywhere between nothing and a bound that doubles. */
static guint
back_off (guint first_ms,
          guint count)
{
  guint bound = MIN (first_ms << MIN (count - 1, 10), 300 * 1000);

  return (guint) g_random_int_range (0, (gint32) bound + 1);
}

static guint
get_limited_wait (const TptApiAttempt *attempt)
{
  int seconds = get_retry_after (attempt->headers);
  guint wait_ms = back_off (FIRST_LIMITED_MS, attempt->count);

  if (seconds < 0)
    seconds = tpt_api_limits_header (attempt->headers, "X-RateLimit-Reset");
  if (seconds < 0)
    return MAX (wait_ms, 200);

  return (guint) MIN (seconds, MAX_WAIT_SECONDS) * 1000 + (guint) g_random_int_range (0, JITTER_MS);
}

/* A refused connection has sent nothing, so even a request that must not happen twice may go
 * again. */
static gboolean
may_repeat (const TptApiAttempt *attempt)
{
  if (g_str_equal (attempt->method, "GET") || g_str_equal (attempt->method, "DELETE"))
    return TRUE;

  return g_error_matches (attempt->error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static gboolean
is_passing (const TptApiAttempt *attempt)
{
  if (attempt->error == NULL)
    return attempt->status >= 500 && attempt->status != SOUP_STATUS_NOT_IMPLEMENTED;
  if (g_error_matches (attempt->error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (attempt->error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    return FALSE;

  return attempt->error->domain != G_TLS_ERROR;
}

/**
 * tpt_api_retry_decide:
 * @delay_ms: (out): how long to wait before
 *
 * Returns: whether the same request shall be sent again
 */
gboolean
tpt_api_retry_decide (const TptApiAttempt *attempt,
                      guint               *delay_ms)
{
  *delay_ms = 0;
  if (attempt->error == NULL && attempt->status == TPT_API_STATUS_LIMITED)
    {
      *delay_ms = get_limited_wait (attempt);
      return attempt->count < MAX_LIMITED_TRIES;
    }
  if (!is_passing (attempt) || !may_repeat (attempt) || attempt->count >= MAX_TRIES)
    return FALSE;
  *delay_ms = back_off (FIRST_WAIT_MS, attempt->count);

  return TRUE;
}

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
get_limited_wait (SoupMessageHeaders *headers,
                  guint               count)
{
  int seconds = headers != NULL ? get_retry_after (headers) : -1;
  guint wait_ms = back_off (FIRST_LIMITED_MS, count);

  if (seconds < 0)
    seconds = tpt_api_limits_header (headers, "X-RateLimit-Reset");
  if (seconds < 0)
    return MAX (wait_ms, 200);

  return (guint) MIN (seconds, MAX_WAIT_SECONDS) * 1000 + (guint) g_random_int_range (0, JITTER_MS);
}

/**
 * tpt_api_retry_decide:
 * @count: how often it was tried
 * @headers: (nullable): of the answer
 * @delay_ms: (out): how long to wait before
 *
 * Returns: whether the same request shall be sent again
 */
gboolean
tpt_api_retry_decide (TptApiAction        action,
                      guint               count,
                      SoupMessageHeaders *headers,
                      guint              *delay_ms)
{
  *delay_ms = 0;
  switch (action)
    {
    case TPT_API_ACTION_WAIT:
      *delay_ms = get_limited_wait (headers, count);
      return count < MAX_LIMITED_TRIES;
    case TPT_API_ACTION_REPEAT:
      *delay_ms = back_off (FIRST_WAIT_MS, count);
      return count < MAX_TRIES;
    case TPT_API_ACTION_READ:
    case TPT_API_ACTION_DONE:
    case TPT_API_ACTION_REFRESH:
    case TPT_API_ACTION_FAIL:
    default:
      return FALSE;
    }
}

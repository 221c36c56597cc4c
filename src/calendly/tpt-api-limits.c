/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-limits.h"

#define MAX_WINDOW (15 * 60)

/* What is left for a person who waits for an answer when everything else has been used up: one of
 * so many. */
#define RESERVED_PART 25

/**
 * tpt_api_limits_header:
 *
 * Returns: the whole number in the header @name, -1 when it is absent, negative or no number
 */
int
tpt_api_limits_header (SoupMessageHeaders *headers,
                       const char         *name)
{
  const char *text = headers != NULL ? soup_message_headers_get_one (headers, name) : NULL;
  guint64 value;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &value, NULL))
    return -1;

  return (int) value;
}

/**
 * tpt_api_limits_get_delay:
 * @urgent: a person waits for it
 *
 * Returns: how long to hold the next request back, in microseconds
 */
gint64
tpt_api_limits_get_delay (const TptApiLimits *self,
                          gint64              now,
                          gboolean            urgent)
{
  int reserve = urgent ? 0 : self->limit / RESERVED_PART;

  if (self->reset_at == 0 || now >= self->reset_at || self->remaining - self->in_flight > reserve)
    return 0;

  return self->reset_at - now;
}

void
tpt_api_limits_sent (TptApiLimits *self)
{
  self->in_flight++;
}

/**
 * tpt_api_limits_answered:
 * @headers: (nullable): the answer's, where there was one
 *
 * Reads `X-RateLimit-Limit`, `-Remaining` and `-Reset`, which is a number of seconds from now.
 */
void
tpt_api_limits_answered (TptApiLimits       *self,
                         SoupMessageHeaders *headers,
                         gint64              now)
{
  int limit = tpt_api_limits_header (headers, "X-RateLimit-Limit");
  int remaining = tpt_api_limits_header (headers, "X-RateLimit-Remaining");
  int reset = tpt_api_limits_header (headers, "X-RateLimit-Reset");

  self->in_flight = MAX (self->in_flight - 1, 0);
  if (remaining < 0 || reset < 0)
    return;
  self->limit = MAX (limit, 0);
  self->remaining = remaining;
  self->reset_at = now + (gint64) MIN (reset, MAX_WINDOW) * G_USEC_PER_SEC;
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-clock.h"

struct _TptSandboxClock
{
  gint64 start;
  gint64 started_at;
  gint64 advanced;
};

/* A clock that shows @start (µs since the epoch, UTC) now and goes on with real time. 0 means
 * the machine's time. */
TptSandboxClock *
tpt_sandbox_clock_new (gint64 start)
{
  TptSandboxClock *self = g_new0 (TptSandboxClock, 1);

  self->start = start != 0 ? start : g_get_real_time ();
  self->started_at = g_get_monotonic_time ();

  return self;
}

void
tpt_sandbox_clock_free (TptSandboxClock *self)
{
  g_free (self);
}

gint64
tpt_sandbox_clock_now (TptSandboxClock *self)
{
  return self->start + self->advanced + g_get_monotonic_time () - self->started_at;
}

/* Jumps ahead, so that tokens expire and meetings end without anybody waiting for it. */
void
tpt_sandbox_clock_advance (TptSandboxClock *self,
                           gint64           microseconds)
{
  g_return_if_fail (microseconds >= 0);

  self->advanced += microseconds;
}

/* The form of nearly all of Calendly's timestamps: UTC with six digits and a Z. */
char *
tpt_sandbox_time_format (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / TPT_SANDBOX_SECOND);
  g_autofree char *seconds = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%06dZ", seconds, (int) (time % TPT_SANDBOX_SECOND));
}

/* Takes RFC 3339 with zero to nine digits of a second's fraction; a date alone is refused. */
gboolean
tpt_sandbox_time_parse (const char *text,
                        gint64     *time)
{
  g_autoptr (GDateTime) date = NULL;

  if (text == NULL)
    return FALSE;

  date = g_date_time_new_from_iso8601 (text, NULL);
  if (date == NULL)
    return FALSE;

  *time = g_date_time_to_unix (date) * TPT_SANDBOX_SECOND + g_date_time_get_microsecond (date);

  return TRUE;
}

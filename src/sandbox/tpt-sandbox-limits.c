/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-limits.h"

#include "tpt-sandbox-clock.h"

#define TOKENS_PER_MINUTE 8

struct _TptSandboxLimits
{
  guint per_minute;
  GHashTable *windows;
};

typedef struct
{
  gint64 start;
  guint used;
} Window;

static TptSandboxLimit
count (TptSandboxLimits *self,
       const char       *bucket,
       const char       *user,
       guint             most,
       gint64            length,
       gint64            now)
{
  g_autofree char *key = g_strconcat (bucket, "/", user, NULL);
  Window *window = g_hash_table_lookup (self->windows, key);
  TptSandboxLimit limit = { .limit = most };

  if (window == NULL)
    {
      window = g_new0 (Window, 1);
      g_hash_table_insert (self->windows, g_steal_pointer (&key), window);
    }
  if (now >= window->start + length)
    {
      window->start = now;
      window->used = 0;
    }

  limit.allowed = window->used < most;
  if (limit.allowed)
    window->used++;
  limit.remaining = most - window->used;
  limit.reset_seconds = (guint) ((window->start + length - now + TPT_SANDBOX_SECOND - 1)
                                 / TPT_SANDBOX_SECOND);

  return limit;
}

/* Windows of a fixed length for each user. @per_minute 0 switches every limit off. */
TptSandboxLimits *
tpt_sandbox_limits_new (guint per_minute)
{
  TptSandboxLimits *self = g_new0 (TptSandboxLimits, 1);

  self->per_minute = per_minute;
  self->windows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
tpt_sandbox_limits_free (TptSandboxLimits *self)
{
  g_hash_table_unref (self->windows);
  g_free (self);
}

/* Counts one request to the API: so and so many a user and minute, by plan 50 or 500. */
TptSandboxLimit
tpt_sandbox_limits_request (TptSandboxLimits *self,
                            const char       *user,
                            gint64            now)
{
  if (self->per_minute == 0)
    return (TptSandboxLimit) { TRUE, 500, 499, 60 };

  return count (self, "request", user, self->per_minute, TPT_SANDBOX_MINUTE, now);
}

/* Eight tokens a user and minute. */
gboolean
tpt_sandbox_limits_token (TptSandboxLimits *self,
                          const char       *user,
                          gint64            now)
{
  if (self->per_minute == 0)
    return TRUE;

  return count (self, "token", user, TOKENS_PER_MINUTE, TPT_SANDBOX_MINUTE, now).allowed;
}

/* POST /invitees has three buckets of its own on a paid plan below Enterprise; the fullest one
 * answers. */
TptSandboxLimit
tpt_sandbox_limits_booking (TptSandboxLimits *self,
                            const char       *user,
                            gint64            now)
{
  TptSandboxLimit limit;

  if (self->per_minute == 0)
    return (TptSandboxLimit) { TRUE, 10, 9, 60 };

  limit = count (self, "booking-day", user, 100, TPT_SANDBOX_DAY, now);
  if (limit.allowed)
    limit = count (self, "booking-hour", user, 50, TPT_SANDBOX_HOUR, now);
  if (limit.allowed)
    limit = count (self, "booking-minute", user, 10, TPT_SANDBOX_MINUTE, now);

  return limit;
}

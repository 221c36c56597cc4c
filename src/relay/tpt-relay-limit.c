/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-limit.h"

#include <sodium.h>
#include <string.h>

#define MINUTE  (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
/* In parts so small that a microsecond adds a whole number of them, whatever the rate: nothing is
 * rounded, in nobody's favour. */
#define REQUEST MINUTE
/* 1 MiB. Two strangers share a bucket now and then; nobody can choose with whom. */
#define BUCKETS 65536

struct _TptRelayLimit
{
  guint          per_minute;
  guint8         key[crypto_shorthash_KEYBYTES];
  TptRelayBucket buckets[BUCKETS];
};

/* What it holds at @now, of at most a minute's share. The clock that counts never goes back. */
static void
fill (TptRelayBucket *self,
      guint           per_minute,
      gint64          now)
{
  gint64 full = per_minute * REQUEST;
  gint64 passed = MIN (now - self->at, MINUTE);

  if (self->at == 0)
    self->level = full;
  else
    self->level = MIN (self->level + passed * per_minute, full);
  self->at = now;
}

/**
 * tpt_relay_bucket_draw:
 * @per_minute: how many requests a minute; 0 for any number
 * @now: of the monotonic clock
 *
 * Takes one request out. Whoever asks steadily gets @per_minute a minute, whoever was quiet for a
 * minute as many at once; in no span of time are there more than both together.
 *
 * Returns: 0 where there was one; else in how many seconds there will be
 */
guint
tpt_relay_bucket_draw (TptRelayBucket *self,
                       guint           per_minute,
                       gint64          now)
{
  gint64 missing;

  if (per_minute == 0)
    return 0;
  fill (self, per_minute, now);
  if (self->level >= REQUEST)
    {
      self->level -= REQUEST;
      return 0;
    }
  missing = (REQUEST - self->level) / per_minute;

  return (guint) (missing / G_USEC_PER_SEC) + 1;
}

/* The request was one that does not count. */
void
tpt_relay_bucket_undo (TptRelayBucket *self,
                       guint           per_minute)
{
  self->level = MIN (self->level + REQUEST, per_minute * REQUEST);
}

/* @per_minute: 0 for any number */
TptRelayLimit *
tpt_relay_limit_new (guint per_minute)
{
  TptRelayLimit *self = g_new0 (TptRelayLimit, 1);

  self->per_minute = per_minute;
  crypto_shorthash_keygen (self->key);

  return self;
}

void
tpt_relay_limit_free (TptRelayLimit *self)
{
  g_free (self);
}

static TptRelayBucket *
find (TptRelayLimit *self,
      const void    *name,
      gsize          length)
{
  guint8 hash[crypto_shorthash_BYTES];
  guint64 number;

  G_STATIC_ASSERT (sizeof hash == sizeof number);
  crypto_shorthash (hash, name, length, self->key);
  memcpy (&number, hash, sizeof number);

  return &self->buckets[number % BUCKETS];
}

/* As tpt_relay_bucket_draw (), for whoever has this name. */
guint
tpt_relay_limit_draw (TptRelayLimit *self,
                      const void    *name,
                      gsize          length,
                      gint64         now)
{
  return tpt_relay_bucket_draw (find (self, name, length), self->per_minute, now);
}

void
tpt_relay_limit_undo (TptRelayLimit *self,
                      const void    *name,
                      gsize          length)
{
  tpt_relay_bucket_undo (find (self, name, length), self->per_minute);
}

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-device.h"

#include <sodium.h>
#include <stdatomic.h>
#include <string.h>

#define HOUR_MILLISECONDS G_GINT64_CONSTANT (3600000)
/* The desktop shows its role once a day; this leaves a day on which it is off. */
#define PROOF_MILLISECONDS (48 * HOUR_MILLISECONDS)

struct _TptRelayDevice
{
  gatomicrefcount       references;
  TptRelayDeviceRecord *record;
  _Atomic gint64        acked;
  _Atomic gint64        sent;
  TptRelaySent         *memory; /* borrowed; NULL where the journal itself knows what was sent */
  TptRelayBucket        bucket;    /* main thread: what it may ask */
  gboolean              is_asking; /* main thread */
  /* main thread: the key pair of this hour, of which only the shared secret is left */
  gint64                hour;
  guint8                relay_key[TPT_RELAY_KEY_SIZE];
  guint8                shared[TPT_RELAY_KEY_SIZE];
};

static void
raise_to (_Atomic gint64 *value,
          gint64          least)
{
  gint64 old = atomic_load (value);

  while (old < least && !atomic_compare_exchange_weak (value, &old, least))
    ;
}

/**
 * tpt_relay_device_new:
 * @record: (transfer full):
 * @memory: (nullable): what is sent is written down there, and read now
 */
TptRelayDevice *
tpt_relay_device_new (TptRelayDeviceRecord *record,
                      TptRelaySent         *memory)
{
  TptRelayDevice *self = g_new0 (TptRelayDevice, 1);

  g_atomic_ref_count_init (&self->references);
  self->record = record;
  self->hour = -1;
  atomic_init (&self->acked, record->acked);
  self->memory = memory;
  atomic_init (&self->sent, MAX (record->acked,
                                 memory != NULL ? tpt_relay_sent_get (memory, record->id) : 0));

  return self;
}

TptRelayDevice *
tpt_relay_device_ref (TptRelayDevice *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
tpt_relay_device_unref (TptRelayDevice *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  sodium_memzero (self->shared, sizeof self->shared);
  tpt_relay_device_record_free (self->record);
  g_free (self);
}

const TptRelayDeviceRecord *
tpt_relay_device_get_record (TptRelayDevice *self)
{
  return self->record;
}

gint64
tpt_relay_device_get_acked (TptRelayDevice *self)
{
  return atomic_load (&self->acked);
}

/* After the journal has it. Never goes back. */
void
tpt_relay_device_set_acked (TptRelayDevice *self,
                            gint64          seq)
{
  raise_to (&self->acked, seq);
}

gint64
tpt_relay_device_get_sent (TptRelayDevice *self)
{
  return atomic_load (&self->sent);
}

/* Before the bytes go out. Never goes back. Fan-out thread only. */
void
tpt_relay_device_set_sent (TptRelayDevice *self,
                           gint64          seq)
{
  if (seq <= atomic_load (&self->sent))
    return;
  raise_to (&self->sent, seq);
  if (self->memory != NULL)
    tpt_relay_sent_set (self->memory, self->record->id, seq);
}

/* More may have been sent than is known, up to here: the machine went down. 0 where nothing may. */
gint64
tpt_relay_device_get_doubt (TptRelayDevice *self)
{
  return self->memory != NULL ? tpt_relay_sent_get_doubt (self->memory) : 0;
}

/* The desktop has shown which role its user has. Main thread only, as all that concerns feeds. */
void
tpt_relay_device_set_proof (TptRelayDevice *self,
                            const char     *role,
                            gint64          at)
{
  g_free (self->record->role);
  self->record->role = g_strdup (role);
  self->record->feed_proved_at = at;
}

/* Whether Calendly is being asked on its behalf. Main thread only. */
void
tpt_relay_device_set_asking (TptRelayDevice *self,
                             gboolean        is_asking)
{
  self->is_asking = is_asking;
}

gboolean
tpt_relay_device_is_asking (TptRelayDevice *self)
{
  return self->is_asking;
}

/* Nothing more is for it until it has shown otherwise. */
gboolean
tpt_relay_device_has_left (TptRelayDevice *self)
{
  return strcmp (self->record->role, TPT_RELAY_DEVICE_LEFT) == 0;
}

/* By Calendly's words. */
gboolean
tpt_relay_device_is_admin_role (const char *role)
{
  return strcmp (role, "owner") == 0 || strcmp (role, "admin") == 0;
}

gboolean
tpt_relay_device_is_admin (TptRelayDevice *self)
{
  return tpt_relay_device_is_admin_role (self->record->role);
}

/**
 * tpt_relay_device_has_live_feed:
 * @now: milliseconds since 1970
 *
 * Whether it gets its whole organization: it wants to, its user was an owner or admin when that was
 * last looked at, and that was not long ago.
 */
gboolean
tpt_relay_device_has_live_feed (TptRelayDevice *self,
                                gint64          now)
{
  return self->record->has_feed && tpt_relay_device_is_admin (self) &&
         now - self->record->feed_proved_at < PROOF_MILLISECONDS;
}

/* What it may still ask this minute; main thread only. */
TptRelayBucket *
tpt_relay_device_get_bucket (TptRelayDevice *self)
{
  return &self->bucket;
}

/**
 * tpt_relay_device_seal:
 * @now: milliseconds since 1970
 * @event: (out caller-allocates): device, key, nonce and box are filled in
 *
 * Seals a body so that only the device can read it, with a key pair that changes every hour.
 */
void
tpt_relay_device_seal (TptRelayDevice      *self,
                       GBytes              *body,
                       gint64               now,
                       TptRelayEventRecord *event)
{
  gint64 hour = now / HOUR_MILLISECONDS;
  gsize length;
  const void *bytes = g_bytes_get_data (body, &length);

  if (hour != self->hour)
    {
      /* Enrolment let no other key in. */
      if (!tpt_relay_box_begin (self->record->public_key, self->relay_key, self->shared, NULL))
        g_error ("Device %s has a key that does not seal", self->record->name);
      self->hour = hour;
    }
  event->device = self->record->id;
  memcpy (event->relay_key, self->relay_key, TPT_RELAY_KEY_SIZE);
  event->box = tpt_relay_box_seal (self->shared, bytes, length, event->nonce);
}

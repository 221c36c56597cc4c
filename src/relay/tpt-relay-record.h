/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "tpt-relay-box.h"

G_BEGIN_DECLS

#define TPT_RELAY_HASH_SIZE 32
/* A person in an event: the first bytes of a keyed hash of an e-mail address. */
#define TPT_RELAY_PERSON_SIZE 16

/* An enrolled desktop as the journal keeps it. @channel is 0 for an app's subscription,
 * @feed_proved_at when the right to the organization's feed was last shown, in milliseconds since
 * 1970. */
typedef struct
{
  gint64    id;
  char     *name;
  char     *user;
  char     *organization;
  char     *role;
  gboolean  has_feed;
  gint64    feed_proved_at;
  gint64    channel;
  guint8    public_key[TPT_RELAY_KEY_SIZE];
  guint8    token_hash[TPT_RELAY_HASH_SIZE];
  gint64    acked;
} TptRelayDeviceRecord;

/* A user's own way in, with a key of its own. */
typedef struct
{
  gint64  id;
  char   *name;
  char   *user;
  char   *key;
} TptRelayChannelRecord;

/* One webhook sealed for one device. @received_at in milliseconds since 1970; @people: (nullable):
 * TPT_RELAY_PERSON_SIZE bytes for each person in it, by which it is found when they are erased. */
typedef struct
{
  gint64    seq;
  gint64    device;
  gint64    received_at;
  gboolean  late;
  guint8    relay_key[TPT_RELAY_KEY_SIZE];
  guint8    nonce[TPT_RELAY_NONCE_SIZE];
  GBytes   *people;
  GBytes   *box;
} TptRelayEventRecord;

/* What tells one delivery from another. @created_at in microseconds since 1970, by the delivery's
 * own word: what comes together stands together in the journal; @is_new is the journal's answer. */
typedef struct
{
  gint64    channel;
  gint64    created_at;
  guint8    hash[TPT_RELAY_HASH_SIZE];
  gint64    received_at;
  gboolean  is_new;
} TptRelayDelivery;

/* About what rows take beside their boxes: an event or a dead letter, and what is remembered of a
 * delivery. */
#define TPT_RELAY_EVENT_ROW_BYTES    256
#define TPT_RELAY_DELIVERY_ROW_BYTES 128

/* A link of the audit chain: @hash is over the other fields, @previous the hash of the link
 * before. @detail: (nullable): a JSON object on one line, without personal data. */
typedef struct
{
  gint64   id;
  gint64   at;
  char    *what;
  gint64   count;
  char    *detail;
  guint8   previous[TPT_RELAY_HASH_SIZE];
  guint8   hash[TPT_RELAY_HASH_SIZE];
} TptRelayAuditRecord;

/* An authorization under way: where the browser's answer goes. */
typedef struct
{
  guint8  state_hash[TPT_RELAY_HASH_SIZE];
  guint   port;
  char   *path;
  gint64  expires_at;
} TptRelayFlowRecord;

/* Where a device stands: what was acknowledged, was sent as far as the journal knows, lost to
 * retention, is kept, and the whole journal's end. */
typedef struct
{
  gint64 acked;
  gint64 sent;
  gint64 purged;
  gint64 oldest;
  gint64 head;
} TptRelayPosition;

/* What the whole journal holds. @oldest_received_at is 0 where nothing waits. */
typedef struct
{
  gint64 head;
  gint64 events;
  gint64 oldest_received_at;
  gint64 devices;
  gint64 dead_letters;
  gint64 bytes;
} TptRelayJournalCounts;

/* What other relays have made of the journal since the last look, of which @head, @revision and
 * @acks are kept. @news: devices (gint64) that have more events or another stream; @acked: pairs of
 * a device and its last ack; @devices and @channels: (nullable): all of them, where one has
 * changed. */
typedef struct
{
  gint64     head;
  gint64     revision;
  gint64     acks;
  GArray    *news;
  GArray    *acked;
  GPtrArray *devices;
  GPtrArray *channels;
  GBytes    *code_key;
} TptRelayChanges;

void tpt_relay_device_record_free  (TptRelayDeviceRecord      *self);
void tpt_relay_channel_record_free (TptRelayChannelRecord     *self);
void tpt_relay_event_record_free   (TptRelayEventRecord       *self);
void tpt_relay_flow_record_free    (TptRelayFlowRecord        *self);
void tpt_relay_changes_clear       (TptRelayChanges           *self);
void tpt_relay_audit_record_free   (TptRelayAuditRecord       *self);
void tpt_relay_audit_record_sum    (const TptRelayAuditRecord *self,
                                    guint8                    *hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayAuditRecord, tpt_relay_audit_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayFlowRecord, tpt_relay_flow_record_free)

G_END_DECLS

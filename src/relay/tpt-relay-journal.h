/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tpt-relay-box.h"

G_BEGIN_DECLS

#define TPT_RELAY_HASH_SIZE 32

/* An enrolled desktop as the journal keeps it. @channel is 0 for an app's subscription. */
typedef struct
{
  gint64    id;
  char     *name;
  char     *user;
  char     *organization;
  char     *role;
  gboolean  has_feed;
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

/* One webhook sealed for one device. @received_at in milliseconds since 1970. */
typedef struct
{
  gint64    seq;
  gint64    device;
  gint64    received_at;
  gboolean  late;
  guint8    relay_key[TPT_RELAY_KEY_SIZE];
  guint8    nonce[TPT_RELAY_NONCE_SIZE];
  GBytes   *box;
} TptRelayEventRecord;

/* What tells one delivery from another. @hour groups keys that come together. */
typedef struct
{
  gint64  channel;
  gint64  hour;
  guint8  hash[TPT_RELAY_HASH_SIZE];
  gint64  received_at;
} TptRelayDelivery;

/* Where a device stands: what was acknowledged, lost to retention, is kept, and the whole journal's
 * end. */
typedef struct
{
  gint64 acked;
  gint64 purged;
  gint64 oldest;
  gint64 head;
} TptRelayPosition;

void tpt_relay_device_record_free  (TptRelayDeviceRecord  *self);
void tpt_relay_channel_record_free (TptRelayChannelRecord *self);
void tpt_relay_event_record_free   (TptRelayEventRecord   *self);

#define TPT_TYPE_RELAY_JOURNAL (tpt_relay_journal_get_type ())
G_DECLARE_INTERFACE (TptRelayJournal, tpt_relay_journal, TPT, RELAY_JOURNAL, GObject)

/**
 * TptRelayJournalInterface:
 *
 * What the relay asks of a database. An object is one connection and belongs to one thread; the
 * engine keeps writers from disturbing each other. Between begin and commit a writer's steps are
 * one: after a failed one only rollback may follow. Every function sets TPT_RELAY_ERROR_JOURNAL.
 */
struct _TptRelayJournalInterface
{
  GTypeInterface parent;

  const char *(*get_epoch)       (TptRelayJournal              *self);
  GBytes     *(*get_code_key)    (TptRelayJournal              *self);
  gboolean    (*begin)           (TptRelayJournal              *self,
                                  GError                      **error);
  gboolean    (*commit)          (TptRelayJournal              *self,
                                  GError                      **error);
  void        (*rollback)        (TptRelayJournal              *self);
  gboolean    (*add_delivery)    (TptRelayJournal              *self,
                                  const TptRelayDelivery       *delivery,
                                  gboolean                     *is_new,
                                  GError                      **error);
  gboolean    (*add_event)       (TptRelayJournal              *self,
                                  const TptRelayEventRecord    *event,
                                  GError                      **error);
  gboolean    (*add_dead_letter) (TptRelayJournal              *self,
                                  gint64                        received_at,
                                  const char                   *reason,
                                  GBytes                       *box,
                                  GError                      **error);
  gboolean    (*add_audit)       (TptRelayJournal              *self,
                                  gint64                        at,
                                  const char                   *what,
                                  gint64                        count,
                                  GError                      **error);
  gboolean    (*use_code)        (TptRelayJournal              *self,
                                  const guint8                 *hash,
                                  gint64                        expires_at,
                                  gboolean                     *was_free,
                                  GError                      **error);
  gboolean    (*is_code_used)    (TptRelayJournal              *self,
                                  const guint8                 *hash,
                                  gboolean                     *is_used,
                                  GError                      **error);
  gboolean    (*add_channel)     (TptRelayJournal              *self,
                                  TptRelayChannelRecord        *channel,
                                  GError                      **error);
  gboolean    (*add_device)      (TptRelayJournal              *self,
                                  TptRelayDeviceRecord         *device,
                                  GError                      **error);
  gboolean    (*end_device)      (TptRelayJournal              *self,
                                  gint64                        device,
                                  GError                      **error);
  gboolean    (*ack)             (TptRelayJournal              *self,
                                  gint64                        device,
                                  gint64                        seq,
                                  GError                      **error);
  GPtrArray  *(*list_devices)    (TptRelayJournal              *self,
                                  GError                      **error);
  GPtrArray  *(*list_channels)   (TptRelayJournal              *self,
                                  GError                      **error);
  gboolean    (*get_position)    (TptRelayJournal              *self,
                                  gint64                        device,
                                  TptRelayPosition             *position,
                                  GError                      **error);
  GPtrArray  *(*list_events)     (TptRelayJournal              *self,
                                  gint64                        device,
                                  gint64                        after,
                                  guint                         limit,
                                  gsize                         bytes,
                                  GError                      **error);
  gboolean    (*purge)           (TptRelayJournal              *self,
                                  gint64                        before,
                                  gint64                        now,
                                  GError                      **error);
  gboolean    (*checkpoint)      (TptRelayJournal              *self,
                                  GError                      **error);
};

/* How an engine is opened. A reader never writes, not even when it closes. */
typedef enum
{
  TPT_RELAY_JOURNAL_WRITER,
  TPT_RELAY_JOURNAL_READER,
} TptRelayJournalMode;

TptRelayJournal *tpt_relay_journal_open            (const char                 *location,
                                                    TptRelayJournalMode         mode,
                                                    GError                    **error);

int              tpt_relay_journal_claim           (const char                 *location,
                                                    GError                    **error);
const char      *tpt_relay_journal_get_epoch       (TptRelayJournal            *self);
GBytes          *tpt_relay_journal_get_code_key    (TptRelayJournal            *self);
gboolean         tpt_relay_journal_begin           (TptRelayJournal            *self,
                                                    GError                    **error);
gboolean         tpt_relay_journal_commit          (TptRelayJournal            *self,
                                                    GError                    **error);
void             tpt_relay_journal_rollback        (TptRelayJournal            *self);
gboolean         tpt_relay_journal_add_delivery    (TptRelayJournal            *self,
                                                    const TptRelayDelivery     *delivery,
                                                    gboolean                   *is_new,
                                                    GError                    **error);
gboolean         tpt_relay_journal_add_event       (TptRelayJournal            *self,
                                                    const TptRelayEventRecord  *event,
                                                    GError                    **error);
gboolean         tpt_relay_journal_add_dead_letter (TptRelayJournal            *self,
                                                    gint64                      received_at,
                                                    const char                 *reason,
                                                    GBytes                     *box,
                                                    GError                    **error);
gboolean         tpt_relay_journal_add_audit       (TptRelayJournal            *self,
                                                    gint64                      at,
                                                    const char                 *what,
                                                    gint64                      count,
                                                    GError                    **error);
gboolean         tpt_relay_journal_use_code        (TptRelayJournal            *self,
                                                    const guint8               *hash,
                                                    gint64                      expires_at,
                                                    gboolean                   *was_free,
                                                    GError                    **error);
gboolean         tpt_relay_journal_is_code_used    (TptRelayJournal            *self,
                                                    const guint8               *hash,
                                                    gboolean                   *is_used,
                                                    GError                    **error);
gboolean         tpt_relay_journal_add_channel     (TptRelayJournal            *self,
                                                    TptRelayChannelRecord      *channel,
                                                    GError                    **error);
gboolean         tpt_relay_journal_add_device      (TptRelayJournal            *self,
                                                    TptRelayDeviceRecord       *device,
                                                    GError                    **error);
gboolean         tpt_relay_journal_end_device      (TptRelayJournal            *self,
                                                    gint64                      device,
                                                    GError                    **error);
gboolean         tpt_relay_journal_ack             (TptRelayJournal            *self,
                                                    gint64                      device,
                                                    gint64                      seq,
                                                    GError                    **error);
GPtrArray       *tpt_relay_journal_list_devices    (TptRelayJournal            *self,
                                                    GError                    **error);
GPtrArray       *tpt_relay_journal_list_channels   (TptRelayJournal            *self,
                                                    GError                    **error);
gboolean         tpt_relay_journal_get_position    (TptRelayJournal            *self,
                                                    gint64                      device,
                                                    TptRelayPosition           *position,
                                                    GError                    **error);
GPtrArray       *tpt_relay_journal_list_events     (TptRelayJournal            *self,
                                                    gint64                      device,
                                                    gint64                      after,
                                                    guint                       limit,
                                                    gsize                       bytes,
                                                    GError                    **error);
gboolean         tpt_relay_journal_purge           (TptRelayJournal            *self,
                                                    gint64                      before,
                                                    gint64                      now,
                                                    GError                    **error);
gboolean         tpt_relay_journal_checkpoint      (TptRelayJournal            *self,
                                                    GError                    **error);

G_END_DECLS

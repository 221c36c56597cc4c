/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal.h"

#include "tpt-relay-error.h"
#include "tpt-relay-journal-sqlite-claim.h"
#include "tpt-relay-journal-sqlite.h"

G_DEFINE_INTERFACE (TptRelayJournal, tpt_relay_journal, G_TYPE_OBJECT)

void
tpt_relay_device_record_free (TptRelayDeviceRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->user);
  g_free (self->organization);
  g_free (self->role);
  g_free (self);
}

void
tpt_relay_channel_record_free (TptRelayChannelRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->user);
  g_free (self->key);
  g_free (self);
}

void
tpt_relay_event_record_free (TptRelayEventRecord *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->box, g_bytes_unref);
  g_free (self);
}

static void
tpt_relay_journal_default_init (TptRelayJournalInterface *iface)
{
}

/**
 * tpt_relay_journal_open:
 * @location: `ENGINE:PLACE` as in the configuration
 *
 * Opens a connection for one thread; a writer makes the journal where there is none.
 *
 * Returns: (transfer full): NULL with TPT_RELAY_ERROR_JOURNAL
 */
TptRelayJournal *
tpt_relay_journal_open (const char           *location,
                        TptRelayJournalMode   mode,
                        GError              **error)
{
  if (g_str_has_prefix (location, "sqlite:"))
    return tpt_relay_journal_sqlite_open (location + 7, mode, error);
  g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "No engine for %s", location);

  return NULL;
}

/**
 * tpt_relay_journal_claim:
 *
 * Makes this process the only relay on a journal that bears no second one: each holds in memory
 * what has been enrolled, sent and acknowledged. It ends with the process, however that ends.
 *
 * Returns: a descriptor to close when the journal is not used any more; -1 with
 *   TPT_RELAY_ERROR_JOURNAL
 */
int
tpt_relay_journal_claim (const char  *location,
                         GError     **error)
{
  if (g_str_has_prefix (location, "sqlite:"))
    return tpt_relay_journal_sqlite_claim (location + 7, error);
  g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "No engine for %s", location);

  return -1;
}

/* Names the journal for as long as it lives. */
const char *
tpt_relay_journal_get_epoch (TptRelayJournal *self)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->get_epoch (self);
}

/* The secret behind enrolment codes; 32 bytes. */
GBytes *
tpt_relay_journal_get_code_key (TptRelayJournal *self)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->get_code_key (self);
}

/* Starts a transaction that will write. */
gboolean
tpt_relay_journal_begin (TptRelayJournal  *self,
                         GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->begin (self, error);
}

/* After TRUE everything since begin survives a power loss. */
gboolean
tpt_relay_journal_commit (TptRelayJournal  *self,
                          GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->commit (self, error);
}

/* Forgets everything since begin. */
void
tpt_relay_journal_rollback (TptRelayJournal *self)
{
  TPT_RELAY_JOURNAL_GET_IFACE (self)->rollback (self);
}

/* @is_new: (out): FALSE where the same delivery came before. */
gboolean
tpt_relay_journal_add_delivery (TptRelayJournal         *self,
                                const TptRelayDelivery  *delivery,
                                gboolean                *is_new,
                                GError                 **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->add_delivery (self, delivery, is_new, error);
}

/* Gives the event its place; one for a device that has ended is dropped. @event's seq is not looked
 * at. */
gboolean
tpt_relay_journal_add_event (TptRelayJournal            *self,
                             const TptRelayEventRecord  *event,
                             GError                    **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->add_event (self, event, error);
}

/* @box: (nullable): the sealed body, where the operator has a key. */
gboolean
tpt_relay_journal_add_dead_letter (TptRelayJournal  *self,
                                   gint64            received_at,
                                   const char       *reason,
                                   GBytes           *box,
                                   GError          **error)
{
  TptRelayJournalInterface *iface = TPT_RELAY_JOURNAL_GET_IFACE (self);

  return iface->add_dead_letter (self, received_at, reason, box, error);
}

/* @what: a word without personal data; @count: how often since the last row. */
gboolean
tpt_relay_journal_add_audit (TptRelayJournal  *self,
                             gint64            at,
                             const char       *what,
                             gint64            count,
                             GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->add_audit (self, at, what, count, error);
}

/* @was_free: (out): FALSE where somebody was faster. */
gboolean
tpt_relay_journal_use_code (TptRelayJournal  *self,
                            const guint8     *hash,
                            gint64            expires_at,
                            gboolean         *was_free,
                            GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->use_code (self, hash, expires_at, was_free, error);
}

gboolean
tpt_relay_journal_is_code_used (TptRelayJournal  *self,
                                const guint8     *hash,
                                gboolean         *is_used,
                                GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->is_code_used (self, hash, is_used, error);
}

/* Fills in the id. A user that has a channel keeps it: @channel then becomes that one. */
gboolean
tpt_relay_journal_add_channel (TptRelayJournal        *self,
                               TptRelayChannelRecord  *channel,
                               GError                **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->add_channel (self, channel, error);
}

/* Fills in the id. */
gboolean
tpt_relay_journal_add_device (TptRelayJournal       *self,
                              TptRelayDeviceRecord  *device,
                              GError               **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->add_device (self, device, error);
}

/* Drops its queue too. */
gboolean
tpt_relay_journal_end_device (TptRelayJournal  *self,
                              gint64            device,
                              GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->end_device (self, device, error);
}

/* Drops the device's events up to @seq; at or below the last ack nothing happens. */
gboolean
tpt_relay_journal_ack (TptRelayJournal  *self,
                       gint64            device,
                       gint64            seq,
                       GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->ack (self, device, seq, error);
}

/* Returns: (transfer full) (element-type TptRelayDeviceRecord): those that have not ended */
GPtrArray *
tpt_relay_journal_list_devices (TptRelayJournal  *self,
                                GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->list_devices (self, error);
}

/* Returns: (transfer full) (element-type TptRelayChannelRecord) */
GPtrArray *
tpt_relay_journal_list_channels (TptRelayJournal  *self,
                                 GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->list_channels (self, error);
}

gboolean
tpt_relay_journal_get_position (TptRelayJournal   *self,
                                gint64             device,
                                TptRelayPosition  *position,
                                GError           **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->get_position (self, device, position, error);
}

/* Returns: (transfer full) (element-type TptRelayEventRecord): in order, beyond @after, at most
 * @limit, and no more after the one that reaches @bytes */
GPtrArray *
tpt_relay_journal_list_events (TptRelayJournal  *self,
                               gint64            device,
                               gint64            after,
                               guint             limit,
                               gsize             bytes,
                               GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->list_events (self, device, after, limit, bytes, error);
}

/* Drops what was received before @before, and codes that expired before @now; both in
 * milliseconds. */
gboolean
tpt_relay_journal_purge (TptRelayJournal  *self,
                         gint64            before,
                         gint64            now,
                         GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->purge (self, before, now, error);
}

/* Moves what was committed to its final place, so that the log does not grow. */
gboolean
tpt_relay_journal_checkpoint (TptRelayJournal  *self,
                              GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->checkpoint (self, error);
}

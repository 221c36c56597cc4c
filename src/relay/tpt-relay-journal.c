/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal.h"

#include <string.h>

#include "tpt-relay-error.h"
#ifdef TPT_HAVE_POSTGRES
#include "tpt-relay-journal-postgres.h"
#endif
#include "tpt-relay-journal-sqlite-claim.h"
#include "tpt-relay-journal-sqlite.h"

G_DEFINE_INTERFACE (TptRelayJournal, tpt_relay_journal, G_TYPE_OBJECT)

static void
tpt_relay_journal_default_init (TptRelayJournalInterface *iface)
{
}

/**
 * tpt_relay_journal_check_location:
 * @location: `ENGINE:PLACE` as in the configuration
 *
 * Whether there is such an engine and the place is one for it. Sets TPT_RELAY_ERROR_CONFIG; what
 * may hold a password is not repeated.
 */
gboolean
tpt_relay_journal_check_location (const char  *location,
                                  GError     **error)
{
#ifdef TPT_HAVE_POSTGRES
  if (g_str_has_prefix (location, "postgres:"))
    return tpt_relay_journal_postgres_check (location + 9, error);
#endif
  if (g_str_has_prefix (location, "postgres:"))
    return tpt_relay_error_config (error, "journal=postgres: is not built into this relay");
  if (g_str_has_prefix (location, "sqlite:/"))
    return TRUE;

  return tpt_relay_error_config (error, "journal=%s: must be sqlite:PATH with an absolute path"
                                        " or postgres:CONNINFO", location);
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
#ifdef TPT_HAVE_POSTGRES
  if (g_str_has_prefix (location, "postgres:"))
    return tpt_relay_journal_postgres_open (location + 9, mode, error);
#endif
  g_set_error_literal (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL,
                       "No engine for this journal");

  return NULL;
}

/**
 * tpt_relay_journal_claim:
 * @fd: (out): to close when the journal is not used any more; -1 where there is nothing to close
 *
 * Makes this process the only relay on a journal that bears no second one: each holds in memory
 * what has been enrolled, sent and acknowledged. It ends with the process, however that ends.
 */
gboolean
tpt_relay_journal_claim (const char  *location,
                         int         *fd,
                         GError     **error)
{
  *fd = -1;
  if (!g_str_has_prefix (location, "sqlite:"))
    return TRUE;
  *fd = tpt_relay_journal_sqlite_claim (location + 7, error);

  return *fd >= 0;
}

/* Returns: (transfer full) (nullable): the file for TptRelaySent; NULL where the journal itself
 * knows how far was sent */
char *
tpt_relay_journal_dup_sent_path (const char *location)
{
  return g_str_has_prefix (location, "sqlite:") ? g_strconcat (location + 7, ".sent", NULL) : NULL;
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

/**
 * tpt_relay_journal_is_shared:
 *
 * Whether other relays may work with the journal. Then it knows by itself how far each device's
 * stream has come, an ack drops nothing beyond that, and tpt_relay_journal_get_changes () tells
 * what the others do.
 */
gboolean
tpt_relay_journal_is_shared (TptRelayJournal *self)
{
  TptRelayJournalInterface *iface = TPT_RELAY_JOURNAL_GET_IFACE (self);

  return iface->is_shared != NULL && iface->is_shared (self);
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

/* Replaces the secret behind enrolment codes; in a transaction. Codes made before are good no
 * more. */
gboolean
tpt_relay_journal_roll_code_key (TptRelayJournal  *self,
                                 GBytes           *key,
                                 GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->roll_code_key (self, key, error);
}

/* From now on the journal goes by another name, so that no place of before is taken for one of now;
 * in a transaction, before anybody works with it. Only for a journal that has a file for
 * TptRelaySent: that shows when it is needed. */
gboolean
tpt_relay_journal_begin_epoch (TptRelayJournal  *self,
                               GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->begin_epoch (self, error);
}

/* Says of each whether it is new: FALSE where the same came before, also in the same call. */
gboolean
tpt_relay_journal_claim_deliveries (TptRelayJournal          *self,
                                    TptRelayDelivery  *const *deliveries,
                                    guint                     count,
                                    GError                  **error)
{
  return count == 0 ||
         TPT_RELAY_JOURNAL_GET_IFACE (self)->claim_deliveries (self, deliveries, count, error);
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

/* tpt_relay_journal_write_audit () of something that has no detail. */
gboolean
tpt_relay_journal_add_audit (TptRelayJournal  *self,
                             gint64            at,
                             const char       *what,
                             gint64            count,
                             GError          **error)
{
  return tpt_relay_journal_write_audit (self, at, what, count, NULL, error);
}

/**
 * tpt_relay_journal_write_audit:
 * @at: milliseconds since 1970
 * @what: a word without personal data
 * @count: how often since the last row
 * @detail: (nullable): a JSON object on one line, without personal data
 *
 * Adds a link to the audit chain.
 */
gboolean
tpt_relay_journal_write_audit (TptRelayJournal  *self,
                               gint64            at,
                               const char       *what,
                               gint64            count,
                               const char       *detail,
                               GError          **error)
{
  TptRelayJournalInterface *iface = TPT_RELAY_JOURNAL_GET_IFACE (self);
  g_autoptr (TptRelayAuditRecord) last = NULL;
  TptRelayAuditRecord next = { 1, at, (char *) what, count, (char *) detail, { 0 }, { 0 } };

  if (!iface->find_last_audit (self, &last, error))
    return FALSE;
  if (last != NULL)
    {
      next.id = last->id + 1;
      memcpy (next.previous, last->hash, sizeof next.previous);
    }
  tpt_relay_audit_record_sum (&next, next.hash);

  return iface->add_audit (self, &next, error);
}

/* @audit: (out) (transfer full) (nullable): the end of the audit chain; NULL where it is empty. */
gboolean
tpt_relay_journal_find_last_audit (TptRelayJournal      *self,
                                   TptRelayAuditRecord **audit,
                                   GError              **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->find_last_audit (self, audit, error);
}

/* Returns: (transfer full) (element-type TptRelayAuditRecord): in order, beyond @after */
GPtrArray *
tpt_relay_journal_list_audit (TptRelayJournal  *self,
                              gint64            after,
                              guint             limit,
                              GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->list_audit (self, after, limit, error);
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

/* @was_free: (out): FALSE where a flow of the same state is waiting. */
gboolean
tpt_relay_journal_add_flow (TptRelayJournal           *self,
                            const TptRelayFlowRecord  *flow,
                            gint64                     now,
                            gboolean                  *was_free,
                            GError                   **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->add_flow (self, flow, now, was_free, error);
}

/* Takes the flow out, so that nobody gets it again. @flow: (out) (transfer full) (nullable): NULL
 * where none of that state waits. */
gboolean
tpt_relay_journal_take_flow (TptRelayJournal     *self,
                             const guint8        *state_hash,
                             gint64               now,
                             TptRelayFlowRecord **flow,
                             GError             **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->take_flow (self, state_hash, now, flow, error);
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

/* Which role the device's user was last seen to have, and when. */
gboolean
tpt_relay_journal_set_device_feed (TptRelayJournal  *self,
                                   gint64            device,
                                   const char       *role,
                                   gint64            proved_at,
                                   GError          **error)
{
  TptRelayJournalInterface *iface = TPT_RELAY_JOURNAL_GET_IFACE (self);

  return iface->set_device_feed (self, device, role, proved_at, error);
}

/* Drops its queue too. @was_there: (out): FALSE where somebody else has ended it before */
gboolean
tpt_relay_journal_end_device (TptRelayJournal  *self,
                              gint64            device,
                              gboolean         *was_there,
                              GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->end_device (self, device, was_there, error);
}

/**
 * tpt_relay_journal_ack:
 * @is_known: (out): FALSE where a shared journal does not know whether all that was sent, and so
 *   drops nothing
 *
 * Drops the device's events up to @seq; at or below the last ack nothing happens.
 */
gboolean
tpt_relay_journal_ack (TptRelayJournal  *self,
                       gint64            device,
                       gint64            seq,
                       gboolean         *is_known,
                       GError          **error)
{
  *is_known = TRUE;

  return TPT_RELAY_JOURNAL_GET_IFACE (self)->ack (self, device, seq, is_known, error);
}

/**
 * tpt_relay_journal_erase_person:
 * @person: TPT_RELAY_PERSON_SIZE bytes
 * @count: (out): how many went
 *
 * Drops every waiting event that the person is in. It leaves no gap behind.
 */
gboolean
tpt_relay_journal_erase_person (TptRelayJournal  *self,
                                const guint8     *person,
                                gint64           *count,
                                GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->erase_person (self, person, count, error);
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

/* Looks at every waiting event's index entry: some ten milliseconds where a million waits. */
gboolean
tpt_relay_journal_get_counts (TptRelayJournal        *self,
                              TptRelayJournalCounts  *counts,
                              GError                **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->get_counts (self, counts, error);
}

/**
 * tpt_relay_journal_list_events:
 * @after: up to here all that the device has has been sent to it
 *
 * What is listed counts as sent, where a shared journal knows that.
 *
 * Returns: (transfer full) (element-type TptRelayEventRecord): in order, beyond @after, at most
 *   @limit, and no more after the one that reaches @bytes
 */
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

/* From now on this relay alone streams to the device: another that reads its events from a shared
 * journal gets TPT_RELAY_ERROR_TAKEN. */
gboolean
tpt_relay_journal_take_stream (TptRelayJournal  *self,
                               gint64            device,
                               GError          **error)
{
  TptRelayJournalInterface *iface = TPT_RELAY_JOURNAL_GET_IFACE (self);

  return iface->take_stream == NULL || iface->take_stream (self, device, error);
}

/* Waits until a shared journal may have changed, @fd can be read, or time has passed. */
gboolean
tpt_relay_journal_wait (TptRelayJournal  *self,
                        int               fd,
                        guint             milliseconds,
                        GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->wait (self, fd, milliseconds, error);
}

/* Of a shared journal. @changes: (inout): what came since its marks, which are moved on. */
gboolean
tpt_relay_journal_get_changes (TptRelayJournal  *self,
                               TptRelayChanges  *changes,
                               GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->get_changes (self, changes, error);
}

/* The time at which retention was last thought about, in milliseconds since 1970; 0 for never. */
gboolean
tpt_relay_journal_get_clock (TptRelayJournal  *self,
                             gint64           *clock,
                             GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->get_clock (self, clock, error);
}

/* In a transaction. */
gboolean
tpt_relay_journal_set_clock (TptRelayJournal  *self,
                             gint64            clock,
                             GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->set_clock (self, clock, error);
}

/* Moves what was committed to its final place, so that the log does not grow. */
gboolean
tpt_relay_journal_checkpoint (TptRelayJournal  *self,
                              GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->checkpoint (self, error);
}

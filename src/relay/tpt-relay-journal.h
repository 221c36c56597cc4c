/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tpt-relay-record.h"

G_BEGIN_DECLS

#define TPT_TYPE_RELAY_JOURNAL (tpt_relay_journal_get_type ())
G_DECLARE_INTERFACE (TptRelayJournal, tpt_relay_journal, TPT, RELAY_JOURNAL, GObject)

/**
 * TptRelayJournalInterface:
 *
 * What the relay asks of a database. An object is one connection and belongs to one thread; the
 * engine keeps writers from disturbing each other. Between begin and commit a writer's steps are
 * one: after a failed one only rollback may follow, and an engine may find out at commit only that
 * a step failed. Every function sets TPT_RELAY_ERROR_JOURNAL. What each does stands at the function
 * of the same name.
 */
struct _TptRelayJournalInterface
{
  GTypeInterface parent;

  const char *(*get_epoch)        (TptRelayJournal                  *self);
  GBytes *    (*get_code_key)     (TptRelayJournal                  *self);
  gboolean    (*roll_code_key)    (TptRelayJournal                  *self,
                                   GBytes                           *key,
                                   GError                          **error);
  gboolean    (*begin_epoch)      (TptRelayJournal                  *self,
                                   GError                          **error);
  gboolean    (*is_shared)        (TptRelayJournal                  *self);
  gboolean    (*begin)            (TptRelayJournal                  *self,
                                   GError                          **error);
  gboolean    (*commit)           (TptRelayJournal                  *self,
                                   GError                          **error);
  void        (*rollback)         (TptRelayJournal                  *self);
  gboolean    (*claim_deliveries) (TptRelayJournal                  *self,
                                   TptRelayDelivery          *const *deliveries,
                                   guint                             count,
                                   GError                          **error);
  gboolean    (*add_event)        (TptRelayJournal                  *self,
                                   const TptRelayEventRecord        *event,
                                   GError                          **error);
  gboolean    (*add_dead_letter)  (TptRelayJournal                  *self,
                                   gint64                            received_at,
                                   const char                       *reason,
                                   GBytes                           *box,
                                   GError                          **error);
  gboolean    (*find_last_audit)  (TptRelayJournal                  *self,
                                   TptRelayAuditRecord             **audit,
                                   GError                          **error);
  gboolean    (*add_audit)        (TptRelayJournal                  *self,
                                   const TptRelayAuditRecord        *audit,
                                   GError                          **error);
  gboolean    (*purge_audit)      (TptRelayJournal                  *self,
                                   gint64                            before,
                                   gint64                           *last,
                                   gint64                           *count,
                                   GError                          **error);
  GPtrArray * (*list_audit)       (TptRelayJournal                  *self,
                                   gint64                            after,
                                   guint                             limit,
                                   GError                          **error);
  gboolean    (*use_code)         (TptRelayJournal                  *self,
                                   const guint8                     *hash,
                                   gint64                            expires_at,
                                   gboolean                         *was_free,
                                   GError                          **error);
  gboolean    (*is_code_used)     (TptRelayJournal                  *self,
                                   const guint8                     *hash,
                                   gboolean                         *is_used,
                                   GError                          **error);
  gboolean    (*add_flow)         (TptRelayJournal                  *self,
                                   const TptRelayFlowRecord         *flow,
                                   gint64                            now,
                                   gboolean                         *was_free,
                                   GError                          **error);
  gboolean    (*take_flow)        (TptRelayJournal                  *self,
                                   const guint8                     *state_hash,
                                   gint64                            now,
                                   TptRelayFlowRecord              **flow,
                                   GError                          **error);
  gboolean    (*add_channel)      (TptRelayJournal                  *self,
                                   TptRelayChannelRecord            *channel,
                                   GError                          **error);
  gboolean    (*add_device)       (TptRelayJournal                  *self,
                                   TptRelayDeviceRecord             *device,
                                   GError                          **error);
  gboolean    (*set_device_feed)  (TptRelayJournal                  *self,
                                   gint64                            device,
                                   const char                       *role,
                                   gint64                            proved_at,
                                   GError                          **error);
  gboolean    (*end_device)       (TptRelayJournal                  *self,
                                   gint64                            device,
                                   gboolean                         *was_there,
                                   GError                          **error);
  gboolean    (*ack)              (TptRelayJournal                  *self,
                                   gint64                            device,
                                   gint64                            seq,
                                   gboolean                         *is_known,
                                   GError                          **error);
  gboolean    (*erase_person)     (TptRelayJournal                  *self,
                                   const guint8                     *person,
                                   gint64                           *count,
                                   GError                          **error);
  GPtrArray * (*list_devices)     (TptRelayJournal                  *self,
                                   GError                          **error);
  GPtrArray * (*list_channels)    (TptRelayJournal                  *self,
                                   GError                          **error);
  gboolean    (*get_position)     (TptRelayJournal                  *self,
                                   gint64                            device,
                                   TptRelayPosition                 *position,
                                   GError                          **error);
  gboolean    (*get_held)         (TptRelayJournal                  *self,
                                   const char                       *user,
                                   gint64                            most,
                                   gint64                           *bytes,
                                   GError                          **error);
  gboolean    (*get_space)        (TptRelayJournal                  *self,
                                   gint64                           *outside,
                                   gint64                           *inside,
                                   GError                          **error);
  gboolean    (*get_counts)       (TptRelayJournal                  *self,
                                   TptRelayJournalCounts            *counts,
                                   GError                          **error);
  GPtrArray * (*list_events)      (TptRelayJournal                  *self,
                                   gint64                            device,
                                   gint64                            after,
                                   guint                             limit,
                                   gsize                             bytes,
                                   GError                          **error);
  gboolean    (*take_stream)      (TptRelayJournal                  *self,
                                   gint64                            device,
                                   GError                          **error);
  gboolean    (*wait)             (TptRelayJournal                  *self,
                                   int                               fd,
                                   guint                             milliseconds,
                                   GError                          **error);
  gboolean    (*get_changes)      (TptRelayJournal                  *self,
                                   TptRelayChanges                  *changes,
                                   GError                          **error);
  gboolean    (*get_clock)        (TptRelayJournal                  *self,
                                   gint64                           *clock,
                                   GError                          **error);
  gboolean    (*set_clock)        (TptRelayJournal                  *self,
                                   gint64                            clock,
                                   GError                          **error);
  gboolean    (*purge_events)     (TptRelayJournal                  *self,
                                   gint64                            before,
                                   gint64                            now,
                                   gint64                           *after,
                                   gint64                           *count,
                                   GError                          **error);
  gboolean    (*purge_rest)       (TptRelayJournal                  *self,
                                   gint64                            before,
                                   gint64                            now,
                                   GError                          **error);
  gboolean    (*checkpoint)       (TptRelayJournal                  *self,
                                   GError                          **error);
};

/* How an engine is opened. A reader never writes, not even when it closes. */
typedef enum
{
  TPT_RELAY_JOURNAL_WRITER,
  TPT_RELAY_JOURNAL_READER,
} TptRelayJournalMode;

gboolean         tpt_relay_journal_check_location   (const char                       *location,
                                                     GError                          **error);
TptRelayJournal *tpt_relay_journal_open             (const char                       *location,
                                                     TptRelayJournalMode               mode,
                                                     GError                          **error);
char            *tpt_relay_journal_dup_sent_path    (const char                       *location);
gboolean         tpt_relay_journal_claim            (const char                       *location,
                                                     int                              *fd,
                                                     GError                          **error);
const char      *tpt_relay_journal_get_epoch        (TptRelayJournal                  *self);
GBytes          *tpt_relay_journal_get_code_key     (TptRelayJournal                  *self);
gboolean         tpt_relay_journal_roll_code_key    (TptRelayJournal                  *self,
                                                     GBytes                           *key,
                                                     GError                          **error);
gboolean         tpt_relay_journal_begin_epoch      (TptRelayJournal                  *self,
                                                     GError                          **error);
gboolean         tpt_relay_journal_is_shared        (TptRelayJournal                  *self);
gboolean         tpt_relay_journal_begin            (TptRelayJournal                  *self,
                                                     GError                          **error);
gboolean         tpt_relay_journal_commit           (TptRelayJournal                  *self,
                                                     GError                          **error);
void             tpt_relay_journal_rollback         (TptRelayJournal                  *self);
gboolean         tpt_relay_journal_claim_deliveries (TptRelayJournal                  *self,
                                                     TptRelayDelivery          *const *deliveries,
                                                     guint                             count,
                                                     GError                          **error);
gboolean         tpt_relay_journal_add_event        (TptRelayJournal                  *self,
                                                     const TptRelayEventRecord        *event,
                                                     GError                          **error);
gboolean         tpt_relay_journal_add_dead_letter  (TptRelayJournal                  *self,
                                                     gint64                            received_at,
                                                     const char                       *reason,
                                                     GBytes                           *box,
                                                     GError                          **error);
gboolean         tpt_relay_journal_add_audit        (TptRelayJournal                  *self,
                                                     gint64                            at,
                                                     const char                       *what,
                                                     gint64                            count,
                                                     GError                          **error);
gboolean         tpt_relay_journal_write_audit      (TptRelayJournal                  *self,
                                                     gint64                            at,
                                                     const char                       *what,
                                                     gint64                            count,
                                                     const char                       *detail,
                                                     GError                          **error);
gboolean         tpt_relay_journal_find_last_audit  (TptRelayJournal                  *self,
                                                     TptRelayAuditRecord             **audit,
                                                     GError                          **error);
GPtrArray       *tpt_relay_journal_list_audit       (TptRelayJournal                  *self,
                                                     gint64                            after,
                                                     guint                             limit,
                                                     GError                          **error);
gboolean         tpt_relay_journal_use_code         (TptRelayJournal                  *self,
                                                     const guint8                     *hash,
                                                     gint64                            expires_at,
                                                     gboolean                         *was_free,
                                                     GError                          **error);
gboolean         tpt_relay_journal_is_code_used     (TptRelayJournal                  *self,
                                                     const guint8                     *hash,
                                                     gboolean                         *is_used,
                                                     GError                          **error);
gboolean         tpt_relay_journal_add_flow         (TptRelayJournal                  *self,
                                                     const TptRelayFlowRecord         *flow,
                                                     gint64                            now,
                                                     gboolean                         *was_free,
                                                     GError                          **error);
gboolean         tpt_relay_journal_take_flow        (TptRelayJournal                  *self,
                                                     const guint8                     *state_hash,
                                                     gint64                            now,
                                                     TptRelayFlowRecord              **flow,
                                                     GError                          **error);
gboolean         tpt_relay_journal_add_channel      (TptRelayJournal                  *self,
                                                     TptRelayChannelRecord            *channel,
                                                     GError                          **error);
gboolean         tpt_relay_journal_add_device       (TptRelayJournal                  *self,
                                                     TptRelayDeviceRecord             *device,
                                                     GError                          **error);
gboolean         tpt_relay_journal_set_device_feed  (TptRelayJournal                  *self,
                                                     gint64                            device,
                                                     const char                       *role,
                                                     gint64                            proved_at,
                                                     GError                          **error);
gboolean         tpt_relay_journal_end_device       (TptRelayJournal                  *self,
                                                     gint64                            device,
                                                     gboolean                         *was_there,
                                                     GError                          **error);
gboolean         tpt_relay_journal_ack              (TptRelayJournal                  *self,
                                                     gint64                            device,
                                                     gint64                            seq,
                                                     gboolean                         *is_known,
                                                     GError                          **error);
gboolean         tpt_relay_journal_erase_person     (TptRelayJournal                  *self,
                                                     const guint8                     *person,
                                                     gint64                           *count,
                                                     GError                          **error);
GPtrArray       *tpt_relay_journal_list_devices     (TptRelayJournal                  *self,
                                                     GError                          **error);
GPtrArray       *tpt_relay_journal_list_channels    (TptRelayJournal                  *self,
                                                     GError                          **error);
gboolean         tpt_relay_journal_get_position     (TptRelayJournal                  *self,
                                                     gint64                            device,
                                                     TptRelayPosition                 *position,
                                                     GError                          **error);
gboolean         tpt_relay_journal_get_held         (TptRelayJournal                  *self,
                                                     const char                       *user,
                                                     gint64                            most,
                                                     gint64                           *bytes,
                                                     GError                          **error);
gboolean         tpt_relay_journal_get_space        (TptRelayJournal                  *self,
                                                     gint64                           *outside,
                                                     gint64                           *inside,
                                                     GError                          **error);
gboolean         tpt_relay_journal_get_counts       (TptRelayJournal                  *self,
                                                     TptRelayJournalCounts            *counts,
                                                     GError                          **error);
GPtrArray       *tpt_relay_journal_list_events      (TptRelayJournal                  *self,
                                                     gint64                            device,
                                                     gint64                            after,
                                                     guint                             limit,
                                                     gsize                             bytes,
                                                     GError                          **error);
gboolean         tpt_relay_journal_take_stream      (TptRelayJournal                  *self,
                                                     gint64                            device,
                                                     GError                          **error);
gboolean         tpt_relay_journal_wait             (TptRelayJournal                  *self,
                                                     int                               fd,
                                                     guint                             milliseconds,
                                                     GError                          **error);
gboolean         tpt_relay_journal_get_changes      (TptRelayJournal                  *self,
                                                     TptRelayChanges                  *changes,
                                                     GError                          **error);
gboolean         tpt_relay_journal_get_clock        (TptRelayJournal                  *self,
                                                     gint64                           *clock,
                                                     GError                          **error);
gboolean         tpt_relay_journal_set_clock        (TptRelayJournal                  *self,
                                                     gint64                            clock,
                                                     GError                          **error);
gboolean         tpt_relay_journal_purge            (TptRelayJournal                  *self,
                                                     gint64                            before,
                                                     gint64                            now,
                                                     GError                          **error);
gboolean         tpt_relay_journal_checkpoint       (TptRelayJournal                  *self,
                                                     GError                          **error);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal.h"

/**
 * tpt_relay_journal_get_held:
 * @user: (nullable): URI of the one for whom it waits; NULL for the dead letters
 * @most: what is more need not be counted
 * @bytes: (out): about what the rows take: of the events for all devices of @user, of the
 *   deliveries that are remembered of that user's channel, or of the dead letters
 *
 * Goes through these rows. Within a transaction, as what it is asked for is about to be written.
 */
gboolean
tpt_relay_journal_get_held (TptRelayJournal  *self,
                            const char       *user,
                            gint64            most,
                            gint64           *bytes,
                            GError          **error)
{
  return TPT_RELAY_JOURNAL_GET_IFACE (self)->get_held (self, user, most, bytes, error);
}

/**
 * tpt_relay_journal_get_space:
 * @outside: (out): free bytes of the disk that the journal is on; -1 where only the database's own
 *   machine knows
 * @inside: (out): bytes of the journal in which there is nothing any more
 */
gboolean
tpt_relay_journal_get_space (TptRelayJournal  *self,
                             gint64           *outside,
                             gint64           *inside,
                             GError          **error)
{
  TptRelayJournalInterface *iface = TPT_RELAY_JOURNAL_GET_IFACE (self);

  *outside = -1;
  *inside = 0;

  return iface->get_space == NULL || iface->get_space (self, outside, inside, error);
}

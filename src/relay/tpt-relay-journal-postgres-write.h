/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-journal.h"

G_BEGIN_DECLS

void     tpt_relay_journal_postgres_write_init  (TptRelayJournalInterface  *iface);
gboolean tpt_relay_journal_postgres_send_events (TptRelayJournal           *journal,
                                                 GError                   **error);

G_END_DECLS

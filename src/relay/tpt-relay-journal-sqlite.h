/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-journal-sqlite-statement.h"
#include "tpt-relay-journal.h"

G_BEGIN_DECLS

#define TPT_TYPE_RELAY_JOURNAL_SQLITE (tpt_relay_journal_sqlite_get_type ())
G_DECLARE_FINAL_TYPE (TptRelayJournalSqlite, tpt_relay_journal_sqlite,
                      TPT, RELAY_JOURNAL_SQLITE, GObject)

TptRelayJournal *tpt_relay_journal_sqlite_open (const char           *path,
                                                TptRelayJournalMode   mode,
                                                GError              **error);
Statements      *statements_of                 (TptRelayJournal      *journal);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-journal-postgres-array.h"
#include "tpt-relay-journal-postgres-link.h"
#include "tpt-relay-journal.h"

G_BEGIN_DECLS

#define TPT_TYPE_RELAY_JOURNAL_POSTGRES (tpt_relay_journal_postgres_get_type ())
G_DECLARE_FINAL_TYPE (TptRelayJournalPostgres, tpt_relay_journal_postgres,
                      TPT, RELAY_JOURNAL_POSTGRES, GObject)

/* The columns of a batch's events until they are sent; one array each, in the order of the
 * statement. */
typedef enum
{
  COLUMN_DEVICE,
  COLUMN_RECEIVED_AT,
  COLUMN_LATE,
  COLUMN_RELAY_KEY,
  COLUMN_NONCE,
  COLUMN_PEOPLE,
  COLUMN_BOX,
  COLUMN_COUNT,
} EventColumn;

/* A transaction under way. The counters are the journal's own, which this one holds locked. @doubt:
 * up to here more may have been sent than is known. */
typedef struct
{
  gint64    head;
  gint64    revision;
  gint64    acks;
  gint64    doubt;
  gboolean  has_changed_directory;
  gboolean  has_acked;
  gboolean  has_news;
  guint     event_count;
  Array    *columns[COLUMN_COUNT];
} Batch;

struct _TptRelayJournalPostgres
{
  GObject              parent_instance;

  char                *conninfo;
  TptRelayJournalMode  mode;
  Link                 link;
  Batch                batch;
  gint64               next_attempt;
  char                *epoch;
  GBytes              *code_key;
};

gboolean         tpt_relay_journal_postgres_check     (const char           *conninfo,
                                                       GError              **error);
TptRelayJournal *tpt_relay_journal_postgres_open      (const char           *conninfo,
                                                       TptRelayJournalMode   mode,
                                                       GError              **error);
Link            *tpt_relay_journal_postgres_get_link  (TptRelayJournal      *journal,
                                                       GError              **error);
const char      *tpt_relay_journal_postgres_get_name  (void);
char            *tpt_relay_journal_postgres_dup_library_version (void);
GBytes          *tpt_relay_journal_postgres_read_meta (TptRelayJournal      *journal,
                                                       const char           *key,
                                                       GError              **error);
Batch           *batch_of                             (TptRelayJournal      *journal);

G_END_DECLS

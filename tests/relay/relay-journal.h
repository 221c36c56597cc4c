/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-journal.h"

/* An empty journal of some engine, in a place of its own. */
typedef struct
{
  char            *directory;
  char            *location;
  TptRelayJournal *writer;
  TptRelayJournal *reader;
} Journal;

typedef void (*JournalTest) (Journal       *self,
                             gconstpointer  data);

void             journal_add_test   (const char       *path,
                                     JournalTest       test);
int              journal_run_tests  (void);
TptRelayJournal *journal_open       (Journal          *self,
                                     TptRelayJournalMode mode);
void             journal_reopen     (Journal          *self);
void             journal_begin      (TptRelayJournal  *writer);
void             journal_commit     (TptRelayJournal  *writer);
gint64           journal_enrol      (Journal          *self,
                                     const char       *name);
gboolean         journal_claim      (TptRelayJournal  *writer,
                                     gint64            channel,
                                     guint             number);
void             journal_put        (TptRelayJournal  *writer,
                                     gint64            device,
                                     gint64            received_at,
                                     guint             number);
void             journal_put_batch  (Journal          *self,
                                     gint64            device,
                                     gint64            received_at,
                                     guint             first,
                                     guint             count);
GPtrArray       *journal_list       (Journal          *self,
                                     gint64            device,
                                     gint64            after);
TptRelayPosition journal_position   (Journal          *self,
                                     gint64            device);
guint            journal_number     (gpointer          event);

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"
#include "tpt-sweep-batch.h"
#include "tpt-sync-report.h"

G_BEGIN_DECLS

/* On the store's thread. What an import has done so far, over all its runs: it is written with each
 * page, so that neither a pause nor a kill makes its last word forget what came before. */

gboolean tpt_import_tally_load   (TptSession            *session,
                                  TptSyncReport         *report,
                                  GHashTable            *counted,
                                  GError               **error);
gboolean tpt_import_tally_count  (TptSession            *session,
                                  guint                 *synced,
                                  GError               **error);
gboolean tpt_import_tally_add    (TptSession            *session,
                                  const TptSweepBatch   *batch,
                                  const TptApplyCounts  *counts,
                                  GError               **error);
gboolean tpt_import_tally_forget (TptSession            *session,
                                  GError               **error);
gboolean tpt_import_tally_swap   (TptSession            *session,
                                  GError               **error);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-apply.h"
#include "tpt-sweep-batch.h"

G_BEGIN_DECLS

/* Pages that are written together, in the order in which they came. */
typedef struct
{
  GPtrArray *batches;      /* (element-type TptSweepBatch) */
  GPtrArray *meetings;     /* (element-type TptMeeting): of all of them */
} TptSweepGroup;

guint          tpt_sweep_group_count (GQueue                *batches);
TptSweepGroup *tpt_sweep_group_new   (GQueue                *batches,
                                      guint                  count);
void           tpt_sweep_group_free  (TptSweepGroup         *self);
gboolean       tpt_sweep_group_note  (TptSession            *session,
                                      const TptApplyCounts  *counts,
                                      gpointer               group,
                                      GError               **error);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sweep-group.h"

static gboolean
is_ready (const TptSweepBatch *batch)
{
  return batch != NULL && batch->is_compared && batch->waiting == 0;
}

/** tpt_sweep_group_count: how many of @batches, from the first on, miss nothing any more */
guint
tpt_sweep_group_count (GQueue *batches)
{
  guint count = 0;

  while (is_ready (g_queue_peek_nth (batches, count)))
    count++;

  return count;
}

static void
add (TptSweepGroup *self,
     TptSweepBatch *batch)
{
  for (guint i = 0; i < batch->meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (batch->meetings, i);

      tpt_apply_stamp (meeting, TPT_SOURCE_POLL, batch->seen_at);
      g_ptr_array_add (self->meetings, g_object_ref (meeting));
    }
  g_ptr_array_add (self->batches, batch);
}

/** tpt_sweep_group_new: takes the first @count of @batches, as they will be written */
TptSweepGroup *
tpt_sweep_group_new (GQueue *batches,
                     guint   count)
{
  TptSweepGroup *self = g_new0 (TptSweepGroup, 1);

  self->batches = g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_sweep_batch_free);
  self->meetings = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < count; i++)
    add (self, g_queue_pop_head (batches));

  return self;
}

void
tpt_sweep_group_free (TptSweepGroup *self)
{
  g_ptr_array_unref (self->batches);
  g_ptr_array_unref (self->meetings);
  g_free (self);
}

/**
 * tpt_sweep_group_note:
 * @group: a #TptSweepGroup
 *
 * A #TptApplyFunc: tpt_sweep_batch_note() of each. What was done counts for all together.
 */
gboolean
tpt_sweep_group_note (TptSession            *session,
                      const TptApplyCounts  *counts,
                      gpointer               group,
                      GError               **error)
{
  static const TptApplyCounts none = { 0 };
  TptSweepGroup *self = group;

  for (guint i = 0; i < self->batches->len; i++)
    {
      if (!tpt_sweep_batch_note (session, i == 0 ? counts : &none,
                                 g_ptr_array_index (self->batches, i), error))
        return FALSE;
    }

  return TRUE;
}

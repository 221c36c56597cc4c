/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sync-report.h"

G_DEFINE_BOXED_TYPE (TptSyncReport, tpt_sync_report, tpt_sync_report_copy, tpt_sync_report_free)

static void
failure_free (TptSyncFailure *failure)
{
  g_free (failure->uri);
  g_free (failure->reason);
  g_free (failure);
}

TptSyncReport *
tpt_sync_report_new (void)
{
  TptSyncReport *self = g_new0 (TptSyncReport, 1);

  self->failed = g_ptr_array_new_with_free_func ((GDestroyNotify) failure_free);

  return self;
}

TptSyncReport *
tpt_sync_report_copy (const TptSyncReport *self)
{
  TptSyncReport *copy = tpt_sync_report_new ();
  GPtrArray *failed = copy->failed;

  *copy = *self;
  copy->failed = failed;
  for (guint i = 0; i < self->failed->len; i++)
    {
      const TptSyncFailure *failure = g_ptr_array_index (self->failed, i);

      tpt_sync_report_add_failure (copy, failure->uri, failure->reason);
    }

  return copy;
}

void
tpt_sync_report_free (TptSyncReport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->failed);
  g_free (self);
}

/* @uri may be "" where a record does not even have that. */
void
tpt_sync_report_add_failure (TptSyncReport *self,
                             const char    *uri,
                             const char    *reason)
{
  TptSyncFailure *failure = g_new0 (TptSyncFailure, 1);

  failure->uri = g_strdup (uri);
  failure->reason = g_strdup (reason);
  g_ptr_array_add (self->failed, failure);
}

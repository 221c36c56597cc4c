/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "tpt-time.h"

G_BEGIN_DECLS

/* A record that could not be taken, and why. */
typedef struct
{
  char *uri;
  char *reason;
} TptSyncFailure;

#define TPT_TYPE_SYNC_REPORT (tpt_sync_report_get_type ())

/* What a sync did. The first four count events: each seen is created, updated or unchanged. */
typedef struct
{
  guint synced;
  guint created;
  guint updated;
  guint unchanged;
  guint requests;
  guint retries;
  gint64 duration_ms;
  GPtrArray *failed;       /* (element-type TptSyncFailure) */
} TptSyncReport;

/* How far a sync has come. */
typedef struct
{
  double fraction;         /* 0…1 */
  TptTime reached;         /* the start that it has come to; TPT_TIME_NONE: none yet */
  guint synced;
  guint created;
  guint updated;
  guint failed;
} TptSyncProgress;

GType          tpt_sync_report_get_type    (void);
TptSyncReport *tpt_sync_report_new         (void);
TptSyncReport *tpt_sync_report_copy        (const TptSyncReport *self);
void           tpt_sync_report_free        (TptSyncReport       *self);
void           tpt_sync_report_add_failure (TptSyncReport       *self,
                                            const char          *uri,
                                            const char          *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptSyncReport, tpt_sync_report_free)

G_END_DECLS

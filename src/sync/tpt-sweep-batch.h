/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-apply.h"
#include "tpt-collection.h"
#include "tpt-page.h"

G_BEGIN_DECLS

/* One page of events on its way into the store. */
typedef struct
{
  GPtrArray *meetings;     /* (element-type TptMeeting): still to be written */
  GPtrArray *wanting;      /* (element-type TptMeeting): those of them whose invitees are missing */
  GPtrArray *failures;     /* (element-type TptRecordFailure) */
  TptTime seen_at;
  TptTime now;
  TptTime begun;           /* as in TptPull */
  gboolean looks_ahead;    /* as in TptPull */
  TptTime first;           /* start of the page's first event */
  TptTime reached;         /* start of its last one */
  GString *edge;           /* URIs of the events that start then, with blanks between them */
  TptSweepKind kind;       /* how far any but the near ones have come is noted */
  GHashTable *suspects;    /* (element-type utf8) borrowed: events to look into again, or NULL */
  GHashTable *counted;     /* (element-type utf8) borrowed: what an earlier run has told of */
  TptTimeRange told;       /* what was made then, the relay should have told before, … */
  gboolean is_told;        /* … if it tells anything at all */
  GHashTable *before;      /* of TptMeeting as it is stored, by the one of @wanting; if @is_told */
  GHashTable *missed;      /* (element-type utf8) borrowed: what was not told, on all pages */
  guint n_missed;          /* here */
  guint unchanged;
  guint waiting;           /* of @wanting, those that are neither taken nor set aside */
  gboolean is_compared;
} TptSweepBatch;

TptSweepBatch *tpt_sweep_batch_new            (TptPage               *page,
                                               const TptPull         *pull,
                                               TptTime                seen_at);
void           tpt_sweep_batch_free           (TptSweepBatch         *self);
gboolean       tpt_sweep_batch_compare        (TptSession            *session,
                                               gpointer               batch,
                                               GError               **error);
void           tpt_sweep_batch_set_aside      (TptSweepBatch         *self,
                                               TptMeeting            *meeting,
                                               const char            *reason);
void           tpt_sweep_batch_skip           (TptSweepBatch         *self,
                                               TptMeeting            *meeting);
void           tpt_sweep_batch_take           (TptSweepBatch         *self,
                                               TptMeeting            *meeting,
                                               TptPage               *invitees);
void           tpt_sweep_batch_report         (TptSweepBatch         *self,
                                               const TptApplyCounts  *counts,
                                               TptPull               *pull);
gboolean       tpt_sweep_batch_has_news       (TptSweepBatch         *self);
gboolean       tpt_sweep_batch_note           (TptSession            *session,
                                               const TptApplyCounts  *counts,
                                               gpointer               batch,
                                               GError               **error);
gboolean       tpt_sweep_batch_needs_invitees (TptMeeting            *fact,
                                               TptMeeting            *stored,
                                               TptTime                now,
                                               gboolean               looks_ahead);

G_END_DECLS

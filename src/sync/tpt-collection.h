/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"
#include "tpt-sync-plan.h"
#include "tpt-sync-report.h"

G_BEGIN_DECLS

/* A page more is done. */
typedef void (*TptPullProgressFunc) (const TptSyncProgress *progress,
                                     gpointer               user_data);

/* One sync as its collections see it. Lives until they are done. */
typedef struct
{
  TptUser *account;
  TptSyncPlan plan;
  TptTime now;
  gboolean looks_ahead;    /* it is time to look again at what was seen while the clock was ahead */
  gboolean is_routine;     /* nobody asked for it: what was refused a moment ago is left alone */
  TptSyncReport *report;
  GHashTable *suspects;    /* (element-type utf8): URIs of events to look into again, or NULL */
  GHashTable *aside;       /* (element-type utf8): URIs of events that are set aside in part */
  GHashTable *unseen;      /* (element-type utf8): those of @aside that were on no page so far */
  GHashTable *counted;     /* (element-type utf8): URIs that are in the report already, or NULL */
  TptTime begun;           /* when the sweep began of which this is the rest, or now */
  TptTime live_since;      /* from when on the relay has told of everything, or TPT_TIME_NONE */
  GHashTable *listed;      /* (element-type utf8): URIs of what the service has ahead of now */
  gboolean is_everyones;   /* what was listed is that of all colleagues */
  gboolean is_own_told;    /* why it is not is in the report */
  GHashTable *missed;      /* (element-type utf8): what it has not told, as far as that is found */
  TptPullProgressFunc progress;
  gpointer progress_data;
} TptPull;

/* An event that may have been marked is looked into again after so long. */
#define TPT_LOOK_AGAIN (6 * TPT_HOUR)

/* When the last sweep of everything that came to its end began. */
#define TPT_SETTING_FULL_AT "sync.full-at"

/* Where an interrupted full sweep has come to in the past and behind the near days, and when it
 * began. */
#define TPT_SETTING_REACHED "sync.reached-back"
#define TPT_SETTING_REACHED_AHEAD "sync.reached-ahead"
#define TPT_SETTING_REACHED_AT "sync.reached-at"

#define TPT_TYPE_COLLECTION (tpt_collection_get_type ())

/**
 * TptCollection:
 *
 * One kind of record that can be pulled from the service into the store.
 */
G_DECLARE_INTERFACE (TptCollection, tpt_collection, TPT, COLLECTION, GObject)

struct _TptCollectionInterface
{
  GTypeInterface parent_interface;

  void     (*pull_async)  (TptCollection        *self,
                           TptPull              *pull,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data);
  gboolean (*pull_finish) (TptCollection        *self,
                           GAsyncResult         *result,
                           GError              **error);
};

void     tpt_collection_pull_async  (TptCollection        *self,
                                     TptPull              *pull,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean tpt_collection_pull_finish (TptCollection        *self,
                                     GAsyncResult         *result,
                                     GError              **error);
gboolean tpt_pull_is_about_record   (const GError         *error,
                                     guint                *failed);

G_END_DECLS

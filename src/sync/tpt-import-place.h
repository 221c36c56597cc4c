/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"
#include "tpt-sync-plan.h"

G_BEGIN_DECLS

/* Where the import of a range of days has come to, as the store knows it. */
typedef struct
{
  TptTimeRange range;      /* both sides open: there is no import to go on with */
  TptTime reached;
  TptTime reached_at;
  guint synced;            /* events of it that were looked at so far */
  gboolean goes_on;        /* by itself, when the program starts */
} TptImportPlace;

/* Each a #TptStoreFunc. */
gboolean        tpt_import_place_load        (TptSession           *session,
                                              gpointer              place,
                                              GError              **error);
gboolean        tpt_import_place_go_on       (TptSession           *session,
                                              gpointer              nothing,
                                              GError              **error);
gboolean        tpt_import_place_rest        (TptSession           *session,
                                              gpointer              nothing,
                                              GError              **error);
gboolean        tpt_import_place_forget      (TptSession           *session,
                                              gpointer              range,
                                              GError              **error);

gboolean        tpt_import_place_begin       (TptSession           *session,
                                              const TptTimeRange   *range,
                                              TptImportPlace       *place,
                                              GError              **error);
gboolean        tpt_import_place_end         (TptSession           *session,
                                              GError              **error);
gboolean        tpt_import_place_save        (TptSession           *session,
                                              TptTime               reached,
                                              TptTime               now,
                                              GError              **error);

void            tpt_import_place_read_async  (TptStore             *store,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
TptImportPlace *tpt_import_place_read_finish (TptStore             *store,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS

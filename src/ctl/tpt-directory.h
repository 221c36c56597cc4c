/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

#define TPT_TYPE_DIRECTORY (tpt_directory_get_type ())

/* Everybody and everything that records refer to by a row or a URI, as of one moment. */
G_DECLARE_FINAL_TYPE (TptDirectory, tpt_directory, TPT, DIRECTORY, GObject)

struct _TptDirectory
{
  GObject parent_instance;

  GPtrArray *customers;    /* (element-type TptCustomer) */
  GPtrArray *event_types;  /* (element-type TptEventType) */
  TptTime now;
  gint64 customer;         /* row: whose meetings are told of, 0 everybody's */
};

void          tpt_directory_load_async        (TptStore             *store,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
TptDirectory *tpt_directory_load_finish       (GAsyncResult         *result,
                                               GError              **error);
TptCustomer  *tpt_directory_find_customer     (TptDirectory         *self,
                                               gint64                row);
TptEventType *tpt_directory_find_event_type   (TptDirectory         *self,
                                               const char           *uri);
TptCustomer  *tpt_directory_choose_customer   (TptDirectory         *self,
                                               const char           *text,
                                               GError              **error);
TptOutcome    tpt_directory_get_outcome       (TptDirectory         *self,
                                               TptMeeting           *meeting);
gboolean      tpt_directory_is_called         (const char           *name,
                                               const char           *text);
TptEventType *tpt_directory_choose_event_type (TptDirectory         *self,
                                               const char           *text,
                                               GError              **error);

G_END_DECLS

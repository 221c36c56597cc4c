/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-directory.h"
#include "tpt-invocation.h"

G_BEGIN_DECLS

/* Which meetings a command is about, as it was typed. */
typedef struct
{
  char *customer;
  char *status;
  char *from;
  char *to;
  char *host;
  char *document;
  char *search;
  char *most;
  guint64 limit;           /* that as a number */
  TptOutcome outcome;      /* of status */
  TptDirectory *directory; /* there once they are loaded */
} TptMeetingFilter;

TptMeetingFilter *tpt_meeting_filter_new          (void);
void              tpt_meeting_filter_free         (TptMeetingFilter     *self);
GOptionEntry     *tpt_meeting_filter_make_entries (TptMeetingFilter     *self,
                                                   const GOptionEntry   *more);
gboolean          tpt_meeting_filter_check        (TptMeetingFilter     *self,
                                                   GError              **error);
void              tpt_meeting_filter_load_async   (TptMeetingFilter     *self,
                                                   TptServices          *services,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
GPtrArray        *tpt_meeting_filter_load_finish  (GAsyncResult         *result,
                                                   GError              **error);

G_END_DECLS

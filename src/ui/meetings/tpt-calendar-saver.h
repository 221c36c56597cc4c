/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tpt-meeting.h"

G_BEGIN_DECLS

void  tpt_calendar_saver_ask_async    (GtkWindow            *parent,
                                       const GPtrArray      *meetings,
                                       const char           *subject,
                                       TptTime               now,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
void  tpt_calendar_saver_write_async  (GFile                *file,
                                       const GPtrArray      *meetings,
                                       TptTime               now,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
char *tpt_calendar_saver_finish       (GAsyncResult         *result,
                                       GError              **error);
char *tpt_calendar_saver_describe     (GAsyncResult         *result);

G_END_DECLS

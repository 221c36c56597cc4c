/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/**
 * TptHostNames:
 *
 * Who the members of the organisation are: colleagues, wherever their addresses are. Older events
 * name their hosts by URI alone (`user_name` and `user_email` may be absent, API reference,
 * `GET /scheduled_events`).
 */
typedef struct _TptHostNames TptHostNames;

TptHostNames *tpt_host_names_new        (TptUser       *account);
void          tpt_host_names_free       (TptHostNames  *self);
void          tpt_host_names_add        (TptHostNames  *self,
                                         TptUser       *member);
gboolean      tpt_host_names_is_due     (TptHostNames  *self,
                                         TptTime        now,
                                         gboolean       is_routine);
void          tpt_host_names_set_missed (TptHostNames  *self,
                                         TptTime        missed_at);
gboolean      tpt_host_names_load       (TptSession    *session,
                                         gpointer       names,
                                         GError       **error);
gboolean      tpt_host_names_save       (TptSession    *session,
                                         TptHostNames  *self,
                                         gboolean      *is_new,
                                         GError       **error);
GStrv         tpt_host_names_get_emails (TptHostNames  *self);
void          tpt_host_names_fill       (TptHostNames  *self,
                                         TptMeeting    *meeting);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptHostNames, tpt_host_names_free)

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-session.h"

G_BEGIN_DECLS

/* An invitee as a row: the columns in one place, for everything that reads or writes one. */

#define TPT_INVITEE_RECORD_SELECT                                                                  \
  "SELECT i.id, i.uri, m.uri, i.customer, i.stakeholder, i.match, i.previous, i.created_at, "      \
  "i.updated_at, i.seen_at, i.no_show_at, i.canceled_at, i.canceler, i.canceled, i.rescheduled, "  \
  "i.no_show_local, i.confirmed, i.old_invitee, i.new_invitee, i.no_show_uri, i.scheduled_by, "    \
  "(SELECT l.tracking FROM links AS l WHERE l.invitee = i.uri ORDER BY l.id LIMIT 1), i.sealed "   \
  "FROM invitees AS i JOIN meetings AS m ON m.id = i.meeting "

TptInvitee *tpt_invitee_record_read       (TptSession    *session,
                                           TptStatement  *statement,
                                           GError       **error);
gboolean    tpt_invitee_record_insert     (TptSession    *session,
                                           TptInvitee    *invitee,
                                           gint64         meeting,
                                           gint64         previous,
                                           GError       **error);
gboolean    tpt_invitee_record_update     (TptSession    *session,
                                           TptInvitee    *invitee,
                                           gint64         meeting,
                                           GError       **error);
char       *tpt_invitee_record_take_email (TptPack       *pack);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-match.h"
#include "tpt-meeting.h"

G_BEGIN_DECLS

#define TPT_TYPE_INBOX_ENTRY (tpt_inbox_entry_get_type ())

/* Somebody who came to meetings and belongs to no customer. Filled by who makes it, read-only from
 * then on. */
G_DECLARE_FINAL_TYPE (TptInboxEntry, tpt_inbox_entry, TPT, INBOX_ENTRY, GObject)

struct _TptInboxEntry
{
  GObject parent_instance;

  char *key;               /* the address, normalized; without one the URI */
  GPtrArray *invitees;     /* (element-type TptInvitee) of one address, the latest meeting first */
  GPtrArray *meetings;     /* (element-type TptMeeting) theirs, in the same order */
  TptMatch *match;         /* why, and whose they may be */
  char *explanation;       /* why, as a sentence */
};

TptInboxEntry *tpt_inbox_entry_new              (void);
TptInvitee    *tpt_inbox_entry_get_invitee      (TptInboxEntry *self);
const char    *tpt_inbox_entry_get_label        (TptInboxEntry *self);
void           tpt_inbox_entry_collect_meetings (TptInboxEntry *self,
                                                 GHashTable    *uris);
char          *tpt_inbox_entry_dup_domain       (TptInboxEntry *self);
gboolean       tpt_inbox_entry_is_news_of       (TptInboxEntry  *self,
                                                 TptStakeholder *person);
GStrv          tpt_inbox_entry_list_uris        (TptInboxEntry *self);

G_END_DECLS

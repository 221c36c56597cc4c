/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* On the store's thread. What is not there is no error: the result is then NULL or empty. */

/* What matching needs to know of an invitee. */
typedef struct
{
  gint64 id;
  gint64 customer;
  gint64 stakeholder;
  TptMatchReason match;
  char *email;
} TptInviteeMatch;

void     tpt_invitee_match_free            (TptInviteeMatch  *self);

gboolean tpt_invitees_table_find           (TptSession       *session,
                                            const char       *uri,
                                            TptInvitee      **invitee,
                                            GError          **error);
gboolean tpt_invitees_table_list_meeting   (TptSession       *session,
                                            gint64            meeting,
                                            GPtrArray        *invitees,
                                            GError          **error);
gboolean tpt_invitees_table_list_customer  (TptSession       *session,
                                            gint64            customer,
                                            GPtrArray       **invitees,
                                            GError          **error);
gboolean tpt_invitees_table_list_email     (TptSession       *session,
                                            const char       *email,
                                            GPtrArray       **invitees,
                                            GError          **error);
gboolean tpt_invitees_table_list_tracking  (TptSession       *session,
                                            const char       *utm_content,
                                            GPtrArray       **invitees,
                                            GError          **error);
gboolean tpt_invitees_table_list_neighbors (TptSession       *session,
                                            const char       *uri,
                                            GPtrArray       **invitees,
                                            GError          **error);
gboolean tpt_invitees_table_list_chain     (TptSession       *session,
                                            const char       *uri,
                                            GPtrArray       **invitees,
                                            GError          **error);
gboolean tpt_invitees_table_list_matches   (TptSession       *session,
                                            GPtrArray       **matches,
                                            GError          **error);
gboolean tpt_invitees_table_list_chosen    (TptSession       *session,
                                            GPtrArray       **matches,
                                            GError          **error);
gboolean tpt_invitees_table_save_chained   (TptSession       *session,
                                            TptInvitee       *invitee,
                                            GError          **error);
gboolean tpt_invitees_table_save           (TptSession       *session,
                                            TptInvitee       *invitee,
                                            GError          **error);
gboolean tpt_invitees_table_save_joined    (TptSession       *session,
                                            TptInvitee       *invitee,
                                            gint64            meeting,
                                            GError          **error);
gboolean tpt_invitees_table_set_match      (TptSession       *session,
                                            gint64            row,
                                            gint64            customer,
                                            gint64            stakeholder,
                                            TptMatchReason    match,
                                            GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptInviteeMatch, tpt_invitee_match_free)

G_END_DECLS

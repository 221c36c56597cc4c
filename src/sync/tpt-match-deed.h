/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-match-step.h"
#include "tpt-store.h"

G_BEGIN_DECLS

/**
 * TptMatchDeed:
 *
 * What a person does to customers, rules and invitees in one go, on the store's thread: every
 * change that goes through it can be taken back.
 */
typedef struct _TptMatchDeed TptMatchDeed;

TptMatchDeed *tpt_match_deed_new                (TptSession      *session);
void          tpt_match_deed_free               (TptMatchDeed    *self);
TptSession   *tpt_match_deed_get_session        (TptMatchDeed    *self);
const GPtrArray *tpt_match_deed_get_steps       (TptMatchDeed    *self);
TptMatchStep *tpt_match_deed_note               (TptMatchDeed      *self,
                                                 TptMatchStepKind   kind);
gboolean      tpt_match_deed_choose             (TptMatchDeed    *self,
                                                 TptInvitee      *invitee,
                                                 gint64           customer,
                                                 gint64           stakeholder,
                                                 TptMatchReason   reason,
                                                 GError         **error);
gboolean      tpt_match_deed_set_rule           (TptMatchDeed    *self,
                                                 TptMatchRule    *rule,
                                                 GError         **error);
gboolean      tpt_match_deed_remove_rule        (TptMatchDeed    *self,
                                                 TptMatchRule    *rule,
                                                 GError         **error);
gboolean      tpt_match_deed_add_customer       (TptMatchDeed    *self,
                                                 TptCustomer     *customer,
                                                 GError         **error);
gboolean      tpt_match_deed_remove_customer    (TptMatchDeed    *self,
                                                 TptCustomer     *customer,
                                                 GError         **error);
gboolean      tpt_match_deed_fill_customer      (TptMatchDeed    *self,
                                                 TptCustomer     *customer,
                                                 TptCustomer     *from,
                                                 GError         **error);
gboolean      tpt_match_deed_take_domains       (TptMatchDeed        *self,
                                                 TptCustomer         *customer,
                                                 const char *const   *domains,
                                                 GError             **error);
gboolean      tpt_match_deed_move_stakeholder   (TptMatchDeed    *self,
                                                 TptStakeholder  *stakeholder,
                                                 gint64           customer,
                                                 GError         **error);
gboolean      tpt_match_deed_remove_stakeholder (TptMatchDeed    *self,
                                                 TptStakeholder  *stakeholder,
                                                 GError         **error);
gboolean      tpt_match_deed_set_emails         (TptMatchDeed        *self,
                                                 TptStakeholder      *stakeholder,
                                                 const char *const   *emails,
                                                 GError             **error);
gboolean      tpt_match_deed_move_link          (TptMatchDeed    *self,
                                                 TptLink         *link,
                                                 TptCustomer     *customer,
                                                 gint64           stakeholder,
                                                 GError         **error);
gboolean      tpt_match_deed_keep               (TptMatchDeed    *self,
                                                 gint64          *action,
                                                 GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptMatchDeed, tpt_match_deed_free)

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-view-memory.h"

G_BEGIN_DECLS

/**
 * TptViewState:
 * @TPT_VIEW_OWN: the account's own meetings, as was chosen
 * @TPT_VIEW_EVERYONE: those of everybody in the organisation
 * @TPT_VIEW_NO_ROLE: everybody's were chosen, but the role does not allow it (any more)
 * @TPT_VIEW_REFUSED: everybody's were chosen, but the service refused
 */
typedef enum
{
  TPT_VIEW_OWN,
  TPT_VIEW_EVERYONE,
  TPT_VIEW_NO_ROLE,
  TPT_VIEW_REFUSED,
} TptViewState;

#define TPT_TYPE_ORGANIZATION_VIEW (tpt_organization_view_get_type ())

/**
 * TptOrganizationView:
 *
 * Whether the meetings of the whole organisation are looked at, or the account's own. Belongs to
 * the record of the account. Property `state` (int, TptViewState) notifies.
 *
 * Signal `switching`: what was asked for before is not wanted any more.
 */
G_DECLARE_FINAL_TYPE (TptOrganizationView, tpt_organization_view, TPT, ORGANIZATION_VIEW, GObject)

TptOrganizationView *tpt_organization_view_new           (TptStore              *store);
void                 tpt_organization_view_set           (TptOrganizationView   *self,
                                                          TptUser               *account,
                                                          const TptViewMemory   *memory);
TptViewState         tpt_organization_view_get_state     (TptOrganizationView   *self);
gboolean             tpt_organization_view_is_wanted     (TptOrganizationView   *self);
gboolean             tpt_organization_view_is_possible   (TptOrganizationView   *self);
const char          *tpt_organization_view_get_reason    (TptOrganizationView   *self);
gboolean             tpt_organization_view_may_ask       (TptOrganizationView   *self,
                                                          TptTime                now);
gboolean             tpt_organization_view_takes         (TptOrganizationView   *self,
                                                          TptMeeting            *meeting);
void                 tpt_organization_view_note_answer   (TptOrganizationView   *self,
                                                          TptTime                now,
                                                          const GError          *refusal);
void                 tpt_organization_view_count_async   (TptOrganizationView   *self,
                                                          GCancellable          *cancellable,
                                                          GAsyncReadyCallback    callback,
                                                          gpointer               user_data);
void                 tpt_organization_view_switch_async  (TptOrganizationView   *self,
                                                          gboolean               everyone,
                                                          GCancellable          *cancellable,
                                                          GAsyncReadyCallback    callback,
                                                          gpointer               user_data);
gboolean             tpt_organization_view_finish        (TptOrganizationView   *self,
                                                          GAsyncResult          *result,
                                                          TptColleagueMeetings  *counts,
                                                          GError               **error);

G_END_DECLS

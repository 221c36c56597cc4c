/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* URI of the event type that a person prefers, in the settings. */
#define TPT_SETTING_EVENT_TYPE "link.event-type"

/* Whom to write to and what to offer, by what is stored of the customer. On the store's thread. */

gboolean tpt_link_choice_find (TptSession      *session,
                               TptTime          now,
                               GTimeZone       *zone,
                               TptCustomer     *customer,
                               int              cadence_days,
                               TptStakeholder **stakeholder,
                               TptEventType   **event_type,
                               char           **reason,
                               GError         **error);

G_END_DECLS

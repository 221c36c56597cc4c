/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-api-client.h"
#include "tpt-apply.h"
#include "tpt-collection.h"
#include "tpt-organization-view.h"

G_BEGIN_DECLS

#define TPT_TYPE_SCHEDULED_EVENTS (tpt_scheduled_events_get_type ())

/* The account's events in a range of starts, or everybody's in its organisation, with their
 * invitees. */
G_DECLARE_FINAL_TYPE (TptScheduledEvents, tpt_scheduled_events, TPT, SCHEDULED_EVENTS, GObject)

TptCollection *tpt_scheduled_events_new (TptApiClient        *client,
                                         TptStore            *store,
                                         TptApply            *apply,
                                         TptOrganizationView *view);

G_END_DECLS

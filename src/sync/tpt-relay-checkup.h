/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-relay-listener.h"

G_BEGIN_DECLS

/**
 * TptRelayCheck:
 * @TPT_RELAY_CHECK_REACHABLE: the relay answers
 * @TPT_RELAY_CHECK_ENROLLED: it knows this computer, and its stream is open
 * @TPT_RELAY_CHECK_PERMITTED: plan, scopes and role allow webhooks
 * @TPT_RELAY_CHECK_SUBSCRIBED: there is one active subscription, and it is ours
 * @TPT_RELAY_CHECK_ARRIVED: a test event went all the way
 */
typedef enum
{
  TPT_RELAY_CHECK_REACHABLE,
  TPT_RELAY_CHECK_ENROLLED,
  TPT_RELAY_CHECK_PERMITTED,
  TPT_RELAY_CHECK_SUBSCRIBED,
  TPT_RELAY_CHECK_ARRIVED,
  TPT_RELAY_CHECKS,
} TptRelayCheck;

/**
 * TptRelayCheckState:
 * @TPT_RELAY_CHECK_OPEN: not looked at, perhaps because an earlier one failed
 * @TPT_RELAY_CHECK_RUNNING: being looked at
 * @TPT_RELAY_CHECK_GOOD: as it should be
 * @TPT_RELAY_CHECK_BAD: it is not; the message says why
 */
typedef enum
{
  TPT_RELAY_CHECK_OPEN,
  TPT_RELAY_CHECK_RUNNING,
  TPT_RELAY_CHECK_GOOD,
  TPT_RELAY_CHECK_BAD,
} TptRelayCheckState;

#define TPT_TYPE_RELAY_CHECKUP (tpt_relay_checkup_get_type ())

/**
 * TptRelayCheckup:
 *
 * Goes through everything that has to be right for bookings to arrive at once, in order, and stops
 * at the first that is not.
 *
 * Signal `changed`: a check has another state.
 */
G_DECLARE_FINAL_TYPE (TptRelayCheckup, tpt_relay_checkup, TPT, RELAY_CHECKUP, GObject)

TptRelayCheckup    *tpt_relay_checkup_new         (TptRelayListener     *listener);
void                tpt_relay_checkup_run_async   (TptRelayCheckup      *self,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean            tpt_relay_checkup_run_finish  (TptRelayCheckup      *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
TptRelayCheckState  tpt_relay_checkup_get_state   (TptRelayCheckup      *self,
                                                   TptRelayCheck         check);
const char         *tpt_relay_checkup_get_message (TptRelayCheckup      *self);
const char         *tpt_relay_check_get_title     (TptRelayCheck         check);
const char         *tpt_relay_check_get_advice    (TptRelayCheck         check);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-apply.h"
#include "tpt-connection.h"
#include "tpt-token-store.h"

G_BEGIN_DECLS

typedef struct _TptApiClient TptApiClient;

/* Who has heard of the end of an enrolment, once that is finished. */
typedef struct
{
  gboolean relay;
  gboolean service;        /* the webhook subscription is deleted */
} TptListenerHeard;

typedef enum
{
  TPT_RELAY_NONE,          /* no relay is set */
  TPT_RELAY_CONNECTING,
  TPT_RELAY_LIVE,
  TPT_RELAY_RECONNECTING,
  TPT_RELAY_REFUSED,       /* the relay does not know this device any more */
  TPT_RELAY_WAITING,       /* set, and enrolled as soon as somebody signs in */
} TptRelayState;

#define TPT_TYPE_RELAY_LISTENER (tpt_relay_listener_get_type ())

/**
 * TptRelayListener:
 *
 * Holds the stream of the relay open, applies what comes and acknowledges it after the commit.
 * Properties `state` (int, TptRelayState), `url` (string or %NULL), `last-event-at` (int64) notify.
 *
 * Signal `doubt`: something may have been missed; sync.
 */
G_DECLARE_FINAL_TYPE (TptRelayListener, tpt_relay_listener, TPT, RELAY_LISTENER, GObject)

TptRelayListener *tpt_relay_listener_new               (TptConnection        *connection,
                                                        TptApiClient         *client,
                                                        TptApply             *apply,
                                                        TptTokenStore        *secrets);
void              tpt_relay_listener_load_async        (TptRelayListener     *self,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean          tpt_relay_listener_load_finish       (TptRelayListener     *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);
const char       *tpt_relay_listener_get_message       (TptRelayListener     *self);
TptRelayState     tpt_relay_listener_get_state         (TptRelayListener     *self);
gboolean          tpt_relay_listener_is_delivering     (TptRelayListener     *self);
gboolean          tpt_relay_listener_has_feed          (TptRelayListener     *self);
const char       *tpt_relay_state_to_string            (TptRelayState         state);
const char       *tpt_relay_listener_get_url           (TptRelayListener     *self);
TptTime           tpt_relay_listener_get_last_event_at (TptRelayListener     *self);
const char       *tpt_relay_listener_get_bearer        (TptRelayListener     *self);
const char       *tpt_relay_listener_get_device        (TptRelayListener     *self);
const char       *tpt_relay_listener_get_webhook_url   (TptRelayListener     *self);
const char       *tpt_relay_listener_get_webhook_uri   (TptRelayListener     *self);
const char       *tpt_relay_listener_get_webhook_state (TptRelayListener     *self);
void              tpt_relay_listener_start             (TptRelayListener     *self);
void              tpt_relay_listener_stop              (TptRelayListener     *self);
void              tpt_relay_listener_enrol_async       (TptRelayListener     *self,
                                                        const char           *url,
                                                        const char           *code,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean          tpt_relay_listener_enrol_finish      (TptRelayListener     *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);
void              tpt_relay_listener_settle_async      (TptRelayListener     *self,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean          tpt_relay_listener_settle_finish     (TptRelayListener     *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);
void              tpt_relay_listener_test_async        (TptRelayListener     *self,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean          tpt_relay_listener_test_finish       (TptRelayListener     *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);
void              tpt_relay_listener_restore_async     (TptRelayListener     *self,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
void              tpt_relay_listener_forget_async      (TptRelayListener     *self,
                                                        TptListenerHeard     *heard,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean          tpt_relay_listener_forget_finish     (TptRelayListener     *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);

G_END_DECLS

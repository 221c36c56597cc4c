/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "tpt-relay-box.h"
#include "tpt-relay-cursor.h"
#include "tpt-relay-frame.h"

G_BEGIN_DECLS

/* The events of GET /v1/events. */
#define TPT_RELAY_EVENT_HELLO   "hello"
#define TPT_RELAY_EVENT_WEBHOOK "webhook"
#define TPT_RELAY_EVENT_GAP     "gap"

/**
 * TptRelayHello:
 * @head: the newest event in the journal
 * @oldest: the oldest event that this device could still get
 *
 * The first event of a stream.
 */
typedef struct
{
  TptRelayCursor head;
  TptRelayCursor oldest;
  guint          heartbeat_seconds;
} TptRelayHello;

/**
 * TptRelayGap:
 * @is_reset: the cursor is of another journal; @oldest is empty then
 *
 * Events between the cursor and @oldest are gone: reconcile by polling.
 */
typedef struct
{
  gboolean       is_reset;
  TptRelayCursor oldest;
} TptRelayGap;

/**
 * TptRelayWebhook:
 * @received_at: RFC 3339, UTC
 * @late: the signature is right but its time was not: check the resource against the API
 * @box: the raw body, sealed for the device
 */
typedef struct
{
  char     *received_at;
  gboolean  late;
  guint8    relay_key[TPT_RELAY_KEY_SIZE];
  guint8    nonce[TPT_RELAY_NONCE_SIZE];
  GBytes   *box;
} TptRelayWebhook;

/**
 * TptRelayEnrolmentRequest:
 * @subscription: how the desktop subscribes to webhooks: "app" or "personal"
 * @public_key: base64 of the device's X25519 key
 *
 * Body of POST /v1/devices.
 */
typedef struct
{
  char     *enrolment_code;
  char     *calendly_token;
  char     *public_key;
  char     *name;
  char     *subscription;
  gboolean  organization_feed;
} TptRelayEnrolmentRequest;

/**
 * TptRelayEnrolment:
 * @device: names the device in URLs
 * @token: its Bearer token; the relay keeps only a hash
 * @signing_key: (nullable): for the webhook subscription of a personal token
 *
 * Answer to POST /v1/devices.
 */
typedef struct
{
  char *device;
  char *token;
  char *user;
  char *organization;
  char *role;
  char *webhook_url;
  char *signing_key;
} TptRelayEnrolment;

/* What the relay says with any status from 400 on. */
typedef struct
{
  char *error;
  char *message;
} TptRelayProblem;

void tpt_relay_webhook_free (TptRelayWebhook *self);
void tpt_relay_enrolment_request_free (TptRelayEnrolmentRequest *self);
void tpt_relay_enrolment_free (TptRelayEnrolment *self);
void tpt_relay_problem_free (TptRelayProblem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayWebhook, tpt_relay_webhook_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayEnrolmentRequest, tpt_relay_enrolment_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayEnrolment, tpt_relay_enrolment_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayProblem, tpt_relay_problem_free)

char *tpt_relay_hello_encode (const TptRelayHello *hello);
gboolean tpt_relay_hello_decode (const char     *data,
                                 TptRelayHello  *hello,
                                 GError        **error);
char *tpt_relay_gap_encode (const TptRelayGap *gap);
gboolean tpt_relay_gap_decode (const char   *data,
                               TptRelayGap  *gap,
                               GError      **error);
char *tpt_relay_webhook_encode (const TptRelayWebhook *webhook);
TptRelayWebhook *tpt_relay_webhook_decode (const char  *data,
                                           GError     **error);
char *tpt_relay_role_encode (const char *calendly_token);
char *tpt_relay_ack_encode (const TptRelayCursor *cursor);
gboolean tpt_relay_ack_decode (const char      *data,
                               gssize           length,
                               TptRelayCursor  *cursor,
                               GError         **error);
char *tpt_relay_enrolment_request_encode (const TptRelayEnrolmentRequest *request);
TptRelayEnrolmentRequest *tpt_relay_enrolment_request_decode (const char  *data,
                                                              gssize       length,
                                                              GError     **error);
char *tpt_relay_enrolment_encode (const TptRelayEnrolment *enrolment);
TptRelayEnrolment *tpt_relay_enrolment_decode (const char  *data,
                                               gssize       length,
                                               GError     **error);
char *tpt_relay_problem_encode (const char *error,
                                const char *message);
TptRelayProblem *tpt_relay_problem_decode (const char  *data,
                                           gssize       length,
                                           GError     **error);

G_END_DECLS

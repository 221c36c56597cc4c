/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-meeting.h"

G_BEGIN_DECLS

typedef enum
{
  TPT_WEBHOOK_INVITEE_CREATED,
  TPT_WEBHOOK_INVITEE_CANCELED,
  TPT_WEBHOOK_NO_SHOW_CREATED,
  TPT_WEBHOOK_NO_SHOW_DELETED,
  TPT_WEBHOOK_OTHER,
} TptWebhookKind;

#define TPT_TYPE_WEBHOOK_FACT (tpt_webhook_fact_get_type ())

/**
 * TptWebhookFact:
 * @kind: what happened
 * @event: the same as the service says it, such as "invitee.created"
 * @created_at: when the service made the webhook
 * @invitee: (nullable): the booking; %NULL for %TPT_WEBHOOK_OTHER
 * @meeting: (nullable): its event with @invitee inside; %NULL where the delivery has none (those
 *   before 2021) and has to
 *   be fetched
 *
 * What a webhook tells.
 */
typedef struct
{
  TptWebhookKind kind;
  char *event;
  TptTime created_at;
  TptInvitee *invitee;
  TptMeeting *meeting;
} TptWebhookFact;

GType           tpt_webhook_fact_get_type (void);
TptWebhookFact *tpt_webhook_fact_parse    (GBytes                *body,
                                           GError               **error);
TptWebhookFact *tpt_webhook_fact_copy     (const TptWebhookFact  *self);
void            tpt_webhook_fact_free     (TptWebhookFact        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptWebhookFact, tpt_webhook_fact_free)

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-context.h"

G_BEGIN_DECLS

typedef struct
{
  const char *uuid;
  char *url;
  char *scope;
  char *signing_key;
  GStrv events;
  TptSandboxUser *user;
  TptSandboxUser *creator;
  gboolean from_app;
  gboolean disabled;
  gboolean deleted;
  gint64 created_at;
  gint64 updated_at;
  gint64 retry_started_at;
} TptSandboxSubscription;

TptSandboxSender       *tpt_sandbox_sender_new             (TptSandboxContext      *context);
void                    tpt_sandbox_sender_free            (TptSandboxSender       *self);
TptSandboxSubscription *tpt_sandbox_sender_subscribe       (TptSandboxSender       *self,
                                                            const char             *url,
                                                            const char             *scope,
                                                            TptSandboxUser         *creator);
TptSandboxSubscription *tpt_sandbox_sender_find            (TptSandboxSender       *self,
                                                            const char             *uuid);
GPtrArray              *tpt_sandbox_sender_list            (TptSandboxSender       *self);
JsonArray              *tpt_sandbox_sender_list_deliveries (TptSandboxSender       *self);
void                    tpt_sandbox_sender_invitee         (TptSandboxContext      *context,
                                                            const char             *kind,
                                                            TptSandboxInvitee      *invitee);
void                    tpt_sandbox_sender_event_type      (TptSandboxContext      *context,
                                                            const char             *kind,
                                                            TptSandboxEventType    *event_type);
JsonObject             *tpt_sandbox_sender_payload         (TptSandboxContext      *context,
                                                            TptSandboxInvitee      *invitee);
JsonNode               *tpt_sandbox_sender_envelope        (TptSandboxContext      *context,
                                                            const char             *kind,
                                                            TptSandboxUser         *creator,
                                                            JsonObject             *payload);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptSandboxSender, tpt_sandbox_sender_free)

G_END_DECLS

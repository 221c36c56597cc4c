/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-sandbox-model.h"
#include "tpt-sandbox-random.h"

G_BEGIN_DECLS

typedef struct
{
  TptSandboxRandom random;
  GStringChunk *texts;
  GPtrArray *organizations;
  GPtrArray *users;
  GPtrArray *event_types;
  GPtrArray *customers;
  GPtrArray *links;
  GPtrArray *events;
  GPtrArray *invitees;
  GHashTable *by_uuid;
  GHashTable *no_shows;
  gboolean sorted;
} TptSandboxWorld;

TptSandboxWorld        *tpt_sandbox_world_new            (guint64              seed);
void                    tpt_sandbox_world_free           (TptSandboxWorld     *self);
const char             *tpt_sandbox_world_text           (TptSandboxWorld     *self,
                                                          const char          *text);
const char             *tpt_sandbox_world_id             (TptSandboxWorld     *self);
TptSandboxOrganization *tpt_sandbox_world_add_org        (TptSandboxWorld     *self,
                                                          const char          *name);
TptSandboxUser         *tpt_sandbox_world_add_user       (TptSandboxWorld     *self,
                                                          const char          *name);
TptSandboxEventType    *tpt_sandbox_world_add_event_type (TptSandboxWorld     *self,
                                                          TptSandboxUser      *host,
                                                          const char          *name);
TptSandboxEvent        *tpt_sandbox_world_add_event      (TptSandboxWorld     *self,
                                                          TptSandboxEventType *event_type,
                                                          gint64               start);
TptSandboxInvitee      *tpt_sandbox_world_add_invitee    (TptSandboxWorld     *self,
                                                          TptSandboxEvent     *event);
TptSandboxLink         *tpt_sandbox_world_add_link       (TptSandboxWorld     *self,
                                                          TptSandboxEventType *event_type);
void                    tpt_sandbox_world_mark_no_show   (TptSandboxWorld     *self,
                                                          TptSandboxInvitee   *invitee,
                                                          gint64               at);
void                    tpt_sandbox_world_clear_no_show  (TptSandboxWorld     *self,
                                                          TptSandboxInvitee   *invitee);
GPtrArray              *tpt_sandbox_world_get_events     (TptSandboxWorld     *self);
guint                   tpt_sandbox_world_first_event    (TptSandboxWorld     *self,
                                                          gint64               from);
gpointer                tpt_sandbox_world_find           (TptSandboxWorld     *self,
                                                          GPtrArray           *records,
                                                          const char          *uuid);
gpointer                tpt_sandbox_world_find_uri       (TptSandboxWorld     *self,
                                                          GPtrArray           *records,
                                                          const char          *resource,
                                                          const char          *uri);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptSandboxWorld, tpt_sandbox_world_free)

G_END_DECLS

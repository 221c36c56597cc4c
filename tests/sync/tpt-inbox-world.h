/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-apply-fixture.h"
#include "tpt-importer.h"
#include "tpt-inbox-entry.h"
#include "tpt-match-inbox.h"
#include "tpt-test.h"

G_BEGIN_DECLS

/* A store with customers, and bookings that come in one by one. */
typedef struct
{
  TptApplyFixture facts;
  TptMatchInbox *inbox;
} TptInboxWorld;

#define TPT_INBOX_NOW ((TptTime) 1790000000 * TPT_SECOND)

void       tpt_inbox_world_set_up       (TptInboxWorld  *self,
                                         gconstpointer   user_data);
void       tpt_inbox_world_tear_down    (TptInboxWorld  *self,
                                         gconstpointer   user_data);
gint64     tpt_inbox_world_add_customer (TptInboxWorld  *self,
                                         const char     *name,
                                         const char     *domains,
                                         const char     *people);
void       tpt_inbox_world_add_link     (TptInboxWorld  *self,
                                         const char     *id,
                                         gint64          customer,
                                         const char     *email,
                                         const char     *invitee);
void       tpt_inbox_world_book         (TptInboxWorld  *self,
                                         const char     *uri,
                                         const char     *email,
                                         const char     *old_uri);
GPtrArray *tpt_inbox_world_list         (TptInboxWorld  *self,
                                         gboolean        ignored);
char      *tpt_inbox_world_list_text    (TptInboxWorld  *self,
                                         gboolean        ignored);
gboolean   tpt_inbox_world_try          (TptInboxWorld   *self,
                                         TptMatchAct     *act,
                                         TptMatchReceipt *receipt,
                                         GError         **error);
TptMatchReceipt tpt_inbox_world_act     (TptInboxWorld  *self,
                                         TptMatchAct    *act);
gboolean   tpt_inbox_world_undo         (TptInboxWorld  *self,
                                         gint64          action,
                                         GError        **error);
char      *tpt_inbox_world_where        (TptInboxWorld  *self,
                                         const char     *uri);
char      *tpt_inbox_world_dump         (TptInboxWorld  *self);
TptImportReport *tpt_inbox_world_import (TptInboxWorld  *self,
                                         const char     *list);
void       tpt_inbox_world_assert_where (TptInboxWorld  *self,
                                         const char     *uri,
                                         const char     *expected);
void       tpt_inbox_world_assert_undone (TptInboxWorld  *self,
                                          gint64          action,
                                          const char     *before);

G_END_DECLS

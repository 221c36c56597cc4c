/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-key-memo.h"
#include "tpt-pack.h"
#include "tpt-seal.h"
#include "tpt-search-document.h"
#include "tpt-sqlite.h"
#include "tpt-store.h"

G_BEGIN_DECLS

/* The database while it is open, and what its transaction changes: after the commit, in order and
 * each row once. */
struct _TptSession
{
  TptSqlite *sqlite;
  TptSeal *seal;
  TptClock *clock;
  TptKeyMemo emails;

  gint64 next_meeting;     /* rows to be given in this transaction; 0 until one is asked for */
  gint64 next_invitee;
  guint changes;
  gboolean all;            /* everything: @customers is not complete */
  GArray *customers;       /* gint64 rows whose meetings, links or own data changed */
  GArray *meetings;        /* gint64 rows whose words have to be indexed again */
  GHashTable *documents;   /* some of these rows → TptSearchDocument, their words */
};

TptSession   *tpt_session_new            (TptSqlite     *sqlite,
                                          TptSeal       *seal,
                                          TptClock      *clock);
void          tpt_session_free           (TptSession    *self);
gboolean      tpt_session_run            (TptSession    *self,
                                          TptStoreFunc   func,
                                          gpointer       user_data,
                                          GError       **error);
void          tpt_session_forget_changes (TptSession    *self);
void          tpt_session_mark           (TptSession    *self,
                                          TptChange      change,
                                          gint64         customer);
void          tpt_session_mark_all       (TptSession    *self);
void          tpt_session_mark_meeting   (TptSession    *self,
                                          gint64         meeting);
void          tpt_session_describe       (TptSession    *self,
                                          TptMeeting    *meeting,
                                          GPtrArray     *invitees,
                                          guint          first);

TptStatement *tpt_session_get            (TptSession    *self,
                                          const char    *sql);
GByteArray   *tpt_session_seal           (TptSession    *self,
                                          const char    *table,
                                          const char    *column,
                                          gint64         row,
                                          TptPack       *pack);
gboolean      tpt_session_unseal         (TptSession    *self,
                                          const char    *table,
                                          const char    *column,
                                          gint64         row,
                                          TptStatement  *statement,
                                          int            index,
                                          TptPack       *pack,
                                          GError       **error);
gboolean      tpt_session_check_pack     (TptPack       *pack,
                                          const char    *table,
                                          gint64         row,
                                          GError       **error);
gint64        tpt_session_email_key      (TptSession    *self,
                                          const char    *email);
gint64        tpt_session_text_key       (TptSession    *self,
                                          const char    *purpose,
                                          const char    *text);
gboolean      tpt_session_take_row       (TptSession    *self,
                                          gint64        *next,
                                          const char    *sql,
                                          gint64        *row,
                                          GError       **error);
gboolean      tpt_session_lookup         (TptSession    *self,
                                          const char    *sql,
                                          const char    *text,
                                          gint64        *row,
                                          GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptSession, tpt_session_free)

G_END_DECLS

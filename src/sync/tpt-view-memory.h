/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-colleague-meetings.h"

G_BEGIN_DECLS

/**
 * TptViewRefusal:
 * @TPT_VIEW_REFUSAL_ROLE: the account may not see everybody's meetings
 * @TPT_VIEW_REFUSAL_FAULT: the service made nothing sensible of that list, and of others did
 * @TPT_VIEW_REFUSAL_PLAN: the plan does not include everybody's meetings
 */
typedef enum
{
  TPT_VIEW_REFUSAL_ROLE,
  TPT_VIEW_REFUSAL_FAULT,
  TPT_VIEW_REFUSAL_PLAN,
} TptViewRefusal;

/* Whose meetings are looked at, as the record of an account keeps it. */
typedef struct
{
  gboolean is_wanted;      /* everybody's in the organisation */
  TptTime refused_at;      /* TPT_TIME_NONE: it was not */
  TptViewRefusal refusal;
  char *words;             /* owned: why, or NULL */
} TptViewMemory;

TptViewRefusal tpt_view_refusal_of          (const GError        *error);
const char    *tpt_view_refusal_get_words   (const GError        *error);
char          *tpt_view_memory_word_refusal (const TptViewMemory *memory);

/* On the store's thread. */

gboolean tpt_view_memory_load           (TptSession            *session,
                                         TptViewMemory         *memory,
                                         GError               **error);
gboolean tpt_view_memory_set_refusal    (TptSession            *session,
                                         const TptViewMemory   *memory,
                                         GError               **error);
gboolean tpt_view_memory_switch         (TptSession            *session,
                                         TptUser               *account,
                                         gboolean               everyone,
                                         TptColleagueMeetings  *counts,
                                         GError               **error);

G_END_DECLS

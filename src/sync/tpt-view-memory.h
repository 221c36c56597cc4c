/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-colleague-meetings.h"

G_BEGIN_DECLS

/* Whose meetings are looked at, as the record of an account keeps it. */
typedef struct
{
  gboolean is_wanted;      /* everybody's in the organisation */
  TptTime refused_at;      /* TPT_TIME_NONE: it was not */
} TptViewMemory;

/* On the store's thread. */

gboolean tpt_view_memory_load           (TptSession            *session,
                                         TptViewMemory         *memory,
                                         GError               **error);
gboolean tpt_view_memory_set_refused_at (TptSession            *session,
                                         TptTime                refused_at,
                                         GError               **error);
gboolean tpt_view_memory_switch         (TptSession            *session,
                                         TptUser               *account,
                                         gboolean               everyone,
                                         TptColleagueMeetings  *counts,
                                         GError               **error);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/**
 * TptColleagueMeetings:
 * @meetings: how many there are
 * @decided: of them, those of which a person has said something: whose they are, or whether
 *   somebody came
 */
typedef struct
{
  guint meetings;
  guint decided;
} TptColleagueMeetings;

/* Meetings that the account does not host itself. Those that were booked with a link that was made
 * here count as its own: the ledger tells of them. On the store's thread. */

gboolean tpt_colleague_meetings_count  (TptSession            *session,
                                        TptUser               *account,
                                        TptColleagueMeetings  *counts,
                                        GError               **error);
gboolean tpt_colleague_meetings_remove (TptSession            *session,
                                        TptUser               *account,
                                        TptColleagueMeetings  *counts,
                                        GError               **error);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-meeting.h"

G_BEGIN_DECLS

/* Fields of a record as data: where they lie in its struct. Lists end with TPT_MERGE_END. */
#define TPT_MERGE_END G_MAXSIZE

/* Who called it off, and when: one statement, taken as a whole. */
typedef struct
{
  gsize at;
  gsize reason;
  gsize by;
  gsize canceler;
} TptMergeCancellation;

void     tpt_merge_strings              (gpointer                    out,
                                         gconstpointer               a,
                                         gconstpointer               b,
                                         const gsize                *fields);
void     tpt_merge_times                (gpointer                    out,
                                         gconstpointer               a,
                                         gconstpointer               b,
                                         const gsize                *fields);
void     tpt_merge_cancellation         (gpointer                    out,
                                         gconstpointer               a,
                                         gconstpointer               b,
                                         const TptMergeCancellation *fields);
gboolean tpt_merge_are_strings_same     (gconstpointer               a,
                                         gconstpointer               b,
                                         const gsize                *fields);
gboolean tpt_merge_are_times_same       (gconstpointer               a,
                                         gconstpointer               b,
                                         const gsize                *fields);
gboolean tpt_merge_is_cancellation_same (gconstpointer               a,
                                         gconstpointer               b,
                                         const TptMergeCancellation *fields);

G_END_DECLS

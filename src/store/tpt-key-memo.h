/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TPT_KEY_MEMO_SLOTS 32

typedef gint64 (*TptKeyFunc) (const char *text,
                              gpointer    user_data);

/**
 * TptKeyMemo:
 *
 * The keys that were made last. A fact that is taken in asks for those of the same few texts again
 * and again, and a keyed hash costs more than the look-up that it is for. All zeros is empty.
 */
typedef struct
{
  char *texts[TPT_KEY_MEMO_SLOTS];
  gint64 keys[TPT_KEY_MEMO_SLOTS];
} TptKeyMemo;

void   tpt_key_memo_clear (TptKeyMemo *self);
gint64 tpt_key_memo_get   (TptKeyMemo *self,
                           const char *text,
                           TptKeyFunc  func,
                           gpointer    user_data);

G_END_DECLS

/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More words than anybody types: one bit for each. */
#define TPT_SEARCH_MAX_WORDS 16

/* The texts that can be found, each kept once: the same people come again and again, and meetings
 * are called alike. A text is named by a number; 0 is the empty one, which is always there. */
typedef struct _TptSearchPool TptSearchPool;

TptSearchPool *tpt_search_pool_new      (void);
void           tpt_search_pool_free     (TptSearchPool     *self);
guint32        tpt_search_pool_take     (TptSearchPool     *self,
                                         const char        *text);
void           tpt_search_pool_give     (TptSearchPool     *self,
                                         guint32            number);
const guint16 *tpt_search_pool_look     (TptSearchPool     *self,
                                         const char *const *words);
guint          tpt_search_pool_get_size (TptSearchPool     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptSearchPool, tpt_search_pool_free)

G_END_DECLS

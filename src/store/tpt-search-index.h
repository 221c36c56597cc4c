/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-search-document.h"

G_BEGIN_DECLS

/* Where each text can be found, in the order in which it is told: customers first, then meetings,
 * the newest first. */
typedef struct _TptSearchIndex TptSearchIndex;

TptSearchIndex *tpt_search_index_new  (void);
void            tpt_search_index_free (TptSearchIndex          *self);
void            tpt_search_index_put  (TptSearchIndex          *self,
                                       const TptSearchDocument *document);
GArray         *tpt_search_index_find (TptSearchIndex          *self,
                                       const char              *text,
                                       guint                    limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptSearchIndex, tpt_search_index_free)

G_END_DECLS
